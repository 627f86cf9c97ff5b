"""`types` and `bound`: is every call of a plan one that can be made in this scene, and was the plan made for it?"""

from collections.abc import Container, Sequence

from skills.catalogue import Catalogue
from skills.errors import VocabularyError
from skills.finding import Finding
from skills.graph import SkillGraph, Step
from skills.parameter import PREDICATE_TYPES, Parameter, misfits
from skills.scene import Scene
from skills.symbols import PREDICATES

MAX_NODES = 1000
"""Largest plan that is checked. Source: the caps of the plan format."""
MAX_FINDINGS = 50
"""Faults of types after which no more are looked for: whoever sends a thousand learns from fewer. Source: our own."""


def bound(graph: SkillGraph, scene_sha256: str) -> list[Finding]:
    """Returns why the graph was not made for this scene or asks for nothing.

    Args:
        graph: The plan.
        scene_sha256: Hash of the scene at hand.
    """
    findings = []
    if len(graph.nodes) > MAX_NODES:
        what = f"The plan has {len(graph.nodes)} nodes; the limit is {MAX_NODES}."
        findings.append(Finding("too-large", "nodes", what, "Split the plan."))
    if not graph.goal.literals:
        what = "The plan promises nothing, so nothing can be judged."
        findings.append(Finding("empty-goal", "goal", what, "State what must hold at the end."))
    if not graph.scene_sha256:
        what = "The plan does not say which scene it was made for."
        findings.append(Finding("unbound-scene", "scene_sha256", what, "Give the scene's sha256.", "warning"))
    elif graph.scene_sha256 != scene_sha256:
        what = f"The plan was made for another scene ({graph.scene_sha256[:12]}, not {scene_sha256[:12]})."
        findings.append(Finding("other-scene", "scene_sha256", what, "Plan again for this scene."))
    return findings


def types(graph: SkillGraph, scene: Scene, skills: Catalogue, kept: Container[int]) -> list[Finding]:
    """Returns where skills, arguments and goal literals do not fit their types; ids must be canonical.

    Args:
        graph: The plan.
        scene: The scene.
        skills: Skills.
        kept: Numbers of nodes that are known to fit.
    """
    findings: list[Finding] = []
    sound: set[Step] = set()
    for index, node in enumerate(graph.nodes):
        if index in kept or node.step in sound:
            continue
        where = f"nodes[{index}]"
        try:
            skill = skills.get(node.step.skill, f"{where}.skill")
        except VocabularyError as error:
            found: tuple[Finding, ...] = (error.finding,)
        else:
            found = misfits(skill.parameters, node.step.args, scene, f"{where}.args", node.step.skill)
            found += _aliases(node.step.args, scene, f"{where}.args")
        findings += found
        if not found:
            sound.add(node.step)
        if len(findings) >= MAX_FINDINGS:
            return findings
    for index, literal in enumerate(graph.goal.literals):
        where = f"goal[{index}]"
        predicate = PREDICATES.get(literal.predicate)
        if predicate is None or not predicate.goal:
            what = f"{literal.predicate!r} cannot be asked of the final world."
            findings.append(Finding("not-a-goal", where, what, "Ask where things are, or how parts stand."))
            continue
        parameters = [Parameter(f"argument {i}", t) for i, t in enumerate(PREDICATE_TYPES[literal.predicate])]
        findings += misfits(parameters, literal.args, scene, f"{where}.args", literal.predicate)
        findings += _aliases(literal.args, scene, f"{where}.args")
    return findings


def _aliases(args: Sequence[str], scene: Scene, where: str) -> tuple[Finding, ...]:
    others = [(i, a, scene.canonical(a)) for i, a in enumerate(args) if scene.canonical(a) != a]
    return tuple(
        Finding("alias", f"{where}[{i}]", f"{a!r} is another name of {name!r}.", "Use the latter.")
        for i, a, name in others
    )


__all__ = ["MAX_FINDINGS", "MAX_NODES", "bound", "types"]
