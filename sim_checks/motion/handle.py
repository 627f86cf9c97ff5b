"""`Handle`: a drawer, door or knob in the planning world, with what its motion carries along."""

from dataclasses import dataclass

import numpy as np

from sim_checks.assets.asset import Mechanism
from sim_checks.motion.planning import Planning
from sim_checks.motion.straight import about, shifted
from skills.geometry import Pose, Vector3


@dataclass(frozen=True)
class Handle:
    """A mechanism as the planning world has it now.

    Args:
        body: Body id.
        index: Joint index.
        carrier: Index of the link that carries the handle.
        mechanism: What the asset says of it.
        axis: Axis of the joint (unit, world).
        pivot: A point on that axis [m, world].
        pose: world_from_handle.
        position: Joint position [m or rad].
        contents: What rides along, with its pose.
    """

    body: int
    index: int
    carrier: int
    mechanism: Mechanism
    axis: Vector3
    pivot: Vector3
    pose: Pose
    position: float
    contents: tuple[tuple[str, Pose], ...] = ()

    @property
    def radius(self) -> float:
        """Distance of the handle from the axis of its hinge [m]."""
        arm = np.subtract(self.pose.position, self.pivot)
        return float(np.linalg.norm(arm - np.asarray(self.axis) * float(arm @ np.asarray(self.axis))))

    def moved(self, pose: Pose, travel: float, share: float = 1.0) -> Pose:
        """Returns ``pose`` carried along by ``travel`` [m or rad]; hinges turn it by ``share`` of the angle."""
        if self.mechanism.kind == "slide":
            return shifted(pose, np.asarray(self.axis) * travel)
        full = about(self.pivot, self.axis, travel, pose)
        if share == 1.0:
            return full
        part = about(self.pivot, self.axis, travel * share, pose)
        return Pose(full.position, part.orientation)

    def put(self, planning: Planning, position: float) -> None:
        """Sets the joint, and what rides along, in the planning world."""
        planning.robot.client.resetJointState(self.body, self.index, position, 0.0)
        for thing, pose in self.contents:
            planning.put(thing, self.moved(pose, position - self.position))


def handle_of(planning: Planning, entity: str) -> Handle | None:
    """Returns the handle of a drawer, door or knob, or None where there is none."""
    client = planning.robot.client
    found = planning.world.joint(entity)
    if found is None:
        return None
    body, index, mechanism = found
    info = client.getJointInfo(body, index)
    state = client.getLinkState(body, index, computeForwardKinematics=1)
    world_from_link = Pose(tuple(state[4]), tuple(state[5]))
    axis = Pose((0, 0, 0), tuple(state[1])).rotation @ np.asarray(info[13])  # given in the link's inertial frame
    carrier = planning.world.link(entity)
    if carrier == index:
        world_from_carrier = world_from_link
    else:
        other = client.getLinkState(body, carrier, computeForwardKinematics=1)
        world_from_carrier = Pose(tuple(other[4]), tuple(other[5]))
    return Handle(
        body,
        index,
        carrier,
        mechanism,
        (float(axis[0]), float(axis[1]), float(axis[2])),
        world_from_link.position,
        world_from_carrier @ mechanism.link_from_handle,
        float(client.getJointState(body, index)[0]),
        tuple((t, planning.world.pose(t)) for t in _contents(planning, entity, mechanism.kind)),
    )


def _contents(planning: Planning, entity: str, kind: str) -> list[str]:
    """Returns the things in a drawer."""
    region = planning.world.region(entity)
    if kind != "slide" or region is None:
        return []
    return [t for t in planning.world.movable if region.contains(planning.world.centre(t), 0.02)]
