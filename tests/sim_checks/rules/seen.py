"""`Path`: a world for monitors that is nothing but a path: no engine, every answer a formula of the time."""

from collections.abc import Callable, Sequence

from sim_checks.incident import Contact
from sim_checks.rules.observed import Gap, Moving, Velocity
from skills.geometry import Bounds, Box, Pose, Vector3

STEP_S = 1 / 120


class Path:
    """A ball of 5 cm, in the hand or alone, that follows a path.

    Args:
        at: Time [s] -> its centre [m].
        held: Id of what the hand holds, or None.
        pose: Time [s] -> orientation of every thing, as a pose.
    """

    def __init__(
        self, at: Callable[[float], Vector3], held: str | None = None, pose: Callable[[float], Pose] | None = None
    ) -> None:
        self.at, self.hand, self.turn = at, held, pose or (lambda t: Pose())
        self.time_s = 0.0
        self.radius = 0.05

    def held(self) -> str | None:
        return self.hand

    def moving(self) -> Sequence[Moving]:
        return [Moving("hand", self.at(self.time_s), self._speed(), 0.0, self.radius)]

    def gap(self, box: Box, most: float) -> Gap | None:
        x, y, z = self.at(self.time_s)
        lower = [c - h for c, h in zip(box.pose.position, box.half, strict=True)]
        upper = [c + h for c, h in zip(box.pose.position, box.half, strict=True)]
        apart = [max(lo - c, 0.0, c - up) for lo, c, up in zip(lower, (x, y, z), upper, strict=True)]
        distance = sum(a * a for a in apart) ** 0.5 - self.radius
        return Gap("hand", distance, (x, y, z)) if distance <= most else None

    def pose(self, thing: str) -> Pose:
        return self.turn(self.time_s)

    def bounds(self, thing: str) -> Bounds:
        x, y, z = self.at(self.time_s)
        r = self.radius
        return Bounds((x - r, y - r, z - r), (x + r, y + r, z + r))

    def velocity(self, thing: str) -> Velocity:
        before, after = self.at(self.time_s - 1e-5), self.at(self.time_s + 1e-5)
        moved = [(b - a) / 2e-5 for a, b in zip(before, after, strict=True)]
        return Velocity((moved[0], moved[1], moved[2]), (0.0, 0.0, 0.0))

    def contact(self, thing: str) -> Contact | None:
        return None

    def _speed(self) -> float:
        return float(sum(c * c for c in self.velocity("").linear) ** 0.5)
