"""`slide_right(thing)`: slide an object or a sliding door to the right."""

from skills.body import BodyKind
from skills.household import NudgeSkill
from skills.parameter import Parameter

SLIDE_RIGHT = NudgeSkill(
    id="slide_right.v1",
    words="slide an object or a sliding door to the right",
    parameters=(Parameter("thing", "slidable"),),
    makes="moved_right",
    kind=BodyKind.SLIDE,
    leftwards=False,
)
