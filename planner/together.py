"""`paired`: which runs of a plan two arms could do at once, by its symbols; the gates say whether they can."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from planner.routing import acted_on, landmark
from sim_checks.together import obstacle
from skills.finding import Finding
from skills.graph import SkillGraph, Step, Together
from skills.robots.opening import open_robot
from skills.scene import Scene
from skills.symbols import State
from skills.trace import trace

MOST = 3
"""Steps of one run, at most."""


def paired(graph: SkillGraph, scene: Scene, state: State | None = None, folder: Path | None = None) -> SkillGraph:
    """Returns a plan whose steps are done at once where the symbols allow it; the same plan for a robot with one arm.

    From the first step on, the two runs that make up most steps are taken, of those the ones most alike in length; all
    of it at one piece of furniture, or on what stands there.

    Args:
        graph: A plan that can be done in the order of its nodes.
        scene: Its scene.
        state: Facts at the start, if not the scene's own.
        folder: Folder of the scene file, for a robot that is described beside it.
    """
    if not scene.robots or len(open_robot(scene.robots[0].kind, folder).description.limbs) < 2:
        return graph
    moments = trace([n.step for n in graph.nodes], scene, state)
    operators = [m.operator for m in moments]
    if len(operators) < len(graph.nodes) or not all(m.operator.applicable(m.before) for m in moments):
        return graph
    spots = [_furniture(node.step, scene, moment.before) for node, moment in zip(graph.nodes, moments, strict=True)]
    place = {node.id: spot for node, spot in zip(graph.nodes, spots, strict=True)}

    def fits(group: Together) -> bool:
        near = {place[name] for name in group.nodes}
        return len(near) == 1 and None not in near and obstacle(graph, operators, scene, group) is None

    found, at = list[Together](), 0
    while at < len(graph.nodes):
        group = next((g for g in _groups(graph, at) if fits(g)), None)
        found += [group] if group else []
        at += len(group.nodes) if group else 1
    return replace(graph, together=tuple(found))


def standing(graph: SkillGraph, scene: Scene, state: State | None = None, folder: Path | None = None) -> frozenset[str]:
    """Returns the nodes before which the robot does not drive, with two arms at work: all of a pair but the first.

    Args:
        graph: A plan without drives.
        scene: Its scene.
        state: Facts at the start, if not the scene's own.
        folder: Folder of the scene file.
    """
    groups = paired(graph, scene, state, folder).together
    return frozenset(name for group in groups for name in group.nodes[1:])


def _furniture(step: Step, scene: Scene, state: State) -> str | None:
    """Returns the piece of furniture on the floor at which a step is done, or None where that is unknown."""
    at = landmark(acted_on(step), scene, state)
    for _ in scene.fixtures:
        fixture = next((f for f in scene.fixtures if f.id == at), None)
        if fixture is None or fixture.placement is None:
            break
        owner = scene.entities.get(scene.canonical(fixture.placement.on))
        at = None if owner is None else owner.parent or owner.id
    return at


def _groups(graph: SkillGraph, at: int) -> Iterator[Together]:
    """Yields pairs of runs that begin at a node, by the number of the first one, the longest first."""
    ids = [n.id for n in graph.nodes[at:]]
    sizes = [(a, b) for a in range(1, MOST + 1) for b in range(1, MOST + 1) if a + b <= len(ids)]
    for a, b in sorted(sizes, key=lambda s: (-sum(s), abs(s[0] - s[1]), s)):
        yield Together(tuple(ids[:a]), tuple(ids[a : a + b]))


def parted(graph: SkillGraph, findings: tuple[Finding, ...]) -> SkillGraph | None:
    """Returns what is left of a refused plan to be tried: without the pairs that do not go together, else without any.

    Args:
        graph: The plan.
        findings: Why it was refused.

    Returns:
        The plan, or None for one in which nothing is done at once.
    """
    wrong = {f.where for f in findings if f.code == "not-together"}
    left = tuple(g for i, g in enumerate(graph.together) if wrong and f"together[{i}]" not in wrong)
    return replace(graph, together=left) if len(left) < len(graph.together) else None
