"""`BulletWorld`: a scene built in a client. Answers what predicates, planners and gates ask of a world."""

import hashlib
import math
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from sim_checks.assets.asset import Asset, Mechanism
from sim_checks.assets.palm import PALM
from sim_checks.bullet.beads import Beads
from sim_checks.bullet.building import Builder
from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.loader import Loaded
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.side_area import beside
from sim_checks.errors import EngineError
from skills.geometry import Bounds, Box, Pose, Vector3
from skills.kinds import kind_of
from skills.predicates import facts_of
from skills.scene import Scene
from skills.symbols import Literal, State

CONTACT = 0.002
"""Largest gap that counts as contact [m]."""
CALM_SPEED, CALM_SPIN = 0.002, 0.05
"""Below these, a thing is at rest [m/s, rad/s]."""
SETTLE_STEPS = 480
REGION_HEIGHT = 0.01


class Speed(NamedTuple):
    """How fast a thing moves."""

    linear: float
    """[m/s]"""
    angular: float
    """[rad/s]"""


class JointOf(NamedTuple):
    """Where a mechanism lives in the client."""

    body: int
    joint: int
    mechanism: Mechanism


class BulletWorld:
    """A scene in a client: bodies sorted by id, deterministic.

    Building sets poses and joints outright; after that only physics moves things.

    Args:
        client: A fresh client.
        scene: What to build.
        folder: Folder of the scene file, for meshes beside it.
        perturbation: Distribution of the differences from the nominal world, or None.
        rng: Source of the perturbation.
        settle: Step until everything is at rest.

    Raises:
        AssetError: A thing's parameters or mesh are wrong.
        SceneError: A placement cannot be resolved.
        EngineError: The state is not finite after settling.
    """

    def __init__(
        self,
        client: BulletClient,
        scene: Scene,
        folder: Path | None = None,
        perturbation: Perturbation | None = None,
        rng: Generator | None = None,
        settle: bool = True,
    ) -> None:
        self.client = client
        self.scene = scene
        self.held_hook: Callable[[], str | None] | None = None
        """Set by whoever owns the robot: returns the thing between the fingers, or None."""
        self.visits: set[str] = set()
        """Kept by whoever owns the robot: landmarks that it has stood before since the start."""
        self.events: set[Literal] = set()
        """Kept by whoever owns the robot: what happened since the start and left no trace."""
        self.things: dict[str, Loaded] = {}
        """Thing id -> what was loaded, in the order of loading; then person id -> the hand that is held out."""
        Builder(self, folder, perturbation, rng).build()
        self.beads = Beads(client, scene, self.things)
        self.names: dict[int, str] = {thing.body: name for name, thing in self.things.items()}
        """Body id -> thing id."""
        self.settled_steps = self.settle() if settle else 0
        self._starts = {name: self.pose(name) for name in self.movable}

    # What is where -----------------------------------------------------------------------------

    @property
    def movable(self) -> tuple[str, ...]:
        """Ids of the things that are not fixed, sorted."""
        return tuple(name for name, thing in self.things.items() if not thing.fixed)

    def owner(self, entity: str) -> str:
        """Returns the thing that an entity, part or region belongs to."""
        name = self.scene.canonical(entity)
        for region in self.scene.regions:
            if region.id == name:
                return self.owner(region.on)
        found = self.scene.entities[self.scene.require(name, "entity").partition(".")[0]]
        return found.parent or found.id

    def body(self, entity: str) -> int:
        """Returns the body id of the entity's thing."""
        return self.things[self.owner(entity)].body

    def asset(self, entity: str) -> Asset:
        """Returns the asset of the entity's thing."""
        return self.things[self.owner(entity)].asset

    def part(self, entity: str) -> str | None:
        """Returns the name of the part that the entity stands for, or None."""
        found = self.scene.entities.get(self.scene.canonical(entity))
        if found is None or found.part is not None:
            return found.part if found else None
        if found.role == "person":
            return PALM
        main = kind_of(found.kind).main
        return main.name if main else None

    def link(self, entity: str) -> int:
        """Returns the link index that carries the entity's region or handle (-1: the root)."""
        thing, part = self.things[self.owner(entity)], self.part(entity)
        if part is None:
            return -1
        if part in thing.asset.mechanisms:
            return thing.links[thing.asset.mechanisms[part].handle_link]
        return thing.links[thing.asset.regions[part].link] if part in thing.asset.regions else -1

    def joint(self, entity: str) -> JointOf | None:
        """Returns the mechanism that opens, closes or turns the entity, or None."""
        thing, part = self.things[self.owner(entity)], self.part(entity)
        mechanism = thing.asset.mechanisms.get(part) if part else None
        return JointOf(thing.body, thing.joints[mechanism.joint], mechanism) if mechanism else None

    def link_pose(self, name: str, link: int) -> Pose:
        """Returns world_from_link of one link of a thing (-1: world_from_thing)."""
        thing = self.things[name]
        if link >= 0:
            state = self.client.getLinkState(thing.body, link, computeForwardKinematics=1)
            return Pose(tuple(state[4]), tuple(state[5]))
        position, orientation = self.client.getBasePositionAndOrientation(thing.body)
        return Pose(tuple(position), tuple(orientation)) @ thing.frame_from_inertial.inverse()

    # skills.predicates.WorldView ---------------------------------------------------------------

    def pose(self, entity: str) -> Pose:
        """Returns world_from_thing (for a part or region: its box's pose)."""
        name = self.scene.canonical(entity)
        if name in self.things:
            return self.link_pose(name, -1)
        region = self.region(name)
        return region.pose if region else self.link_pose(self.owner(name), -1)

    def centre(self, entity: str) -> Vector3:
        """Returns the point that decides "in" and "on" [m, world]."""
        name = self.scene.canonical(entity)
        if name in self.things:
            return self.link_pose(name, -1).transform(self.things[name].asset.centre)
        return self.pose(name).position

    def bounds(self, entity: str) -> Bounds:
        """Returns the exact axis-aligned bounds of the entity's thing [m]."""
        name = self.owner(entity)
        thing = self.things[name]
        clouds = []
        for link, points in thing.outline.items():
            if len(points):
                pose = self.link_pose(name, thing.links[link])
                clouds.append(points @ pose.rotation.T + np.array(pose.position))
        cloud = np.vstack(clouds) if clouds else np.zeros((1, 3))
        lower, upper = cloud.min(axis=0).tolist(), cloud.max(axis=0).tolist()
        return Bounds((lower[0], lower[1], lower[2]), (upper[0], upper[1], upper[2]))

    def region(self, entity: str) -> Box | None:
        """Returns the region box of a thing, part, scene region or side area in the world, or None."""
        name = self.scene.canonical(entity)
        reference, dot, side = name.partition(".")
        if dot:
            return beside(self.bounds(reference), side)
        for region in self.scene.regions:
            if region.id == name:
                support = self.region(region.on)
                if support is None:
                    return None
                x, y, z = support.pose.transform((0.0, 0.0, -support.half[2]))
                place = (x + region.xy[0], y + region.xy[1], z + REGION_HEIGHT / 2)
                return Box(Pose(place), (region.half[0], region.half[1], REGION_HEIGHT / 2))
        owner, part = self.owner(name), self.part(name)
        own = self.things[owner].asset.regions.get(part) if part else None
        if own is None:
            return None
        link = self.things[owner].links[own.link]
        return Box(self.link_pose(owner, link) @ own.box.pose, own.box.half)

    def opening(self, entity: str) -> float | None:
        """Returns how far the entity is open or turned on, 0 to 1, or None."""
        found = self.joint(entity)
        if found is None:
            return None
        position = float(self.client.getJointState(found.body, found.joint)[0])
        way = found.mechanism
        return min(1.0, max(0.0, (position - way.closed) / (way.opened - way.closed)))

    def touching(self, first: str, second: str) -> bool:
        """Says whether two things are in contact (a part or region counts as its thing)."""
        one, other = self.body(first), self.body(second)
        return one != other and bool(self.client.getClosestPoints(one, other, CONTACT))

    def held(self) -> str | None:
        """Returns the thing between the fingers, as the robot's owner says, or None."""
        return self.held_hook() if self.held_hook else None

    def visited(self, entity: str) -> bool:
        """Says whether the robot has stood before a piece of furniture, an appliance or a person since the start."""
        return entity in self.visits

    def happened(self, event: Literal) -> bool:
        """Says whether something that leaves no trace has been seen to happen since the start."""
        return event in self.events

    def contents(self, entity: str) -> int:
        """Returns how many beads are in it."""
        return self.beads.inside(self.owner(entity))

    def start(self, entity: str) -> Pose:
        """Returns world_from_thing of a movable thing once everything had settled."""
        return self._starts[self.owner(entity)]

    def facts(self) -> State:
        """Returns every literal that holds now."""
        return facts_of(self.scene, self)

    # Motion ------------------------------------------------------------------------------------

    def speeds(self) -> dict[str, Speed]:
        """Returns how fast every movable thing moves."""
        velocity = self.client.getBaseVelocity
        found: dict[str, Speed] = {}
        for name in self.movable:
            (x, y, z), (a, b, c) = velocity(self.things[name].body)
            found[name] = Speed(math.sqrt(x * x + y * y + z * z), math.sqrt(a * a + b * b + c * c))
        return found

    def settle(self, most: int = SETTLE_STEPS) -> int:
        """Steps until everything is at rest; returns the number of steps.

        Args:
            most: Most steps, counted in `TIME_STEP`.

        Raises:
            EngineError: The state is not finite.
        """
        calm, look = 0, 8 * self.client.finer
        self.beads.come_to_rest()
        for step in range(most * self.client.finer):
            self.client.stepSimulation()
            if step % look == look - 1:
                rest = all(s.linear < CALM_SPEED and s.angular < CALM_SPIN for s in self.speeds().values())
                calm = calm + 1 if rest else 0
                if calm >= 4:
                    self.check_finite()
                    return step + 1
        self.check_finite()
        return most * self.client.finer

    def check_finite(self) -> None:
        """Raises `EngineError` if any pose or joint is not finite."""
        if not np.isfinite(self._numbers()).all():
            raise EngineError.at(
                "not-finite", self.scene.name, "The simulated state is not finite.", "Move things apart in the scene."
            )

    def state_hash(self) -> str:
        """Returns the sha256 over the whole float64 state (poses, velocities, joints), as hex."""
        return hashlib.sha256(self._numbers().tobytes()).hexdigest()

    def _numbers(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        values: list[float] = []
        for thing in self.things.values():
            for state in (self.client.getBasePositionAndOrientation, self.client.getBaseVelocity):
                values += chain.from_iterable(state(thing.body))
            for joint in thing.joints.values():
                values += self.client.getJointState(thing.body, joint)[:2]
        return np.array([*values, *chain.from_iterable(self.beads.places())], dtype=np.float64)

    def is_object(self, name: str) -> bool:
        """Says whether the thing is a movable object of the scene."""
        return self.scene.entities[name].role == "object"
