"""`Builder`: places a scene's things in a fresh client. The only code that sets poses outright."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from numpy.random import Generator

from sim_checks.assets.asset import Asset
from sim_checks.assets.build import build_asset
from sim_checks.assets.palm import open_palm
from sim_checks.bullet.loader import Loader
from sim_checks.bullet.perturb import STILL, Disturbance, Perturbation
from skills.errors import SceneError
from skills.geometry import Pose, yaw_quaternion
from skills.kinds import kind_of
from skills.palm import palm_pose
from skills.scene import Fixture, ObjectSpec, Person, Placement, Thing

if TYPE_CHECKING:
    from sim_checks.bullet.world import BulletWorld

GAP = 0.0005
"""Height above a support at which a thing is released [m]."""
PARKING = 50.0
"""Where things wait until they are placed [m]."""


class Builder:
    """Loads every thing, sets joints, and puts things on their supports; then the hands that people hold out.

    Args:
        world: The world under construction; its ``things`` are filled.
        folder: Folder of the scene file, for meshes.
        perturbation: Distribution, or None.
        rng: Source of the perturbation; needed with one.
    """

    def __init__(
        self, world: BulletWorld, folder: Path | None, perturbation: Perturbation | None, rng: Generator | None
    ) -> None:
        self.world = world
        self.folder = folder
        self.disturbances: dict[str, Disturbance] = {}
        if perturbation is not None:
            if rng is None:
                raise ValueError("a perturbation needs a generator")
            for thing in sorted(world.scene.things, key=lambda t: t.id):
                fixture = isinstance(thing, Fixture)
                drawn = perturbation.draw(rng, fixture)
                self.disturbances[thing.id] = STILL if kind_of(thing.kind).category == "table" else drawn
            for person in world.scene.people:
                self.disturbances[person.id] = perturbation.draw(rng, True)
        self.loader = Loader(world.client)

    def build(self) -> None:
        """Loads in the order of ids, then places supports before what they carry."""
        try:
            for index, thing in enumerate(sorted(self.world.scene.things, key=lambda t: t.id)):
                self._load(thing, index)
            placed: set[str] = set()
            waiting = sorted(self.world.scene.things, key=lambda t: t.id)
            while waiting:
                ready = [t for t in waiting if t.placement is None or self.world.owner(t.placement.on) in placed]
                for thing in ready:
                    self._place(thing)
                    placed.add(thing.id)
                waiting = [t for t in waiting if t.id not in placed]
            for person in self.world.scene.people:
                self._hold_out(person)
        finally:
            self.loader.close()

    def _hold_out(self, person: Person) -> None:
        """Loads the open hand of a person, which does not move."""
        change, asset = self.disturbances.get(person.id, STILL), open_palm()
        x, y, z = (at := palm_pose(person, self.world.scene)).position
        pose = Pose((x + change.x, y + change.y, z), yaw_quaternion(at.yaw + change.yaw))
        self.world.things[person.id] = self.loader.load(asset, pose, True, asset.friction * change.friction)

    def _load(self, thing: Thing, index: int) -> None:
        world, change = self.world, self.disturbances.get(thing.id, STILL)
        asset = self._asset(thing)
        friction = (asset.friction if thing.friction is None else thing.friction) * change.friction
        parking = Pose((PARKING + 5.0 * index, PARKING, PARKING))
        fixed = isinstance(thing, Fixture)
        loaded = self.loader.load(asset, parking, fixed, friction)
        world.things[thing.id] = loaded
        if not fixed:
            info = world.client.getDynamicsInfo(loaded.body, -1)
            mass = (thing.mass or info[0]) * change.mass
            inertia = [moment * mass / info[0] for moment in info[2]]
            world.client.changeDynamics(loaded.body, -1, mass=mass, localInertiaDiagonal=inertia)
        if isinstance(thing, Fixture):
            self._open(thing)

    def _asset(self, thing: Thing) -> Asset:
        if thing.mesh is not None:
            from sim_checks.bullet.meshes import load_mesh

            return load_mesh(thing, self.folder)
        return build_asset(thing.kind, thing.params)

    def _open(self, fixture: Fixture) -> None:
        """Sets the declared openings: the initial state, before anything rests in a drawer."""
        loaded = self.world.things[fixture.id]
        kind = kind_of(fixture.kind)
        for part, opening in sorted(fixture.joints.items()):
            name = kind.main.name if part == fixture.id and kind.main else part
            mechanism = loaded.asset.mechanisms.get(name)
            if mechanism is None:
                raise SceneError.at(
                    "no-mechanism",
                    f"fixtures.{fixture.id}.joints.{part}",
                    f"{fixture.kind!r} has nothing called {part!r} that opens or turns.",
                    f"Use one of: {', '.join(sorted(loaded.asset.mechanisms)) or 'none'}.",
                )
            position = mechanism.closed + opening * (mechanism.opened - mechanism.closed)
            self.world.client.resetJointState(loaded.body, loaded.joints[mechanism.joint], position, 0.0)

    def _place(self, thing: Thing) -> None:
        world, change = self.world, self.disturbances.get(thing.id, STILL)
        loaded = world.things[thing.id]
        if thing.pose is not None:
            pose = thing.pose.pose()
            x, y, z = pose.position
            turned = Pose((0, 0, 0), yaw_quaternion(change.yaw)) @ Pose((0, 0, 0), pose.orientation)
            self.loader.move(loaded, Pose((x + change.x, y + change.y, z), turned.orientation))
            return
        placement = thing.placement
        if placement is None:
            raise SceneError.at("no-place", thing.id, f"{thing.id!r} has no place.", "Give a pose or a placement.")
        x, y, z, exact = self._spot(placement)
        yaw = yaw_quaternion(placement.yaw + change.yaw)
        spot = (x + placement.xy[0] + change.x, y + placement.xy[1] + change.y)
        lift = 0.0 if isinstance(thing, Fixture) else GAP
        self.loader.move(loaded, Pose((*spot, z + lift), yaw))
        if not exact:
            self._lower(thing, placement, spot, yaw)

    def _spot(self, placement: Placement) -> tuple[float, float, float, bool]:
        """Returns the support's centre and height [m], and whether that height is where things rest."""
        world = self.world
        region = world.region(placement.on)
        if region is not None:
            x, y, z = region.pose.transform((0.0, 0.0, -region.half[2]))
            return x, y, z, True
        x, y, _ = world.centre(placement.on)
        return x, y, world.bounds(placement.on).upper[2], False

    def _lower(
        self, thing: Thing, placement: Placement, spot: tuple[float, float], yaw: tuple[float, float, float, float]
    ) -> None:
        """Lowers the thing until it all but touches what it rests on (into a bowl, onto a box)."""
        world, client = self.world, self.world.client
        loaded, support = world.things[thing.id], world.body(placement.on)
        bounds = world.bounds(placement.on)
        high, low = bounds.upper[2] + 0.002, bounds.lower[2]
        while high - low > GAP / 2:
            middle = (high + low) / 2
            self.loader.move(loaded, Pose((*spot, middle), yaw))
            points = client.getClosestPoints(loaded.body, support, 0.05)
            if points and min(p[8] for p in points) < GAP:
                low = middle
            else:
                high = middle
        self.loader.move(loaded, Pose((*spot, high), yaw))
        if not isinstance(thing, ObjectSpec):
            return
