"""`pull(thing)`: draw an object over its support towards the robot."""

from skills.body import BodyKind
from skills.household import NudgeSkill
from skills.parameter import Parameter

PULL = NudgeSkill(
    id="pull.v1",
    words="draw an object towards the robot",
    parameters=(Parameter("thing", "movable"),),
    makes="moved_back",
    kind=BodyKind.PULL,
)
