"""`MujocoWorld`: a `SceneView` over the second engine's state."""

from typing import Any

import numpy as np

from sim_checks.bullet.world import CONTACT, BulletWorld
from sim_checks.mujoco.builder import Built
from sim_checks.mujoco.engine import mujoco
from sim_checks.mujoco.shapes import pose_from
from sim_checks.mujoco.view import SceneView
from skills.geometry import Pose


class MujocoWorld(SceneView):
    """Reads the state, and changes nothing.

    Args:
        built: The model.
        data: The engine's state.
        placed: The scene as it was placed: assets and outlines.
        pads: Links of the robot that hold things.
    """

    def __init__(self, built: Built, data: Any, placed: BulletWorld, pads: tuple[str, ...]) -> None:
        things = placed.things
        super().__init__(
            placed.scene, {n: t.asset for n, t in things.items()}, {n: t.outline for n, t in things.items()}
        )
        self.model, self.data = built.model, data
        self.movable = placed.movable
        """Ids of the things that are not fixed, sorted."""
        names = [self.model.geom(g).name for g in range(self.model.ngeom)]
        self.owners = [built.geoms.get(n, "") for n in names]
        """Geom number -> the thing that it belongs to."""
        links = [built.links.get(n, "") for n in names]
        self.robot = built.robot
        self.pads = [
            pads.index(k) if o == self.robot and k in pads else -1 for o, k in zip(self.owners, links, strict=True)
        ]
        """Geom number -> number of the finger, or -1."""
        self.geoms: dict[str, list[int]] = {n: [] for n in (*things, self.robot)}
        for number, owner in enumerate(self.owners):
            self.geoms[owner].append(number)
        roots = {n: next(k for k, i in t.links.items() if i == -1) for n, t in things.items()}
        self.bodies: dict[tuple[str, str | None], int] = {
            (n, k): self.model.body(f"{n}/{k}").id for n, t in things.items() for k in t.links
        }
        self.bodies |= {(n, None): self.bodies[n, roots[n]] for n in things}
        self.at = {
            (n, j): int(self.model.joint(f"{n}/{j}").qposadr[0])
            for n, t in things.items()
            for j in t.joints
            if f"{n}/{j}" in built.start
        }
        self.speed_at = {n: int(self.model.joint(n).dofadr[0]) for n in self.movable}
        self.starts: dict[str, Pose] = {}
        """Where movable things stood when they had come to rest; the stage fills it in."""

    def link_pose(self, thing: str, link: str | None) -> Pose:
        """Returns world_from_link of a thing (None: of its root link)."""
        body = self.bodies[thing, link]
        return pose_from(self.data.xpos[body], self.data.xquat[body])

    def position(self, thing: str, joint: str) -> float:
        """Returns a joint's position [m or rad]."""
        return float(self.data.qpos[self.at[thing, joint]])

    def touching(self, first: str, second: str) -> bool:
        """Says whether two things are nearer than what counts as contact (a part or region counts as its thing)."""
        one, other = self.owner(first), self.owner(second)
        if one == other:
            return False
        return any(
            mujoco.mj_geomDistance(self.model, self.data, a, b, 2 * CONTACT, None) <= CONTACT
            for a in self.geoms[one]
            for b in self.geoms[other]
        )

    def touched(self) -> tuple[set[str], set[str]]:
        """Returns the things that each finger touches."""
        found: tuple[set[str], set[str]] = (set(), set())
        for first, second in self.data.contact.geom[: self.data.ncon]:
            for pad, other in ((first, second), (second, first)):
                if self.pads[pad] >= 0:
                    found[self.pads[pad]].add(self.owners[other])
        return found

    def held(self) -> str | None:
        """Returns the movable thing that both fingers touch, or None."""
        one, other = self.touched()
        return next((t for t in self.movable if t in one and t in other), None)

    def start(self, entity: str) -> Pose:
        """Returns world_from_thing of a movable thing once everything had settled."""
        return self.starts[self.owner(entity)]

    def speeds(self) -> tuple[float, float]:
        """Returns the largest speed [m/s] and spin [rad/s] of movable things."""
        if not self.movable:
            return 0.0, 0.0
        rows = np.array([self.data.qvel[a : a + 6] for a in self.speed_at.values()])
        return float(np.linalg.norm(rows[:, :3], axis=1).max()), float(np.linalg.norm(rows[:, 3:], axis=1).max())

    def hit(self) -> set[str]:
        """Returns the things that the robot touches with anything but its fingers."""
        found = set()
        for first, second in self.data.contact.geom[: self.data.ncon]:
            for mine, other in ((first, second), (second, first)):
                if self.owners[mine] == self.robot and self.pads[mine] < 0:
                    found.add(self.owners[other])
        return found - {self.robot}
