"""Plans with one fault each: may any of them live?

A mutant is a valid plan in which one thing was changed. The gate must refuse it, unless it is still a valid plan. That
is decided without the gate (`still_valid`): names and types are right, calls without an order need different limbs, and
unified-planning finds every legal order valid. Such mutants are counted apart, as equivalent.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from planner.bench.gates.encoding import Encoding
from planner.bench.gates.orders import legal_orders, unordered_pairs
from planner.bench.gates.walks import Walks
from planner.bench.gates.worlds import made_up
from sim_checks.symbolic import check
from skills.graph import Edge, Node, SkillGraph, Step
from skills.symbols import Goal, Literal

LONGEST = 7
"""Most steps of a plan that is mutated: all its legal orders are listed."""
ORDERS = 60
"""Most legal orders that the oracle reads; a mutant with more of them is not used."""


@dataclass(frozen=True)
class Mutant:
    """A plan with one change.

    Args:
        operator: What was changed.
        graph: The plan after the change.
    """

    operator: str
    graph: SkillGraph


Change = Callable[[SkillGraph, Walks, random.Random], SkillGraph]


def _relinked(graph: SkillGraph, nodes: list[Node]) -> SkillGraph:
    """Returns the plan with other nodes, the edges among them that are left, and a chain through all of them."""
    left = {n.id for n in nodes}
    edges = [e for e in graph.edges if e.source in left and e.target in left]
    linked = {(e.source, e.target) for e in edges}
    chain = [Edge(a.id, b.id) for a, b in zip(nodes, nodes[1:], strict=False) if (a.id, b.id) not in linked]
    return replace(graph, nodes=tuple(nodes), edges=(*edges, *chain))


def _drop(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    nodes = list(graph.nodes)
    nodes.pop(chance.randrange(len(nodes)))
    return _relinked(graph, nodes)


def _drop_bare(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    gone = chance.choice(graph.nodes)
    edges = tuple(e for e in graph.edges if gone.id not in (e.source, e.target))
    return replace(graph, nodes=tuple(n for n in graph.nodes if n is not gone), edges=edges)


def _duplicate(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    nodes = list(graph.nodes)
    place = chance.randrange(len(nodes))
    nodes.insert(chance.randint(place + 1, len(nodes)), Node("twin", nodes[place].step))
    return _relinked(graph, nodes)


def _with_step(graph: SkillGraph, index: int, step: Step) -> SkillGraph:
    nodes = list(graph.nodes)
    nodes[index] = replace(nodes[index], step=step)
    return replace(graph, nodes=tuple(nodes))


def _swap(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    if len(graph.nodes) < 2:
        return graph
    a, b = chance.sample(range(len(graph.nodes)), 2)
    other = graph.nodes[a].step
    return _with_step(_with_step(graph, a, graph.nodes[b].step), b, other)


def _retarget(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    index = chance.randrange(len(graph.nodes))
    step = graph.nodes[index].step
    scene = walks.scene
    every = [*scene.entities, *(r.id for r in scene.regions), *(f"{e}.left" for e in scene.entities), "nothing"]
    place = chance.randrange(len(step.args))
    args = (*step.args[:place], chance.choice(every), *step.args[place + 1 :])
    return _with_step(graph, index, replace(step, args=args))


def _retype(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    index = chance.randrange(len(graph.nodes))
    step = graph.nodes[index].step
    return _with_step(graph, index, replace(step, skill=chance.choice([*walks.catalogue.names, "pikc"])))


def _arity(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    index = chance.randrange(len(graph.nodes))
    step = graph.nodes[index].step
    args = step.args[:-1] if chance.random() < 0.5 else (*step.args, chance.choice(list(walks.scene.entities)))
    return _with_step(graph, index, replace(step, args=args))


def _insert(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    nodes = list(graph.nodes)
    nodes.insert(chance.randint(0, len(nodes)), Node("new", walks.any_call()))
    return _relinked(graph, nodes)


def _cut_edge(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    if not graph.edges:
        return graph
    gone = chance.choice(graph.edges)
    return replace(graph, edges=tuple(e for e in graph.edges if e is not gone))


def _cut_all_edges(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    return replace(graph, edges=())


def _turn_edge(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    if not graph.edges:
        return graph
    old = chance.choice(graph.edges)
    turned = replace(old, source=old.target, target=old.source)
    return replace(graph, edges=tuple(turned if e is old else e for e in graph.edges))


def _false_link(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    if not graph.edges:
        return graph
    old = chance.choice(graph.edges)
    lie = chance.choice(sorted(walks.start | set(graph.goal.literals) | {e.literal for e in graph.edges if e.literal}))
    return replace(graph, edges=tuple(replace(e, literal=lie) if e is old else e for e in graph.edges))


def _false_resource(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    if len(graph.nodes) < 2:
        return graph
    lie = Edge(graph.nodes[0].id, graph.nodes[-1].id, resource=chance.choice(("wheels", "torch")))
    return replace(graph, edges=(*graph.edges, lie))


def _reorder(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    nodes = list(graph.nodes)
    chance.shuffle(nodes)
    return replace(_relinked(replace(graph, edges=()), nodes), edges=graph.edges if chance.random() < 0.5 else ())


def _reorder_chain(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    nodes = list(graph.nodes)
    chance.shuffle(nodes)
    return _relinked(replace(graph, edges=()), nodes)


def _wrong_goal(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    goals = list(graph.goal.literals)
    other = walks.asked(walks.walk(chance.randint(1, 3))[1]).literals
    goals[chance.randrange(len(goals))] = chance.choice([*other, Literal("hand_empty"), Literal("on", ("table", "o0"))])
    return replace(graph, goal=Goal(tuple(goals)))


def _no_goal(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    return replace(graph, goal=Goal(()))


def _wrong_scene(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    digits = list(graph.scene_sha256)
    place = chance.randrange(len(digits))
    digits[place] = chance.choice([d for d in "0123456789abcdef" if d != digits[place]])
    return replace(graph, scene_sha256="".join(digits))


def _same_id(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    if len(graph.nodes) < 2:
        return graph
    nodes = list(graph.nodes)
    nodes[-1] = replace(nodes[-1], id=nodes[0].id)
    return replace(graph, nodes=tuple(nodes))


def _dangling(graph: SkillGraph, walks: Walks, chance: random.Random) -> SkillGraph:
    return replace(graph, edges=(*graph.edges, Edge(graph.nodes[0].id, "nowhere")))


CHANGES: dict[str, Change] = {
    "drop": _drop,
    "drop bare": _drop_bare,
    "duplicate": _duplicate,
    "insert": _insert,
    "swap": _swap,
    "retarget": _retarget,
    "retype": _retype,
    "arity": _arity,
    "cut edge": _cut_edge,
    "cut all edges": _cut_all_edges,
    "turn edge": _turn_edge,
    "false link": _false_link,
    "false resource": _false_resource,
    "reorder": _reorder,
    "reorder as a chain": _reorder_chain,
    "wrong goal": _wrong_goal,
    "no goal": _no_goal,
    "wrong scene": _wrong_scene,
    "same id": _same_id,
    "dangling edge": _dangling,
}
"""What is changed, by name."""


LIES = frozenset({"false link", "false resource", "arity", "wrong scene", "same id", "dangling edge", "no goal"})
"""Changes after which a plan says something untrue, or nothing, whatever can be done: all true links are drawn."""


class Judged(NamedTuple):
    """What became of a mutant.

    Args:
        operator: What was changed.
        accepted: Whether the gate passed it.
        valid: Whether it is still a valid plan, as the oracle reads it.
        plan: The plan, said in one line.
    """

    operator: str
    accepted: bool
    valid: bool
    plan: str


def judged(seed: int) -> Iterator[Judged]:
    """Yields mutants of plans in made-up scenes, without end; each kind of change comes as often as any other.

    Args:
        seed: Seed of scenes, plans and changes.
    """
    number = 0
    while True:
        chance = random.Random(f"{seed}/mutants/{number}")
        number += 1
        walks = Walks(made_up(chance), chance)
        graph = walks.plan(chance.randint(1, LONGEST))
        mutants = [Mutant(name, change(graph, walks, chance)) for name, change in CHANGES.items()]
        fitting = {step for steps in walks.calls.values() for step in steps}
        steps = [n.step for m in mutants for n in m.graph.nodes if n.step in fitting]
        encoding = Encoding(walks.scene, walks.start, steps)
        for mutant in mutants:
            if mutant.graph != graph:
                lie = mutant.operator in LIES
                valid = False if lie else still_valid(mutant.graph, graph.scene_sha256, encoding, walks)
                if valid is not None:
                    accepted = bool(check(mutant.graph, walks.scene))
                    yield Judged(mutant.operator, accepted, valid, _said(mutant.graph))


def still_valid(graph: SkillGraph, scene_sha256: str, encoding: Encoding, walks: Walks) -> bool | None:
    """Says whether a plan is valid, without asking the gate; None if it has too many legal orders to list.

    Args:
        graph: The plan.
        scene_sha256: Hash of the scene that plans must name.
        encoding: The scene as a planning problem, with every call of the plan that fits the scene.
        walks: The scene.
    """
    ids = [n.id for n in graph.nodes]
    known = {*ids}
    if graph.scene_sha256 != scene_sha256 or not graph.goal.literals or len(known) < len(ids):
        return False
    if any(e.source not in known or e.target not in known for e in graph.edges):
        return False
    if not all(encoding.knows(n.step) for n in graph.nodes) or not all(map(walks.may_ask, graph.goal.literals)):
        return False
    if any((a.skill == "navigate_to") == (b.skill == "navigate_to") for a, b in unordered_pairs(graph)):
        return False  # one arm, one base
    found = 0
    for steps in legal_orders(graph):
        found += 1
        if found > ORDERS:
            return None
        if not encoding.valid(steps, graph.goal):
            return False
    return found > 0


def _said(graph: SkillGraph) -> str:
    edges = " ".join(f"{e.source}>{e.target}{':' + str(e.literal) if e.literal else ''}" for e in graph.edges)
    return f"{'; '.join(f'{n.id} {n.step}' for n in graph.nodes)} | {edges} | {graph.goal}"
