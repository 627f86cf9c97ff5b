"""A table with an appliance on it, and things in and before it."""

import math

from skills.scene import Fixture, Placement, Scene, resting
from tests.small import table_top


def with_appliance(kind, *, inside=None, at=(0.05, 0.31), joints=None, **objects) -> Scene:
    """A table with one appliance that looks to the middle; ``inside`` is the kind of what is in it."""
    plain = table_top()
    place = Placement(on="table", xy=at, yaw=-math.pi / 2)
    appliance = Fixture(id="appliance", kind=kind, placement=place, joints=joints or {})
    things = [resting(name, name, "table", *xy) for name, xy in objects.items()]
    if inside is not None:
        placement = Placement(on="appliance", inside=True)
        things.append(resting("food", inside, "appliance").model_copy(update={"placement": placement}))
    more = {"fixtures": (*plain.fixtures, appliance), "objects": tuple(things)}
    return Scene.model_validate({**plain.model_dump(by_alias=True), **more})
