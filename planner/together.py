"""`paired`: which runs of a plan two arms could do at once, by its symbols; the gates say whether they can."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sim_checks.together import obstacle
from skills.finding import Finding
from skills.graph import SkillGraph, Together
from skills.robots.opening import open_robot
from skills.scene import Scene
from skills.symbols import State
from skills.trace import trace

MOST = 3
"""Steps of one run, at most."""


def paired(graph: SkillGraph, scene: Scene, state: State | None = None, folder: Path | None = None) -> SkillGraph:
    """Returns a plan whose steps are done at once where the symbols allow it; the same plan for a robot with one arm.

    From the first step on, the two runs that make up most steps are taken, of those the ones most alike in length.

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
    found, at = list[Together](), 0
    while at < len(graph.nodes):
        group = next((g for g in _groups(graph, at) if obstacle(graph, operators, scene, g) is None), None)
        found += [group] if group else []
        at += len(group.nodes) if group else 1
    return replace(graph, together=tuple(found))


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
