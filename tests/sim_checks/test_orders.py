"""The symbolic gate judges all legal orders and parallel schedules: against brute force over every one of them."""

import random
from dataclasses import dataclass, replace
from itertools import chain as chained
from itertools import combinations, permutations

import pytest

from sim_checks.symbolic import check
from skills.catalogue import Catalogue
from skills.graph import Edge, Node, SkillGraph, Step
from skills.library import PICK, TURN_ON
from skills.skill import Operator
from skills.symbols import Goal, Literal
from tests.worlds import goal, kitchen

SCENE = kitchen()
FACTS = tuple(Literal(p, ("stove",)) for p in ("turned_on", "turned_off")) + tuple(
    Literal(p, ("cab_top_region",)) for p in ("open", "closed")
)


@dataclass(frozen=True)
class Fixed:
    """A skill without arguments whose operator is given."""

    operator: Operator
    words: str = "does what it is told"
    parameters: tuple = ()
    suggest, request, cost = PICK.suggest, PICK.request, PICK.cost

    @property
    def id(self):
        return f"{self.operator.name}.v1"

    def ground(self, args, scene, state):
        return self.operator


def operator(name, needs=(), absent=(), adds=(), deletes=(), resources=()):
    sets = [frozenset(facts) for facts in (needs, adds, deletes, absent)]
    return Operator(name, (), *sets, resources=tuple(resources))


def plan(operators, orders, asked=()):
    """A plan of fixed operators, with plain orders between their numbers."""
    nodes = tuple(Node(f"n{i}", Step(o.name, ())) for i, o in enumerate(operators))
    edges = tuple(Edge(f"n{a}", f"n{b}") for a, b in orders)
    return SkillGraph(Goal(tuple(asked)), nodes, edges, SCENE.sha256)


def passes(operators, orders, start, asked):
    skills = Catalogue({o.name: Fixed(o) for o in operators})
    return check(plan(operators, orders, asked), SCENE, frozenset(start), skills)


def brute(operators, orders, start, asked):
    """Says whether each legal order and each parallel schedule can be done, with one end: the goal."""
    numbers = range(len(operators))
    before = {i: {a for a, b in orders if b == i} for i in numbers}
    closed = {i: set(before[i]) for i in numbers}
    for i in numbers:  # orders only lead forwards, so one pass in order closes them
        closed[i] |= set(chained.from_iterable(closed[k] for k in before[i]))
    for a, b in combinations(numbers, 2):
        if a not in closed[b] and set(operators[a].resources) & set(operators[b].resources):
            return False
    reached = {frozenset(): frozenset(start)}
    queue = [frozenset()]
    for done in queue:  # grows while it is walked over
        state = reached[done]
        ready = [i for i in numbers if i not in done and before[i] <= done]
        for size in range(1, len(ready) + 1):
            for together in combinations(ready, size):
                after = at_once([operators[i] for i in together], state)
                key = done | set(together)
                if after is None or reached.setdefault(key, after) != after:
                    return False
                if key not in queue:
                    queue.append(key)
    return frozenset(asked) <= reached[frozenset(numbers)]


def at_once(operators, state):
    """Returns the state after operators that run at the same time, or None if it depends on who is first."""
    if not all(o.applicable(state) for o in operators):
        return None
    ends = set()
    for order in permutations(operators):
        current = state
        for o in order:
            if not o.applicable(current):
                return None
            current = o.apply(current)
        ends.add(current)
    together = (state - set().union(*(o.delete for o in operators))).union(*(o.add for o in operators))
    return together if ends == {together} else None


def case(chance):
    """A random small plan; few facts and few needs, so that many plans can be done."""
    count = chance.randint(1, 5)
    operators = []
    for i in range(count):
        drawn = {
            kind: {f for f in FACTS if chance.random() < share}
            for kind, share in (("needs", 0.12), ("absent", 0.08), ("adds", 0.3), ("deletes", 0.12))
        }
        users = [r for r in ("arm", "base") if chance.random() < 0.15]
        operators.append(
            operator(
                f"s{i}",
                drawn["needs"],
                drawn["absent"] - drawn["needs"],
                drawn["adds"],
                drawn["deletes"] - drawn["adds"],
                users,
            )
        )
    share = chance.choice((0.1, 0.3, 0.6))
    orders = [p for p in combinations(range(count), 2) if chance.random() < share]
    start = {f for f in FACTS if chance.random() < 0.5}
    return operators, orders, start, chance.choice(FACTS)


def test_passes_exactly_what_brute_force_passes():
    chance = random.Random(5)
    counts = {True: 0, False: 0}
    for number in range(2000):
        operators, orders, start, asked = case(chance)
        verdict = passes(operators, orders, start, (asked,))
        expected = brute(operators, orders, start, (asked,))
        assert bool(verdict) == expected, (number, operators, orders, start, asked, verdict.findings)
        counts[expected] += len(orders) < len(operators) * (len(operators) - 1) / 2
    assert min(counts.values()) > 100, counts


ON, OFF = FACTS[:2]
SWITCH = operator("switch", adds=(ON,), deletes=(OFF,), resources=("radio",))


def test_an_effect_that_only_one_order_brings_about_in_time_is_not_enough():
    user = operator("use", needs=(ON,), adds=(FACTS[2],))
    found = passes([SWITCH, user], [], {OFF}, (ON,))
    assert [f.code for f in found.findings if f.severity == "error"] == ["unordered"]
    assert passes([SWITCH, user], [(0, 1)], {OFF}, (ON,))
    assert passes([SWITCH, user], [], {ON, OFF}, (ON,))


def test_a_fact_that_only_one_order_takes_away_in_time_is_in_the_way():
    user = operator("use", absent=(OFF,), adds=(FACTS[2],))
    found = passes([SWITCH, user], [], {OFF}, (ON,))
    assert [f.code for f in found.findings] == ["unordered"]
    assert passes([SWITCH, user], [(0, 1)], {OFF}, (ON,))


def test_nobody_is_drowned_in_findings():
    radios = [replace(SWITCH, name=f"s{i}") for i in range(300)]
    found = passes(radios, [], {OFF}, (ON,))
    assert not found and len(found.findings) < 300


@pytest.mark.parametrize("width", [2, 10])
def test_a_thousand_nodes_side_by_side_take_a_moment(width):
    lanes = [operator(f"s{i}", resources=(f"lane{i % width}",), adds=(FACTS[i % 4],)) for i in range(1000)]
    orders = [(i, i + width) for i in range(1000 - width)]
    verdict = passes(lanes, orders, (), goal("open(cab_top_region)").literals)
    assert verdict and verdict.seconds < 1.0


def test_reading_is_respected_too():
    reader = replace(operator("read", adds=(FACTS[2],)), reads=frozenset({OFF}))
    assert not passes([SWITCH, reader], [], {OFF}, (ON,))
    assert TURN_ON.ground(("stove",), SCENE, SCENE.initial_state()).reads == frozenset()
