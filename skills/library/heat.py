"""`heat(obj, appliance)`: heat the held object in an appliance."""

from skills.household import ProcessSkill
from skills.parameter import Parameter

HEAT = ProcessSkill(
    id="heat.v1",
    words="heat the held object in an appliance",
    parameters=(Parameter("obj", "graspable"), Parameter("appliance", "heater")),
    makes="hot",
)
