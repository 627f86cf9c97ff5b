"""Repair: what findings change about a draft, so that it is worth another try."""

from planner.compile import compile_draft
from skills.finding import Finding
from skills.graph import Draft, SkillGraph
from skills.scene import Scene
from skills.symbols import State

FROM_STEPS = frozenset(
    {
        "already-true",
        "blocked",
        "collided",
        "effect-missed",
        "goal-missed",
        "no-motion",
        "no-plan-found",
        "search-limit",
        "self-reference",
        "unknown-entity",
        "unknown-skill",
        "unmet-precondition",
        "unordered",
        "unreachable-goal",
        "wrong-arity",
        "wrong-type",
    }
)
"""Codes of findings that other steps towards the same goal can mend."""


def repair(draft: Draft, findings: tuple[Finding, ...], scene: Scene, state: State | None = None) -> Draft | None:
    """Returns the next draft to try, or None when nothing about the draft is left to change.

    Faults of the steps, symbolic or physical, are mended by finding steps from the goal alone (a thing that cannot be
    pushed may be picked and placed), if those are others than the ones that failed. A fault of the goal is not mended.

    Args:
        draft: The draft that failed.
        findings: Why it failed.
        scene: The scene.
        state: Facts now.
    """
    errors = [f for f in findings if f.severity == "error"]
    of_goal = any(f.where.startswith("goal[") and f.code != "goal-missed" for f in errors)
    mendable = bool(errors) and all(f.code in FROM_STEPS for f in errors) and not of_goal
    if not (mendable and draft.steps and draft.goal.literals):
        return None
    mended = Draft(draft.goal, (), confidence=draft.confidence)
    failed, other = compile_draft(draft, scene, state).graph, compile_draft(mended, scene, state).graph
    if failed is not None and other is not None and _calls(failed) == _calls(other):
        return None
    return mended


def _calls(graph: SkillGraph) -> list[str]:
    """Returns the skill calls in order."""
    return [str(node.step) for node in graph.ordered()]
