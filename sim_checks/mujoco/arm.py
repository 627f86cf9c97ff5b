"""`Arm`: commands to the robot's joints and fingers in the second engine. Angles in [rad], openings in [m]."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.fingers import half_opening, leverage, position
from sim_checks.errors import BuildError
from sim_checks.mujoco.engine import Physics
from skills.motion import Joints
from skills.robots.description import Description
from skills.robots.parts import Gripper


def fingered(about: Description) -> Gripper:
    """Returns the fingers of a robot.

    Raises:
        BuildError: It holds by suction, which this engine is not told about.
    """
    if isinstance(about.gripper, Gripper):
        return about.gripper
    what = f"{about.name!r} holds by suction, and the second engine knows fingers alone."
    raise BuildError.at("no-suction", "robot", what, "Carry the plan out there with a robot that has fingers.")


class Arm:
    """The robot of one model; commands change targets and force limits, and nothing else.

    Args:
        model: The engine's model.
        data: The engine's state.
        about: The robot's description.
        name: The robot's id.
        physics: Settings.
    """

    def __init__(self, model: Any, data: Any, about: Description, name: str, physics: Physics) -> None:
        self.model, self.data, self.about, self.physics = model, data, about, physics
        self.gripper = fingered(about)
        joints = [model.joint(f"{name}/{j}") for j in about.arm.joints]
        fingers = [model.joint(f"{name}/{f.joint}") for f in self.gripper.fingers]
        self.places = [int(j.qposadr[0]) for j in joints]
        self.finger_places = [int(j.qposadr[0]) for j in fingers]
        self.motors = [model.actuator(j.name).id for j in joints]
        self.finger_motors = [model.actuator(j.name).id for j in fingers]
        self.targets = [position(f, self.gripper.opening) for f in self.gripper.fingers]
        """Where the fingers shall go."""

    def place(self) -> None:
        """Sets the joints to home, the gripper open: only before anything moves."""
        for at, angle in zip(self.places, self.about.arm.home, strict=True):
            self.data.qpos[at] = angle
        for at, motor, target in zip(self.finger_places, self.finger_motors, self.targets, strict=True):
            self.data.qpos[at] = self.data.ctrl[motor] = target
        self.command(np.array(self.about.arm.home), np.zeros(len(self.places)))

    def command(self, joints: Joints, speeds: NDArray[np.float64]) -> None:
        """Commands position targets with the speed wanted there, shapes (n,)."""
        self.data.ctrl[self.motors] = joints + speeds / self.physics.bandwidth

    def grip(self, width: float, force: float) -> None:
        """Commands the fingers to an opening with a force per finger [N], at most the gripper's own."""
        for k, finger in enumerate(self.gripper.fingers):
            most = min(force, self.gripper.force) * leverage(finger)
            self.model.actuator_forcerange[self.finger_motors[k]] = (-most, most)
            self.targets[k] = position(finger, width)

    def advance(self, seconds: float) -> None:
        """Moves the fingers' targets on towards what was commanded, no faster than the gripper moves."""
        for k, finger in enumerate(self.gripper.fingers):
            motor = self.finger_motors[k]
            step = self.gripper.speed / leverage(finger) * seconds
            self.data.ctrl[motor] += float(np.clip(self.targets[k] - self.data.ctrl[motor], -step, step))

    def width(self) -> float:
        """Returns the gripper's opening."""
        fingers = zip(self.gripper.fingers, self.finger_places, strict=True)
        return float(sum(half_opening(f, float(self.data.qpos[at])) for f, at in fingers))

    def joints(self) -> Joints:
        """Returns the arm's joint angles, shape (n,)."""
        found: Joints = np.array(self.data.qpos[self.places])
        return found
