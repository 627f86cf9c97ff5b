"""`rotate_right(thing)`: rotate an object to the right."""

from skills.body import BodyKind
from skills.household import NudgeSkill
from skills.parameter import Parameter

ROTATE_RIGHT = NudgeSkill(
    id="rotate_right.v1",
    words="rotate an object to the right",
    parameters=(Parameter("thing", "movable"),),
    makes="turned_right",
    kind=BodyKind.ROTATE,
    leftwards=False,
)
