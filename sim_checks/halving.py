"""`compare`: the nominal rehearsal once more at half of the time step. A verdict that depends on the step is none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim_checks.bullet.client import TIME_STEP
from sim_checks.incident import Incident
from sim_checks.rollout import World, play_through
from sim_checks.rules.book import RuleBook
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion

FINER = 2
"""How many steps stand for one."""


@dataclass(frozen=True)
class Compared:
    """One rehearsal at two time steps.

    Args:
        usual: What went wrong at the usual step; empty for a success.
        half: What went wrong at half of it.
    """

    usual: tuple[Incident, ...]
    half: tuple[Incident, ...]

    def __bool__(self) -> bool:
        """True when both say the same: that the plan was achieved, or that it was not."""
        return bool(self.usual) == bool(self.half)

    @property
    def evidence(self) -> dict[str, str]:
        """Time step -> what was seen with it, for the verdict."""
        return {_name(1): _said(self.usual), _name(FINER): _said(self.half)}

    @property
    def finding(self) -> Finding:
        """Says that the two differ."""
        where = next((i.finding.where for i in (*self.usual, *self.half)), "goal")
        said = [f"at a time step of {step} it is {what}" for step, what in self.evidence.items()]
        what = f"The verdict depends on the time step: {', '.join(said)}."
        remedy = "Choose another grasp, approach or spot, with more room for error: this one is on the edge."
        return Finding("time-step", where, what, remedy)


def compare(
    graph: SkillGraph,
    motions: Sequence[Motion],
    world: World,
    usual: tuple[Incident, ...],
    rules: RuleBook | None = None,
) -> Compared:
    """Plays planned motions at half of the time step, beside what was seen at the usual one.

    Args:
        graph: The plan.
        motions: Its motions, as far as the rehearsal at the usual step came.
        world: The world of that rehearsal.
        usual: What went wrong there; empty for a success.
        rules: The rules that are watched (default: the shipped ones).
    """
    return Compared(usual, play_through(graph, motions, halved(world), rules))


def halved(world: World) -> World:
    """Returns the same world at half of the time step."""
    return replace(world, finer=world.finer * FINER)


def _name(finer: int) -> str:
    return f"1/{round(finer / TIME_STEP)} s"


def _said(incidents: tuple[Incident, ...]) -> str:
    """Returns a rehearsal's end in a few words."""
    if not incidents:
        return "achieved"
    first = incidents[0].finding
    return f"{first.code} at {first.where}"
