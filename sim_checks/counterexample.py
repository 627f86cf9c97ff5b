"""`Counterexample`: a FAIL as data: which step, when, between whom, how far beyond which limit, and what to try."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sim_checks.bullet.client import TIME_STEP
from sim_checks.errors import SimChecksError
from sim_checks.incident import Contact, Incident
from sim_checks.remedy import Remedy
from sim_checks.rollout import World
from skills.finding import Finding
from skills.graph import SkillGraph

BEFORE_S = 0.5
"""How long before a failure the last good picture is taken, if the step had begun then [s]."""


class CounterexampleError(SimChecksError):
    """What was given is no counter-example."""


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
        said, call = self.what.rstrip("."), f"{self.step} ({self.node})"
        if said.startswith(self.step):
            return f"Because {call}{said.removeprefix(self.step)}."
        return f"Because of {call}{when}{world if when else ''}: {said}."

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


def parse(data: Mapping[str, Any]) -> Counterexample:
    """Returns what `Counterexample.to_json` wrote.

    Raises:
        CounterexampleError: It is something else.
    """
    try:
        told = {f.name: data[f.name] for f in fields(Counterexample) if f.name not in ("contact", "bodies")}
        numbers = [told[k] for k in ("good_s", "time_step_s")] + [x for x in (told["time_s"],) if x is not None]
        if not all(isinstance(n, (int, float)) and math.isfinite(n) and n >= 0 for n in numbers):
            raise ValueError("a time is no number")
        contact, bodies = data["contact"], tuple(str(b) for b in data["bodies"])
        if contact is not None:
            (a, b), (x, y, z) = contact["bodies"], contact["point"]
            contact = Contact((str(a), str(b)), (float(x), float(y), float(z)), float(contact["force_n"]))
        return Counterexample(**told, contact=contact, bodies=bodies)
    except (KeyError, TypeError, ValueError) as error:
        what = f"This is no counter-example: {error}."
        remedy = "Give the JSON that `rehearse validate --json` wrote."
        raise CounterexampleError.at("bad-counterexample", "counterexample", what, remedy) from error


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
    at_once = {f"together[{index}]": group.nodes[0] for index, group in enumerate(graph.together)}
    named = at_once.get(finding.where, finding.where.removeprefix("nodes."))
    node = next((n for n in graph.nodes if n.id == named), graph.nodes[-1])
    bodies = tuple(node.step.args)
    return Counterexample(
        node.id, str(node.step), finding.code, finding.what, finding.remedy, bodies, None, None, time_s
    )
