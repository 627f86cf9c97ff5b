"""`Counterexample`: a FAIL as data: which step, when, between whom, how far beyond which limit, and what to try."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim_checks.bullet.client import TIME_STEP
from sim_checks.incident import Contact, Incident
from sim_checks.remedy import Remedy
from sim_checks.rollout import World
from skills.finding import Finding
from skills.graph import SkillGraph

BEFORE_S = 0.5
"""How long before a failure the last good picture is taken, if the step had begun then [s]."""


@dataclass(frozen=True)
class Counterexample:
    """One rehearsal that failed, told so that it can be shown again.

    Args:
        node: The step.
        step: The step as a call.
        code: Cause, as in the finding.
        what: What happened, one sentence.
        remedy: The least change that is worth a try.
        bodies: Ids of the things and people concerned; "robot" for the arm.
        contact: The contact that it is about, if there is one.
        time_s: When, since the rehearsal began to move [s]; None where no motion was found at all.
        good_s: The last moment known to be good [s].
        segment: The piece of the motion.
        measured: The figure that broke a limit.
        limit: The limit.
        seed: Seed of the perturbed world; None for the nominal one.
        time_step_s: Step of the simulation [s].
    """

    node: str
    step: str
    code: str
    what: str
    remedy: str
    bodies: tuple[str, ...] = ()
    contact: Contact | None = None
    time_s: float | None = None
    good_s: float = 0.0
    segment: str = ""
    measured: float | None = None
    limit: float | None = None
    seed: int | None = None
    time_step_s: float = TIME_STEP

    @property
    def why_not(self) -> str:
        """Why the plan was refused, in one sentence."""
        when = "" if self.time_s is None else f", {self.time_s:.1f} s into the rehearsal"
        world = "" if self.seed is None else " of a perturbed world"
        said = self.what.rstrip(".")
        return f"Because of {self.step} ({self.node}){when}{world if when else ''}: {said}."

    def to_json(self) -> dict[str, object]:
        """Returns it as JSON-ready data, times to the millisecond, places to the tenth of a millimetre."""
        contact = self.contact and {
            "bodies": list(self.contact.bodies),
            "point": [round(c, 4) for c in self.contact.point],
            "force_n": round(self.contact.force, 2),
        }
        return {
            "node": self.node,
            "step": self.step,
            "code": self.code,
            "what": self.what,
            "why_not": self.why_not,
            "remedy": self.remedy,
            "bodies": list(self.bodies),
            "contact": contact,
            "time_s": None if self.time_s is None else round(self.time_s, 3),
            "good_s": round(self.good_s, 3),
            "segment": self.segment,
            "measured": None if self.measured is None else round(self.measured, 4),
            "limit": self.limit,
            "seed": self.seed,
            "time_step_s": self.time_step_s,
        }


def of_rehearsal(graph: SkillGraph, incidents: Sequence[Incident], remedy: Remedy, world: World) -> Counterexample:
    """Returns the counter-example of a rehearsal that failed in physics.

    Args:
        graph: The plan.
        incidents: What went wrong; the first one is told.
        remedy: The least change.
        world: Where.
    """
    first = incidents[0]
    named = first.finding.where.removeprefix("nodes.")
    node = next((n for n in graph.nodes if n.id == named), graph.nodes[-1])
    return Counterexample(
        node.id,
        str(node.step),
        first.finding.code,
        first.finding.what,
        f"{str(remedy)[0].upper()}{str(remedy)[1:]}.",
        first.bodies,
        first.contact,
        first.time_s,
        max(first.began_s, first.time_s - BEFORE_S) if first.segment else first.began_s,
        first.segment,
        first.measured,
        first.limit,
        world.seed,
        TIME_STEP / world.finer,
    )


def of_planning(graph: SkillGraph, finding: Finding, time_s: float) -> Counterexample:
    """Returns the counter-example of a step without a motion.

    Args:
        graph: The plan.
        finding: Why there is none.
        time_s: How long the motions before it take in the rehearsal [s].
    """
    named = finding.where.removeprefix("nodes.")
    node = next((n for n in graph.nodes if n.id == named), graph.nodes[-1])
    bodies = tuple(node.step.args)
    return Counterexample(
        node.id, str(node.step), finding.code, finding.what, finding.remedy, bodies, None, None, time_s
    )
