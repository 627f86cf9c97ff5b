"""`StaysOut`: keep-out boxes, swept.

Between two control steps no point of a body goes farther than its speed times the period. A body that passed through
a box in between was therefore nearer to it than half of that way, at one of the two steps: this is what is asked for,
so that a box of one millimetre is not missed.
"""

from collections.abc import Sequence

from sim_checks.rules.monitors.monitor import Breach, Monitor
from sim_checks.rules.observed import Observed
from skills.geometry import Box, Pose
from skills.scene_parts import Zone

LOOK_M = 0.06
"""How far around a body boxes are looked for [m]; half of the way at 3 m/s and 60 steps a second is half of it."""


class StaysOut(Monitor):
    """No part of the arm and nothing that it holds enters a box.

    Args:
        zones: The boxes.
        period_s: Time between two control steps [s].
    """

    def __init__(self, zones: Sequence[Zone], period_s: float) -> None:
        super().__init__(0.0, low=True)
        self.period_s = period_s
        self.boxes = [(z.id, Box(Pose(z.centre), z.half)) for z in zones]

    def step(self, seen: Observed) -> Breach | None:
        """Returns the box that a body is in, or may have passed through since the last step."""
        nearest = [(name, seen.gap(box, LOOK_M)) for name, box in self.boxes]
        if not any(gap for _, gap in nearest):
            return None
        fastest = max((b.speed + b.spin * b.reach for b in seen.moving()), default=0.0)
        way = min(fastest * self.period_s / 2, LOOK_M)
        for name, gap in nearest:
            if gap is not None and self.broken(gap.distance - way):
                what = f"{gap.name!r} enters the keep-out zone {name!r} ({gap.distance * 1000:.0f} mm from it)"
                mover = gap.name if gap.name == seen.held() else "robot"
                return Breach(what, (mover, name), gap.distance - way, 0.0)
        return None
