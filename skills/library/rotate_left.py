"""`rotate_left(thing)`: rotate an object to the left."""

from skills.body import BodyKind
from skills.household import NudgeSkill
from skills.parameter import Parameter

ROTATE_LEFT = NudgeSkill(
    id="rotate_left.v1",
    words="rotate an object to the left",
    parameters=(Parameter("thing", "movable"),),
    makes="turned_left",
    kind=BodyKind.ROTATE,
    leftwards=True,
)
