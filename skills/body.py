"""`BodyRequest`: what a skill asks of the body, as data. The geometric gate plans the motion from it."""

from dataclasses import dataclass
from enum import StrEnum

from skills.symbols import Literal


class BodyKind(StrEnum):
    """The kinds of physical action that the geometric gate can plan."""

    GRASP = "grasp"
    """Approach `subject`, close the fingers on it, lift it."""
    PLACE = "place"
    """Carry the held `subject` over `target`, lower it, release, retreat."""
    PULL_HANDLE = "pull_handle"
    """Grip the handle of `subject` and move its joint to `opening` (towards open)."""
    PUSH_HANDLE = "push_handle"
    """Move the joint of `subject` back to `opening` (towards closed)."""
    TURN_KNOB = "turn_knob"
    """Turn the knob of `subject` to `opening`."""
    PUSH_ALONG = "push_along"
    """Slide `subject` over its support to `target` with closed or parallel fingers."""
    NAVIGATE = "navigate"
    """Drive the base to `subject`; bodies with a base that moves do this."""
    HAND_OVER = "hand_over"
    """Lay the held `subject` into the open hand of the person `target`, slowly, and let go."""
    PROCESS = "process"
    """Stand by until what the appliance `target` does to `subject` has come about: until `awaits` holds."""
    RINSE = "rinse"
    """Hold `subject` under the running tap of `target` until `awaits` holds."""
    POUR = "pour"
    """Tilt the held `subject` over the mouth of `target` until it is empty, and set it upright again."""
    CUT = "cut"
    """Cut `subject` into slices. No body does this yet."""
    ROTATE = "rotate"
    """Turn `subject` about the vertical, to the left for `opening` 1, to the right for 0."""
    SLIDE = "slide"
    """Slide `subject` sideways over its support, to the left for `opening` 1, to the right for 0."""
    PRESS = "press"
    """Press the button of `subject` down with closed fingers, and let it spring back."""
    PULL = "pull"
    """Grip `subject` where it stands and draw it over its support towards the robot."""
    WIPE = "wipe"
    """Sweep the held `subject` over all of the area `target`, in contact with what it lies on."""
    INSPECT = "inspect"
    """Bring the camera on the hand to where it has `subject` in sight, and hold it there."""


EMBODIED = frozenset(
    {
        BodyKind.GRASP,
        BodyKind.PLACE,
        BodyKind.PULL_HANDLE,
        BodyKind.PUSH_HANDLE,
        BodyKind.TURN_KNOB,
        BodyKind.PUSH_ALONG,
        BodyKind.ROTATE,
        BodyKind.SLIDE,
        BodyKind.PRESS,
        BodyKind.PULL,
        BodyKind.INSPECT,
        BodyKind.WIPE,
        BodyKind.PROCESS,
        BodyKind.RINSE,
        BodyKind.HAND_OVER,
        BodyKind.POUR,
    }
)
"""What a robot of this project can really do; a plan that asks for more stops at the geometric gate."""
MOBILE = frozenset({BodyKind.NAVIGATE})
"""What a robot can do besides if its base moves."""


@dataclass(frozen=True)
class BodyRequest:
    """One physical action.

    Args:
        kind: What to do.
        subject: Entity id of the thing to grasp, carry or push, or of the part to move.
        target: Canonical id of the entity, region or side area where `subject` shall end, or None.
        inside: True when `target` is a container (release inside its region, not on it).
        opening: Joint position to reach, 0 (closed, off) to 1 (open, on), or None.
        holds_after: Entity that is in the hand when the action ends, or None.
        awaits: Fact that the world must come to show while the body waits, or None.
    """

    kind: BodyKind
    subject: str
    target: str | None = None
    inside: bool = False
    opening: float | None = None
    holds_after: str | None = None
    awaits: Literal | None = None
