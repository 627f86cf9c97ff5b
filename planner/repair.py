"""Repair: what findings change about a draft, so that it is worth another try."""

from skills.finding import Finding
from skills.graph import Draft
from skills.scene import Scene
from skills.symbols import State

FROM_STEPS = frozenset(
    {
        "already-true",
        "blocked",
        "goal-missed",
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

    Faults of the steps are mended by finding the steps from the goal alone. A fault of the goal itself, and whatever
    the geometric and the physics gate found after their own candidates were used up, is not mended here.

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
    return Draft(draft.goal, (), confidence=draft.confidence)
