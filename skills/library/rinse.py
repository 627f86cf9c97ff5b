"""`rinse(obj, appliance)`: rinse the held object under running water."""

from skills.household import ProcessSkill
from skills.parameter import Parameter

RINSE = ProcessSkill(
    id="rinse.v1",
    words="rinse the held object under running water",
    parameters=(Parameter("obj", "graspable"), Parameter("appliance", "washer")),
    makes="clean",
)
