"""`Renewal`: when the engine's stored contacts of the fingers are forgotten, because the hand has turned."""

import math

from sim_checks.bullet.client import CONTACT_TURN
from sim_checks.bullet.robot import Robot
from skills.geometry import Pose
from skills.motion import Segment


class Renewal:
    """Looks at how far the hands have turned since their contacts were found anew.

    Args:
        robot: The robot, in its first state.
    """

    def __init__(self, robot: Robot) -> None:
        self._robot, self._active = robot, robot.tool()
        self._others: dict[int, Pose] = {}

    def look(self, segment: Segment) -> None:
        """Renews the contacts of a hand that has turned too far: the active one, and others that are at work."""
        robot, tool = self._robot, self._robot.tool()
        if _turn(self._active, tool) > CONTACT_TURN:
            robot.renew_contacts()
            self._active = tool
        for other in segment.also:
            tool = robot.link_pose(robot.limbs[other.hand].tool)
            if _turn(self._others.setdefault(other.hand, tool), tool) > CONTACT_TURN:
                robot.renew_contacts()
                self._others[other.hand] = tool


def _turn(first: Pose, second: Pose) -> float:
    """Returns the angle between two orientations [rad]."""
    (a, b, c, d), (e, f, g, h) = first.orientation, second.orientation
    return 2 * math.acos(min(1.0, abs(a * e + b * f + c * g + d * h)))
