"""`slide_left(thing)`: slide an object or a sliding door to the left."""

from skills.body import BodyKind
from skills.household import NudgeSkill
from skills.parameter import Parameter

SLIDE_LEFT = NudgeSkill(
    id="slide_left.v1",
    words="slide an object or a sliding door to the left",
    parameters=(Parameter("thing", "slidable"),),
    makes="moved_left",
    kind=BodyKind.SLIDE,
    leftwards=True,
)
