"""`close(part)`: close a drawer or a door."""

from skills.body import BodyKind
from skills.mechanism import MechanismSkill
from skills.parameter import Parameter

CLOSE = MechanismSkill(
    id="close.v1",
    words="close a drawer or a door",
    parameters=(Parameter("part", "openable"),),
    makes="closed",
    kind=BodyKind.PUSH_HANDLE,
    opening=0.0,
)
