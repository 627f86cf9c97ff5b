"""`heat(obj, appliance)`: wait until a shut appliance has heated what is in it."""

from skills.appliance import ApplianceSkill
from skills.parameter import Parameter

HEAT = ApplianceSkill(
    id="heat.v1",
    words="wait until a shut appliance has heated what is in it",
    parameters=(Parameter("obj", "graspable"), Parameter("appliance", "heater")),
    makes="hot",
)
