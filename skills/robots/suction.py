"""`Suction`: a gripper that holds by vacuum, as validated values.

Metres, pascals, newtons and newton metres, radians. The lip of the cup is a ring of `radius` in the plane z = 0 of the
tool frame, its middle in the origin; z points out of the cup.
"""

import math
from collections.abc import Sequence
from typing import Annotated
from typing import Literal as Choice

from pydantic import Field

from skills.scene_parts import Strict

OFF = 0.08
"""What motions command as an opening to let go [m]; a cup has none, and 0 means that it sucks."""


class Suction(Strict):
    """A cup on a vacuum line.

    What it bears is the wrench that keeps a rigid ring pressed to what it holds: the pull of the vacuum less the load
    along the axis presses the ring; across, that pressure times the friction bears; against bending, it lifts off on
    one side beyond the kern of a ring, half of its radius.
    Source: the contact model of Mahler et al., Dex-Net 3.0 (2018), for a ring that does not bend.

    Args:
        kind: ``suction``.
        link: Link whose face carries the lip.
        radius: Radius of the lip [m].
        vacuum: Pressure below that of the air [Pa].
        share: Share of vacuum times area that is relied upon, for leaks and worn lips.
        friction: Friction coefficient of the lip.
        gap: Furthest from a surface that the lip still draws it tight [m].
        tilt: Largest angle between the axis and the surface's normal anywhere under the lip [rad].
        flat: Largest difference in depth around the lip [m].
    """

    kind: Choice["suction"]
    link: Annotated[str, Field(min_length=1, max_length=120)]
    radius: Annotated[float, Field(ge=0.002, le=0.2, allow_inf_nan=False)]
    vacuum: Annotated[float, Field(gt=0, le=101_325, allow_inf_nan=False)]
    share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] = 0.5
    friction: Annotated[float, Field(gt=0, le=2, allow_inf_nan=False)] = 0.5
    gap: Annotated[float, Field(gt=0, le=0.01, allow_inf_nan=False)] = 0.002
    tilt: Annotated[float, Field(gt=0, le=0.6, allow_inf_nan=False)] = 0.2
    flat: Annotated[float, Field(gt=0, le=0.01, allow_inf_nan=False)] = 0.001

    @property
    def pull(self) -> float:
        """Largest pull along its axis that is relied upon [N]."""
        return self.vacuum * math.pi * self.radius**2 * self.share

    @property
    def opening(self) -> float:
        """What is commanded to let go [m]."""
        return OFF

    @property
    def fingers(self) -> tuple[()]:
        """It has none."""
        return ()

    @property
    def mimic(self) -> tuple[()]:
        """No joint follows another."""
        return ()

    def load(self, force: Sequence[float], moment: Sequence[float], strength: float = 1.0) -> float:
        """Returns how much of what it bears a load takes: over 1, it lets go.

        Args:
            force: What it must hold against, in the tool frame [N]; +z draws the thing off.
            moment: The same about the lip's middle [N m].
            strength: Factor on the vacuum.
        """
        most = strength * self.pull
        pressed = most - force[2]
        if pressed <= 0.0:
            return math.inf
        across = math.hypot(force[0], force[1]) / (self.friction * pressed)
        twist = abs(moment[2]) / (self.friction * pressed * self.radius)
        bend = math.hypot(moment[0], moment[1]) / (pressed * self.radius / 2)
        return max(force[2] / most, across + twist, bend)
