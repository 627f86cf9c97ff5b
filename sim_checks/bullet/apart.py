"""`Apart`: do two arms, and what they move, keep apart when two recordings run on one clock?

It lives in a planning client, where bodies may be set anywhere.
"""

from itertools import product

import numpy as np

from sim_checks.bullet.recording import FRAME_S, Recording, joints_of
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.world import BulletWorld

ARMS_M = 0.03
"""Distance that two arms keep from each other [m]."""
THINGS_M = 0.015
"""Distance that an arm, and what it moves, keeps from what the other one moves [m]."""


class Apart:
    """Two recordings of one scene, each of one arm at work.

    Args:
        robot: The planning robot.
        world: The planning world.
        arms: Which arm each recording is of.
        seen: The recordings; the second begins where the first ends.
    """

    def __init__(
        self, robot: Robot, world: BulletWorld, arms: tuple[int, int], seen: tuple[Recording, Recording]
    ) -> None:
        self.robot, self.client, self.world, self.seen = robot, robot.client, world, seen
        self.links = tuple(robot.links_of(robot.limbs[arm]) for arm in arms)
        self.moved = tuple(recording.moved(robot.body) for recording in seen)
        names = world.names
        self.shared = frozenset(names.get(b, "something") for b in set(self.moved[0]) & set(self.moved[1]))
        """Things that both move."""
        self._known: dict[tuple[int, int], str | None] = {}

    def meeting(self, first_s: float, second_s: float) -> str | None:
        """Returns what would come too close if the recordings began at these times [s], or None."""
        starts = (first_s, second_s)
        end = max(start + recording.times[-1] for start, recording in zip(starts, self.seen, strict=True))
        for time_s in np.arange(0.0, end + FRAME_S, FRAME_S):
            i, j = (recording.at(time_s - start) for start, recording in zip(starts, self.seen, strict=True))
            if (i, j) not in self._known:
                self._known[i, j] = self._close(i, j)
            if self._known[i, j] is not None:
                return self._known[i, j]
        return None

    def gap(self, first: int, second: int, most: float) -> float:
        """Returns the distance between the two arms at two frames, at most ``most`` [m]."""
        self._set(first, second)
        return self._arms(most)

    def _close(self, i: int, j: int) -> str | None:
        """Returns what is too close at two frames, or None."""
        self._set(i, j)
        if self._arms(ARMS_M) < ARMS_M:
            return "the two arms"
        before, after = ({b for b, (_, rest) in self.moved[0].items() if i < rest}, set(self.moved[1]))
        stirred = {b for b, (start, _) in self.moved[1].items() if j > start}
        for body in sorted(before):
            if self._touches(body, self.links[1]):
                return f"an arm and {self.world.names.get(body, 'something')}"
        for body in sorted(stirred):
            if self._touches(body, self.links[0]):
                return f"an arm and {self.world.names.get(body, 'something')}"
        for one, other in product(sorted(before), sorted(after & stirred)):
            if self.client.getClosestPoints(one, other, THINGS_M):
                return f"{self.world.names.get(one, 'something')} and {self.world.names.get(other, 'something')}"
        return None

    def _arms(self, most: float) -> float:
        """Returns the least distance between a link of the one arm and one of the other, at most ``most`` [m]."""
        body, nearest = self.robot.body, most
        boxes = [{link: np.array(self.client.getAABB(body, link)) for link in sorted(links)} for links in self.links]
        for (one, a), (other, b) in product(boxes[0].items(), boxes[1].items()):
            if (a[0] - most <= b[1]).all() and (b[0] - most <= a[1]).all():
                points = self.client.getClosestPoints(body, body, most, linkIndexA=one, linkIndexB=other)
                nearest = min([nearest, *(float(p[8]) for p in points)])
        return nearest

    def _touches(self, body: int, links: frozenset[int]) -> bool:
        """Says whether one of an arm's links is near a body, or a part of it that moves."""
        parts = self._parts(body)
        points = self.client.getClosestPoints(self.robot.body, body, THINGS_M)
        return any(p[3] in links and (parts is None or p[4] in parts) for p in points)

    def _parts(self, body: int) -> frozenset[int] | None:
        """Returns the links of a piece of furniture that were moved, or None for a thing that is moved as a whole."""
        moving = set[int]()
        for recording in self.seen:
            first = joints_of(recording.frames[0], body)
            for frame in recording.frames:
                moving |= {k for k, v in joints_of(frame, body).items() if abs(v - first[k]) > 0.004}
        if not moving:
            return None
        for joint in range(self.client.getNumJoints(body)):  # parents come before their children
            if self.client.getJointInfo(body, joint)[16] in moving:
                moving.add(joint)
        return frozenset(moving)

    def _set(self, i: int, j: int) -> None:
        """Sets the planning client as the first recording has it at frame i, and the second arm's share at j."""
        one, other = self.seen[0].frames[i], self.seen[1].frames[j]
        for body in self.moved[0]:
            self.client.resetBasePositionAndOrientation(body, *one.poses[body])
            self._joints(body, joints_of(one, body))
        for body in self.moved[1]:
            self.client.resetBasePositionAndOrientation(body, *other.poses[body])
            self._joints(body, joints_of(other, body))
        own = joints_of(one, self.robot.body)
        second = {k: v for k, v in joints_of(other, self.robot.body).items() if k in self.links[1]}
        self._joints(self.robot.body, {**own, **second})

    def _joints(self, body: int, at: dict[int, float]) -> None:
        for joint, value in at.items():
            self.client.resetJointState(body, joint, value, 0.0)
