"""Table tops for the second engine."""

from skills.scene import Fixture, ObjectSpec, PoseSpec, RobotSpec, Scene, resting


def table(*things: ObjectSpec | Fixture) -> Scene:
    """A table with a robot at it, and what is put there."""
    return Scene(
        schema="rehearse.scene/1",
        name="table_top",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0, 0))),),
        fixtures=(
            Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),
            *(t for t in things if isinstance(t, Fixture)),
        ),
        objects=tuple(t for t in things if isinstance(t, ObjectSpec)),
    )


def can_at(x: float = -0.1, y: float = 0.12) -> Scene:
    """A can on a table."""
    return table(resting("can", "can", "table", x, y))
