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
    wanted = sorted(promised(graph, scene)[node.id])
    return tuple(
        Finding(
            "effect-missed",
            f"nodes.{node.id}",
            f"After {node.step} the fact {literal} does not hold.",
            "Try another grasp, approach or spot.",
        )
        for literal in wanted
        if not holds(literal, world)
    )
