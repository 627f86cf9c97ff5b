"""`Recording`: where everything was while one arm was at work, frame by frame, as physics had it."""

from bisect import bisect_right

from sim_checks.bullet.client import TIME_STEP
from sim_checks.bullet.snapshot import Snapshot
from sim_checks.bullet.stage import TICK, Stage

FRAME_TICKS = 4
"""Motor commands between two frames."""
FRAME_S = FRAME_TICKS * TICK * TIME_STEP
"""Time between two frames [s]."""
STILL_M, STILL_RAD = 0.002, 0.004
"""What moves less than this has not moved [m, and m or rad of a joint]."""


class Recording:
    """Frames of one stage, from the moment that it is made; taking one changes nothing.

    Args:
        stage: The stage.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage, self._began_s = stage, stage.clock_s
        self.times: list[float] = [0.0]
        """When each frame was taken, from the beginning [s]."""
        self.frames: list[Snapshot] = [stage.snapshot()]
        """The frames; the first is from before anything moved."""

    def look(self) -> None:
        """Takes a frame; to be called every `FRAME_S`."""
        self.times.append(self._stage.clock_s - self._began_s)
        self.frames.append(self._stage.snapshot())

    def at(self, time_s: float) -> int:
        """Returns the number of the last frame that was taken by a time from the beginning [s]."""
        return max(0, bisect_right(self.times, time_s + 1e-6) - 1)

    def moved(self, robot: int) -> dict[int, tuple[int, int]]:
        """Returns what was moved: body -> number of the last frame before it moved, and of the first after.

        Args:
            robot: The robot's body; it is left out.
        """
        found = {}
        for body in self.frames[0].poses:
            if body == robot:
                continue
            stirred = [i for i, frame in enumerate(self.frames) if _apart(frame, self.frames[0], body)]
            unrested = [i for i, frame in enumerate(self.frames) if _apart(frame, self.frames[-1], body)]
            if stirred:
                found[body] = (stirred[0] - 1, min((unrested or [-1])[-1] + 1, len(self.frames) - 1))
        return found


def _apart(one: Snapshot, other: Snapshot, body: int) -> bool:
    """Says whether a body is elsewhere, or its joints are, in one snapshot than in another."""
    (p, q), (r, s) = one.poses[body], other.poses[body]
    turned = 1.0 - abs(sum(a * b for a, b in zip(q, s, strict=True)))
    if sum((a - b) ** 2 for a, b in zip(p, r, strict=True)) > STILL_M**2 or turned > STILL_RAD:
        return True
    return any(abs(v - other.joints[k]) > STILL_RAD for k, v in one.joints.items() if k[0] == body)


def joints_of(snapshot: Snapshot, body: int) -> dict[int, float]:
    """Returns a body's joint positions [rad or m], by joint."""
    return {joint: value for (owner, joint), value in snapshot.joints.items() if owner == body}
