"""`chill(obj, appliance)`: wait until a shut appliance has chilled what is in it."""

from skills.appliance import ApplianceSkill
from skills.parameter import Parameter

CHILL = ApplianceSkill(
    id="chill.v1",
    words="wait until a shut appliance has chilled what is in it",
    parameters=(Parameter("obj", "graspable"), Parameter("appliance", "cooler")),
    makes="cold",
)
