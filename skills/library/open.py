"""`open(part)`: open a drawer or a door."""

from skills.body import BodyKind
from skills.mechanism import MechanismSkill
from skills.parameter import Parameter

OPEN = MechanismSkill(
    id="open.v1",
    words="open a drawer or a door",
    parameters=(Parameter("part", "openable"),),
    makes="open",
    kind=BodyKind.PULL_HANDLE,
    opening=1.0,
)
