"""`together`: may two runs of a plan be done at once by two arms? What symbols can say of it.

The symbols know one hand. Two runs that follow each other may be done at once where nothing but that hand puts them in
order: no other fact of the one is needed, changed or read by the other, and they are about different things, on or in
different things. Before and after them the robot is as the symbols say: at most one hand holds something.
"""

from collections.abc import Sequence
from dataclasses import replace

from skills import catalogue
from skills.body import BodyKind
from skills.finding import Finding
from skills.graph import SkillGraph, Together
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import State

HANDS = frozenset(("hand_empty", "holding"))
"""Facts about the one hand that the symbols know; a second hand takes its place."""
KINDS = frozenset(
    (BodyKind.GRASP, BodyKind.PLACE, BodyKind.PULL_HANDLE, BodyKind.PUSH_HANDLE, BodyKind.TURN_KNOB, BodyKind.PRESS)
)
"""What an arm can do beside another one that works."""
REMEDY = "Let one be done after the other: take this out of 'together'."


def faults(graph: SkillGraph, operators: Sequence[Operator], scene: Scene) -> list[Finding]:
    """Returns why what the plan wants done at once may not be; nothing for a plan that wants no such thing.

    Args:
        graph: A plan whose calls can be done in the order of its nodes.
        operators: What they mean, in that order.
        scene: Its scene.
    """
    found, taken = list[Finding](), set[str]()
    for index, group in enumerate(graph.together):
        why = obstacle(graph, operators, scene, group) or (
            "a node is in two pairs of runs" if taken.intersection(group.nodes) else None
        )
        taken.update(group.nodes)
        if why is not None:
            found.append(Finding("not-together", f"together[{index}]", f"This cannot be done at once: {why}.", REMEDY))
    return found


def obstacle(graph: SkillGraph, operators: Sequence[Operator], scene: Scene, group: Together) -> str | None:
    """Returns why two runs may not be done at once, or None.

    Args:
        graph: The plan.
        operators: What its calls mean, in the order of its nodes.
        scene: Its scene.
        group: The runs.
    """
    if scene.people:
        return "people are near, and speeds beside them are judged for one arm"
    place = {node.id: index for index, node in enumerate(graph.nodes)}
    unknown = [n for n in group.nodes if n not in place]
    if unknown:
        return f"there is no node {unknown[0]!r}"
    at = [place[n] for n in group.nodes]
    if not group.first or not group.second or at != list(range(at[0], at[0] + len(at))):
        return "the nodes do not follow each other in the plan"
    runs = ([operators[place[n]] for n in group.first], [operators[place[n]] for n in group.second])
    for operator in (*runs[0], *runs[1]):
        kind = catalogue.get(operator.name).request(operator.args, scene).kind
        if kind not in KINDS:
            return f"{operator} takes more than one arm, or the whole robot"
    first, second = ({n for n in run} for run in (group.first, group.second))
    for edge in graph.edges:
        if edge.source in first and edge.target in second:
            of_hand = edge.resource is not None if edge.literal is None else edge.literal.predicate in HANDS
            if not of_hand:
                return f"{edge.target} waits for {edge.source}: {edge.literal or 'the plan says so'}"
    for one in runs[0]:
        for other in runs[1]:
            if _handless(one).interferes(_handless(other)):
                return f"{one} changes what {other} needs, or the other way round"
    shared = sorted(_things(runs[0], scene) & _things(runs[1], scene))
    return f"both are about {shared[0]!r}" if shared else None


def _handless(operator: Operator) -> Operator:
    """Returns an operator without what it says of the one hand."""

    def rest(facts: State) -> State:
        return frozenset(f for f in facts if f.predicate not in HANDS)

    needs, absent, reads = rest(operator.preconditions), rest(operator.absent), rest(operator.reads)
    made, ended = rest(operator.add), rest(operator.delete)
    return replace(operator, preconditions=needs, absent=absent, reads=reads, add=made, delete=ended)


def _things(run: Sequence[Operator], scene: Scene) -> set[str]:
    """Returns the things that a run is about, and what they were or come to be on or in; no tables."""
    named = {a for operator in run for a in operator.args}
    named |= {f.args[1] for o in run for f in o.add | o.delete if f.predicate in ("on", "in")}
    found = set[str]()
    for name in named:
        entity = scene.entities.get(scene.canonical(name).partition(".")[0])
        if entity is None:
            found.add(name)  # a region of its own
        elif entity.role != "table":
            found.add(entity.parent or entity.id)
    return found
