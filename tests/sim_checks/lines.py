"""A conveyor before an arm, and what lies on it or in its way."""

from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, RobotSpec, Scene
from skills.symbols import Literal

ARRIVED = Literal("on", ("thing", "conveyor_end_region"))
QUARTER = 1.5708


def lying(identifier, kind, *, on="conveyor_start_region", xy=(0.0, 0.0), yaw=0.0, **params) -> ObjectSpec:
    """An object on the conveyor, or on what is said; ``friction`` is its own, all else are sizes."""
    friction = params.pop("friction", None)
    place = Placement(on=on, xy=xy, yaw=yaw)
    return ObjectSpec(id=identifier, kind=kind, placement=place, params=params, friction=friction)


def post(at, **params) -> Fixture:
    """Something fixed that stands at a place of the world [m]: a post in the way."""
    return Fixture(id="post", kind="block", pose=PoseSpec(position=at), params=params)


def with_belt(*objects, more=(), at=(0.06, 0.0), robot="cell", **belt) -> Scene:
    """A bench with a conveyor that runs to the right, and things; ``belt`` are its sizes."""
    place = Placement(on="bench", xy=at, yaw=QUARTER)
    bench = Fixture(id="bench", kind="counter", pose=PoseSpec(position=(0.0, 0.0, 0.0)))
    conveyor = Fixture(id="conveyor", kind="conveyor", placement=place, params=belt)
    return Scene(
        schema="rehearse.scene/1",
        name="belt",
        robots=(RobotSpec(id="arm", kind=robot, pose=PoseSpec(position=(-0.65, 0.0, 0.0))),),
        fixtures=(bench, conveyor, *more),
        objects=objects,
    )
