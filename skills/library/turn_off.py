"""`turn_off(switch)`: turn a knob or switch off."""

from skills.body import BodyKind
from skills.mechanism import MechanismSkill
from skills.parameter import Parameter

TURN_OFF = MechanismSkill(
    id="turn_off.v1",
    words="turn a knob or switch off",
    parameters=(Parameter("switch", "switchable"),),
    makes="turned_off",
    kind=BodyKind.TURN_KNOB,
    opening=0.0,
)
