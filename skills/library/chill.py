"""`chill(obj, appliance)`: chill the held object in an appliance."""

from skills.household import ProcessSkill
from skills.parameter import Parameter

CHILL = ProcessSkill(
    id="chill.v1",
    words="chill the held object in an appliance",
    parameters=(Parameter("obj", "graspable"), Parameter("appliance", "cooler")),
    makes="cold",
)
