"""`turn_on(switch)`: turn a knob or switch on."""

from skills.body import BodyKind
from skills.mechanism import MechanismSkill
from skills.parameter import Parameter

TURN_ON = MechanismSkill(
    id="turn_on.v1",
    words="turn a knob or switch on",
    parameters=(Parameter("switch", "switchable"),),
    makes="turned_on",
    kind=BodyKind.TURN_KNOB,
    opening=1.0,
)
