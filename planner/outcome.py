"""What planning ends in: `Planned`, `Refused` or `Question`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal as Choice

from sim_checks.certificate import CertifiedPlan
from sim_checks.gates import Shown
from sim_checks.verdict import Verdict
from skills.finding import Finding
from skills.graph import Draft, Option, SkillGraph
from skills.motion import Motion


def draft_json(draft: Draft | None) -> dict[str, object] | None:
    """Returns what the language model said as JSON-ready data, or None for a plan that no model drafted."""
    if draft is None:
        return None
    return {
        "goal": [str(literal) for literal in draft.goal.literals],
        "steps": [str(step) for step in draft.steps],
        "question": draft.question,
        "refusal": draft.refusal,
        "confidence": round(draft.confidence, 4),
        "options": [{"words": o.words, "draft": draft_json(o.draft)} for o in draft.options],
    }


@dataclass(frozen=True)
class Attempt:
    """One draft that was tried and refused, on the way to what planning ended in.

    Args:
        draft: What was tried.
        by: Who made it: the language model, or the compiler from the model's goal.
        stage: Where it was refused.
        findings: Why; a warning says when the model could not be asked for another.
    """

    draft: Draft
    by: Choice["model", "compiler"]
    stage: str
    findings: tuple[Finding, ...]

    def to_json(self) -> dict[str, object]:
        """Returns the attempt as JSON-ready data."""
        findings = [f.to_json() for f in self.findings]
        return {"draft": draft_json(self.draft), "by": self.by, "stage": self.stage, "findings": findings}


@dataclass(frozen=True, eq=False)
class Planned:
    """A plan that passed every gate and may move a robot.

    Args:
        certified: The certified plan.
        verdicts: The gates' verdicts, cheap to dear.
        draft: What the language model said last (None: the plan came from a file).
        notes: What the compiler changed about the draft, as warnings.
        seconds: Stage name -> wall time [s].
        trail: Drafts that were refused before it.
    """

    certified: CertifiedPlan
    verdicts: tuple[Verdict, ...]
    draft: Draft | None = None
    notes: tuple[Finding, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    trail: tuple[Attempt, ...] = ()

    @property
    def graph(self) -> SkillGraph:
        """The plan itself."""
        return self.certified.graph


@dataclass(frozen=True, eq=False)
class Refused:
    """No certified plan, and why.

    Args:
        stage: Where the road ended: ``decompose``, ``compile``, ``symbolic``, ``geometric``, ``physics``.
        findings: Why.
        draft: What the language model said last, if it came to that.
        graph: The last graph that was tried, if there was one.
        verdicts: Verdicts on that graph.
        motions: Motions of that graph, if the geometric gate found them.
        seconds: Stage name -> wall time [s].
        trail: Every draft that was refused, in order.
        shown: What the gates have shown of it all the same; checks of its repairs keep what these leave alone.
    """

    stage: str
    findings: tuple[Finding, ...]
    draft: Draft | None = None
    graph: SkillGraph | None = None
    verdicts: tuple[Verdict, ...] = ()
    motions: tuple[Motion, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)
    trail: tuple[Attempt, ...] = ()
    shown: Shown | None = None


@dataclass(frozen=True, eq=False)
class Question:
    """The language model asks back instead of guessing; `options` are the readings that it cannot choose between.

    Args:
        text: The question.
        draft: The draft that holds it.
        seconds: Stage name -> wall time [s].
        trail: Drafts that were refused before it was asked.
    """

    text: str
    draft: Draft
    seconds: Mapping[str, float] = field(default_factory=dict)
    trail: tuple[Attempt, ...] = ()

    @property
    def options(self) -> tuple[Option, ...]:
        """The readings, where the model knows them."""
        return self.draft.options


Outcome = Planned | Refused | Question
