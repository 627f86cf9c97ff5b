"""What a node promises, and whether the world keeps it."""

from skills import catalogue
from skills.finding import Finding
from skills.graph import Node, SkillGraph
from skills.predicates import WorldView, holds
from skills.scene import Scene
from skills.symbols import Literal, State


def promised(graph: SkillGraph, scene: Scene, state: State | None = None) -> dict[str, frozenset[Literal]]:
    """Returns the facts that each node adds, in execution order from ``state`` (the scene's own by default)."""
    now = scene.initial_state() if state is None else state
    found: dict[str, frozenset[Literal]] = {}
    for node in graph.nodes:
        operator = catalogue.get(node.step.skill).ground(node.step.args, scene, now)
        found[node.id] = operator.add - now
        now = operator.apply(now)
    return found


def unmet(graph: SkillGraph, node: Node, world: WorldView, scene: Scene) -> tuple[Finding, ...]:
    """Returns a finding for every promised fact of ``node`` that does not hold in ``world``."""
    return unmet_all(graph, (node,), world, scene)


def unmet_all(graph: SkillGraph, act: tuple[Node, ...], world: WorldView, scene: Scene) -> tuple[Finding, ...]:
    """Returns a finding for every fact that ``act`` promises and leaves standing and that does not hold in ``world``.

    Args:
        graph: The plan.
        act: One node, or several that have been done at once.
        world: The world after them.
        scene: The scene.
    """
    facts = promised(graph, scene)
    ended = _ended(graph, act, scene) if len(act) > 1 else frozenset()
    return tuple(
        Finding(
            "effect-missed",
            f"nodes.{node.id}",
            f"After {node.step} the fact {literal} does not hold.",
            "Try another grasp, approach or spot.",
        )
        for node in act
        for literal in sorted(facts[node.id] - ended)
        if not holds(literal, world)
    )


def _ended(graph: SkillGraph, act: tuple[Node, ...], scene: Scene) -> State:
    """Returns what the nodes of ``act`` bring about and do not leave standing."""
    inside, now, made = {n.id for n in act}, scene.initial_state(), frozenset[Literal]()
    for node in graph.nodes[: graph.nodes.index(act[-1]) + 1]:
        operator = catalogue.get(node.step.skill).ground(node.step.args, scene, now)
        now = operator.apply(now)
        made |= operator.add if node.id in inside else frozenset()
    return made - now
