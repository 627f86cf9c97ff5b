"""Repair: what findings change about a draft, so that it is worth another try."""

import re
from dataclasses import replace
from typing import Literal, NamedTuple

from planner.compile import compile_draft
from planner.instruction import Instruction
from planner.language.port import LanguageModel, Redrafter
from planner.outcome import Refused
from sim_checks.verdict import Outcome
from skills.errors import SkillsError
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
        "no-such-skill-on-this-body",
        "no-plan-found",
        "no-seal",
        "out-of-reach",
        "search-limit",
        "self-reference",
        "time-step",
        "too-heavy",
        "too-wide-for-gripper",
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


_NODE = re.compile(r"^nodes(?:\.(\w+)|\[(\d+)\])")


class Mended(NamedTuple):
    """What is tried next.

    Args:
        draft: The next draft, or None when there is none.
        by: Who made it.
        note: Why the model, which could have been asked, gave none.
    """

    draft: Draft | None
    by: Literal["model", "compiler"] = "compiler"
    note: tuple[Finding, ...] = ()


def mend(model: LanguageModel, instruction: Instruction, draft: Draft, refused: Refused) -> Mended:
    """Returns the next draft: the model's own, if it can answer findings and changes its mind, else the compiler's.

    Args:
        model: Made the first draft; asked again if it is a `Redrafter` and a gate or the compiler said no.
        instruction: The request.
        draft: The draft that failed.
        refused: How it failed.
    """
    note: tuple[Finding, ...] = ()
    decided = not any(v.outcome is Outcome.UNKNOWN for v in refused.verdicts)
    if isinstance(model, Redrafter) and decided:
        findings = tuple(located(f, refused.graph) for f in refused.findings)
        try:
            said = model.redraft(instruction, draft, findings)
        except SkillsError as error:
            note = (replace(error.finding, severity="warning"),)
        else:
            if replace(said, confidence=draft.confidence) != draft:
                return Mended(said, "model")
    return Mended(repair(draft, refused.findings, instruction.scene, instruction.state), note=note)


def located(finding: Finding, graph: SkillGraph | None) -> Finding:
    """Returns the finding with the skill call beside the node that it names, for a reader who has not seen the graph.

    Args:
        finding: What a gate said, at ``nodes.n1`` or ``nodes[0]``.
        graph: The plan that it said it of.
    """
    found = _NODE.match(finding.where)
    if graph is None or found is None:
        return finding
    name, index = found.groups()
    nodes = [n for i, n in enumerate(graph.nodes) if n.id == name or str(i) == index]
    if not nodes:
        return finding
    where = f"{finding.where}: {nodes[0].step}"
    return Finding(finding.code, where, finding.what, finding.remedy, finding.severity)


def repair(draft: Draft, findings: tuple[Finding, ...], scene: Scene, state: State | None = None) -> Draft | None:
    """Returns the next draft to try, or None when nothing about the draft is left to change.

    Faults of the steps, symbolic or physical, are mended by finding steps from the goal alone (a thing that cannot be
    pushed may be picked and placed), if those are others than the ones that failed. A fault of the goal is not mended,
    nor is a plan that breaks a rule by what it brings about; a rule that its motion broke in a rehearsal is, since
    other steps move otherwise. Slower motions and other grasps have been tried by then (`sim_checks.remedy`).

    Args:
        draft: The draft that failed.
        findings: Why it failed.
        scene: The scene.
        state: Facts now.
    """
    errors = [f for f in findings if f.severity == "error"]
    of_goal = any(f.where.startswith("goal[") and f.code != "goal-missed" for f in errors)
    mendable = bool(errors) and all(_of_steps(f) for f in errors) and not of_goal
    if not (mendable and draft.steps and draft.goal.literals):
        return None
    mended = Draft(draft.goal, (), confidence=draft.confidence)
    failed, other = compile_draft(draft, scene, state).graph, compile_draft(mended, scene, state).graph
    if failed is not None and other is not None and _calls(failed) == _calls(other):
        return None
    return mended


def _of_steps(finding: Finding) -> bool:
    """Says whether other steps can mend this; rehearsals name a step by its id, the judgement of plans by its index."""
    watched = finding.code.startswith("rule-") and finding.where.startswith("nodes.")
    return watched or finding.code in FROM_STEPS


def _calls(graph: SkillGraph) -> list[str]:
    """Returns the skill calls in order."""
    return [str(node.step) for node in graph.ordered()]
