"""What is kept of an earlier check says what checking everything anew says: random plans, random local repairs."""

import random
from collections import Counter
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sim_checks.symbolic import check, judge
from sim_checks.unchanged import unchanged
from skills.catalogue import Catalogue
from skills.graph import Edge, Node, SkillGraph, Step
from skills.library import PICK
from skills.skill import Operator
from skills.symbols import Goal, Literal
from tests.worlds import kitchen

SCENE = kitchen()
FACTS = tuple(Literal(p, ("stove",)) for p in ("turned_on", "turned_off")) + tuple(
    Literal(p, ("cab_top_region",)) for p in ("open", "closed")
)


@dataclass(frozen=True)
class Heeding:
    """A skill whose operator depends on a fact of the state, as a placement's does on what stands where."""

    operator: Operator
    otherwise: Operator
    reads: Literal
    words: str = "does one thing or another"
    parameters: tuple = ()
    suggest, request, cost = PICK.suggest, PICK.request, PICK.cost

    @property
    def id(self):
        return f"{self.operator.name}.v1"

    def ground(self, args, scene, state):
        chosen = self.operator if self.reads in state else self.otherwise
        return replace(chosen, reads=frozenset({self.reads}))


def some(chance, share):
    return frozenset(f for f in FACTS if chance.random() < share)


def operator(chance, name):
    adds, deletes = some(chance, 0.3), some(chance, 0.1)
    needs, absent = some(chance, 0.1), some(chance, 0.05)
    used = ("arm",) if chance.random() < 0.2 else ()
    return Operator(name, (), needs, adds, deletes - adds, absent - needs, resources=used)


def catalogue(chance):
    names = [f"s{i}" for i in range(5)]
    return Catalogue({n: Heeding(operator(chance, n), operator(chance, n), chance.choice(FACTS)) for n in names})


def drawn(chance):
    """Calls by number, and orders between their places."""
    calls = [chance.randrange(5) for _ in range(chance.randint(1, 6))]
    share = chance.choice((0.2, 0.6, 1.0))
    return calls, [(a, b) for b in range(len(calls)) for a in range(b) if chance.random() < share]


def repaired(chance, plan):
    """The plan with a difference in one place: another call, one more, one less, or fewer orders."""
    calls, orders = list(plan[0]), list(plan[1])
    at, kind = chance.randrange(len(calls)), chance.choice(("other", "more", "less", "order"))
    if kind == "other":
        calls[at] = chance.randrange(5)
    elif kind == "more":
        calls.insert(at, chance.randrange(5))
        orders = [(a + (a >= at), b + (b >= at)) for a, b in orders]
        orders += [(a, at) for a in range(at) if chance.random() < 0.7]
        orders += [(at, b) for b in range(at + 1, len(calls)) if chance.random() < 0.7]
    elif kind == "less" and len(calls) > 1:
        del calls[at]
        orders = [(a - (a > at), b - (b > at)) for a, b in orders if at not in (a, b)]
    else:
        orders = [p for p in orders if chance.random() < 0.7]
    return calls, orders


def graph_of(plan, first=0):
    """The plan with node ids that begin at some number: what is kept does not depend on names."""
    calls, orders = plan
    nodes = tuple(Node(f"n{i + first}", Step(f"s{call}", ())) for i, call in enumerate(calls))
    edges = tuple(Edge(f"n{a + first}", f"n{b + first}") for a, b in orders)
    return SkillGraph(Goal((FACTS[0],)), nodes, edges, SCENE.sha256)


def without_kept(verdict):
    return replace(verdict, evidence={k: v for k, v in verdict.evidence.items() if k != "kept"})


def kept_and_anew(seed):
    """Checks a random plan, repairs it, and checks the repair both ways; returns what was kept and both verdicts."""
    chance = random.Random(seed)
    skills, plan, start = catalogue(chance), drawn(chance), some(chance, 0.5)
    earlier = judge(replace(graph_of(plan), goal=Goal((chance.choice(FACTS),))), SCENE, start, skills).grounded
    now = graph_of(repaired(chance, plan), 3)
    return judge(now, SCENE, start, skills, earlier).verdict, check(now, SCENE, start, skills)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**63))
def test_what_is_kept_changes_no_verdict(seed):
    kept, anew = kept_and_anew(seed)
    assert without_kept(kept) == anew


def test_the_same_over_many_plans_of_which_enough_keep_something_and_enough_fail():
    counts = Counter()
    for seed in range(800):
        kept, anew = kept_and_anew(seed)
        assert without_kept(kept) == anew, seed
        counts["kept", bool(kept)] += "kept" in kept.evidence
        counts["passed"] += bool(anew)
        counts["failed"] += not anew
    assert counts["kept", True] > 40 and counts["failed"] > 300, counts


def test_much_is_kept_of_plans_that_pass():
    skills = Catalogue({f"s{i}": Heeding(_adds(i), _adds(i), FACTS[3]) for i in range(5)})
    plan = ([0, 1, 2], [(0, 1), (1, 2)])
    earlier = judge(graph_of(plan), SCENE, frozenset(), skills).grounded
    assert earlier is not None
    longer = judge(graph_of(([0, 1, 2, 1], [(0, 1), (1, 2), (2, 3)]), 5), SCENE, frozenset(), skills, earlier)
    assert longer.verdict and list(longer.verdict.evidence["kept"]) == ["n5", "n6", "n7"]
    assert set(longer.verdict.evidence["kept"].values()) == {earlier.graph.sha256}
    again = judge(graph_of(([0, 1, 2, 2], [(0, 1), (1, 2), (2, 3)])), SCENE, frozenset(), skills, longer.grounded)
    assert set(again.verdict.evidence["kept"].values()) == {earlier.graph.sha256}, (
        "the run that showed it, not the last"
    )
    late = judge(graph_of(([1, 0, 2], [(0, 1), (1, 2)])), SCENE, frozenset(), skills, earlier)
    assert "kept" not in late.verdict.evidence, "another past"
    elsewhere = judge(graph_of(plan), SCENE, frozenset({FACTS[1]}), skills, earlier)
    assert "kept" not in elsewhere.verdict.evidence, "another start"


def _adds(index):
    return Operator(f"s{index}", (), frozenset(), frozenset({FACTS[index % 3]}), frozenset())


def test_a_node_that_another_now_hurts_is_not_passed_because_it_was_right_before():
    """A new call without an order beside a kept one: what the kept one reads is changed under it."""
    reader = Heeding(_adds(0), replace(_adds(0), add=frozenset()), FACTS[1])
    spoiler = Operator("s1", (), frozenset(), frozenset(), frozenset({FACTS[1]}))
    skills = Catalogue({"s0": reader, "s1": Heeding(spoiler, spoiler, FACTS[3])})
    start = frozenset({FACTS[1]})
    earlier = judge(graph_of(([0], [])), SCENE, start, skills).grounded
    assert earlier is not None
    for calls in ([1, 0], [0, 1]):
        assert not judge(graph_of((calls, [])), SCENE, start, skills, earlier).verdict
    assert judge(graph_of(([0, 1], [(0, 1)])), SCENE, start, skills, earlier).verdict


def test_nodes_are_met_by_their_past_and_each_once():
    first = graph_of(([0, 0, 1], [(0, 2)]))
    assert unchanged(first, graph_of(([0, 0, 1], [(1, 2)]))) == {0: 0, 1: 1}
    assert unchanged(first, graph_of(([0, 0, 0, 1], [(0, 3)]))) == {0: 0, 1: 1, 3: 2}
    backwards = replace(first, edges=(Edge("n2", "n0"),))
    assert unchanged(first, backwards) == {} and unchanged(backwards, first) == {}
