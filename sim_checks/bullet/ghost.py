"""`Ghost`: the hand without its arm, for asking quickly whether a tool pose is free at all."""

import re
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sim_checks.bullet.client import BulletClient, data_path
from skills.geometry import Pose

HAND_FROM_TOOL = Pose((0.0, 0.0, 0.105))
ARM_REACH = 0.83
"""Largest distance of the wrist from the shoulder [m]. Source: the arm's own lengths, 0.316 + 0.384 + offsets."""
SHOULDER = 0.333
WRIST_FROM_TOOL = 0.212
"""Distance of the flange's origin behind the tool [m]."""


@lru_cache(maxsize=1)
def _prepared() -> Path:
    """Writes the URDF of the hand and its fingers alone."""
    folder = data_path() / "franka_panda"
    text = re.sub(r"<visual>.*?</visual>", "", (folder / "panda.urdf").read_text(), flags=re.DOTALL)
    links = [_block(text, "link", n) for n in ("panda_hand", "panda_leftfinger", "panda_rightfinger")]
    joints = [_block(text, "joint", n) for n in ("panda_finger_joint1", "panda_finger_joint2")]
    body = "\n".join(links + joints).replace("package://meshes", str(folder / "meshes"))
    path = Path(tempfile.mkdtemp(prefix="rehearse-hand-")) / "hand.urdf"
    path.write_text(f'<?xml version="1.0"?><robot name="hand">{body}</robot>')
    return path


def _block(text: str, tag: str, name: str) -> str:
    """Returns one element of the URDF text."""
    found = re.search(rf'<{tag} name="{name}".*?</{tag}>', text, flags=re.DOTALL)
    if found is None:
        raise ValueError(f"the arm's URDF has no {tag} {name!r}")
    return found.group()


class Ghost:
    """A hand that can be set anywhere in a planning client; loading it adds a body.

    Args:
        client: The planning client, with everything else loaded.
    """

    def __init__(self, client: BulletClient) -> None:
        self.client = client
        self.body: int = client.loadURDF(str(_prepared()), basePosition=(0, 0, 30), useFixedBase=True)
        inertial = client.getDynamicsInfo(self.body, -1)
        self._tool_from_inertial = HAND_FROM_TOOL.inverse() @ Pose(tuple(inertial[3]), tuple(inertial[4]))

    def blocked(
        self, world_from_tool: Pose, width: float, bodies: Mapping[int, str], allowed: Mapping[int, float], gap: float
    ) -> str | None:
        """Returns what the hand would touch at a tool pose, or None.

        Args:
            world_from_tool: Tool pose.
            width: Finger opening [m].
            bodies: Body id -> name, what to look at.
            allowed: Body id -> penetration of the fingers that is let through [m].
            gap: Distance to keep [m].
        """
        at = world_from_tool @ self._tool_from_inertial
        self.client.resetBasePositionAndOrientation(self.body, at.position, at.orientation)
        for finger in (0, 1):
            self.client.resetJointState(self.body, finger, width / 2)
        for body, name in bodies.items():
            for point in self.client.getClosestPoints(self.body, body, max(gap, 0.0)):
                limit = -allowed[body] if body in allowed else gap
                if point[8] < limit:
                    return f"{'hand' if point[3] < 0 else 'finger'} and {name}"
        return None


def reachable(world_from_tool: Pose, base: Pose) -> bool:
    """Says whether the wrist can be near enough to the shoulder; False is certain, True is not."""
    wrist = base.inverse() @ world_from_tool @ Pose((0.0, 0.0, -WRIST_FROM_TOOL))
    x, y, z = wrist.position
    return bool((x * x + y * y + (z - SHOULDER) ** 2) ** 0.5 <= ARM_REACH)
