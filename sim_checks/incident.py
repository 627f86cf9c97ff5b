"""`Incident`: a finding of a rehearsal with the moment, the bodies and the contact that it is about."""

from dataclasses import dataclass

from skills.finding import Finding
from skills.geometry import Vector3


@dataclass(frozen=True)
class Contact:
    """Where two bodies press on each other.

    Args:
        bodies: Names of the two, as a person would say them.
        point: Point of the largest force [m, world].
        force: That force along the contact's normal [N]. The peak of a rigid impact depends on the time step.
    """

    bodies: tuple[str, str]
    point: Vector3
    force: float


@dataclass(frozen=True)
class Incident:
    """What went wrong, when, and between whom.

    Args:
        finding: Code, place, what is wrong and what to do.
        time_s: Time since the rehearsal began to move [s].
        segment: Piece of the motion that was being played, or "" between motions.
        bodies: Ids of the things and people concerned; "robot" for the arm.
        contact: The contact that it is about, if there is one.
        measured: The figure that broke a limit, in the limit's own unit.
        limit: The limit.
        began_s: When the step began that it happened in [s].
    """

    finding: Finding
    time_s: float
    segment: str = ""
    bodies: tuple[str, ...] = ()
    contact: Contact | None = None
    measured: float | None = None
    limit: float | None = None
    began_s: float = 0.0
