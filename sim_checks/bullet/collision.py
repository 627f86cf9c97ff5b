"""Distance queries in a planning client: is this arm configuration free of contact?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim_checks.bullet.robot import Robot
from skills.geometry import Pose
from skills.motion import Joints


@dataclass(frozen=True)
class Allowance:
    """Contacts that a part of a motion may make.

    Args:
        clearance: Distance to keep from everything else [m].
        fingers: Bodies that the fingers may touch, with the penetration tolerated [m].
        hand: Bodies that the whole hand may come close to (touching, not penetrating).
        held: Bodies that the held thing may touch (its support, the container's walls), with penetration [m].
        near: Clearance [m] of the held thing to all else; None = ``clearance``.
    """

    clearance: float = 0.01
    fingers: Mapping[int, float] = field(default_factory=dict)
    hand: Mapping[int, float] = field(default_factory=dict)
    held: Mapping[int, float] = field(default_factory=dict)
    near: float | None = None


class Collisions:
    """Checks the planning arm, and what it holds, against every body.

    Args:
        robot: The planning arm.
        bodies: Body id -> name, without the arm.
    """

    def __init__(self, robot: Robot, bodies: Mapping[int, str]) -> None:
        self.robot = robot
        self.bodies = dict(bodies)
        self.held: int | None = None
        self.tool_from_held = Pose()

    def attach(self, body: int | None, tool_from_body: Pose = Pose()) -> None:  # noqa: B008
        """Declares what moves with the tool (None: nothing); ``body``'s own frame is its inertial frame."""
        self.held = body
        self.tool_from_held = tool_from_body

    def blocked(self, joints: Joints, width: float, allow: Allowance) -> str | None:
        """Returns what the arm or the held thing would touch at ``joints``, or None if it is free.

        Moves the planning arm (and the held body) there.
        """
        client, arm = self.robot.client, self.robot.body
        fingers, hand, words = self.robot.fingers, self.robot.hand, self.robot.link_words
        self.robot.place(joints, width)
        reach = max(allow.clearance, allow.near or 0.0)
        for body, name in self.bodies.items():
            if body == self.held:
                continue
            for point in client.getClosestPoints(arm, body, reach):
                link, distance = point[3], point[8]
                if link in self.robot.mounted:
                    continue
                limit = allow.clearance
                if link in fingers and body in allow.fingers:
                    limit = -allow.fingers[body]
                elif link in hand and body in allow.hand:
                    limit = -allow.hand[body]
                if distance < limit:
                    return f"{words(link)} and {name}"
        pair = self.robot.self_contact()
        if pair is not None:
            return " and ".join(words(link) for link in pair)
        if self.held is not None:
            world_from_held = self.robot.tool() @ self.tool_from_held
            client.resetBasePositionAndOrientation(self.held, world_from_held.position, world_from_held.orientation)
            near = allow.clearance if allow.near is None else allow.near
            for body, name in self.bodies.items():
                if body == self.held:
                    continue
                limit = -allow.held[body] if body in allow.held else near
                for point in client.getClosestPoints(self.held, body, max(near, 0.0)):
                    if point[8] < limit:
                        return f"{self.bodies[self.held]} (held) and {name}"
            for point in client.getClosestPoints(arm, self.held, 0.0):
                if point[3] not in hand and point[8] < -0.002:
                    return f"{words(point[3])} and {self.bodies[self.held]} (held)"
        return None
