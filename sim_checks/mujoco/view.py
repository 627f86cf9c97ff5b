"""`SceneView`: what predicates ask of a world, answered from link poses and joint positions alone; no engine."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np

from sim_checks.assets.asset import Asset, Mechanism
from sim_checks.assets.outline import Outline
from sim_checks.bullet.side_area import beside
from sim_checks.bullet.world import REGION_HEIGHT
from skills.geometry import Bounds, Box, Pose, Vector3
from skills.kinds import kind_of
from skills.scene import Scene
from skills.symbols import Literal


class SceneView(ABC):
    """A `skills.predicates.WorldView`; the answers of `sim_checks.bullet.world`, whoever knows the poses.

    Args:
        scene: The scene.
        assets: Thing id -> its asset.
        outlines: Thing id -> corner points of its links.
    """

    def __init__(self, scene: Scene, assets: Mapping[str, Asset], outlines: Mapping[str, Outline]) -> None:
        self.scene, self.assets, self.outlines = scene, assets, outlines

    @abstractmethod
    def link_pose(self, thing: str, link: str | None) -> Pose:
        """Returns world_from_link of a thing (None: of its root link, which is the thing's frame)."""

    @abstractmethod
    def position(self, thing: str, joint: str) -> float:
        """Returns a joint's position [m or rad]."""

    @abstractmethod
    def touching(self, first: str, second: str) -> bool:
        """Says whether two things are in contact (a part or region counts as its thing)."""

    @abstractmethod
    def held(self) -> str | None:
        """Returns the thing between the fingers, or None."""

    def visited(self, entity: str) -> bool:
        """Says that no robot drives here."""
        return False

    def happened(self, event: Literal) -> bool:
        """Says that nobody keeps events here."""
        return False

    def contents(self, entity: str) -> int:
        """Says that no vessel holds anything here: there are no beads."""
        return 0

    def owner(self, entity: str) -> str:
        """Returns the thing that an entity, part or region belongs to."""
        name = self.scene.canonical(entity)
        for region in self.scene.regions:
            if region.id == name:
                return self.owner(region.on)
        found = self.scene.entities[self.scene.require(name, "entity").partition(".")[0]]
        return found.parent or found.id

    def part(self, entity: str) -> str | None:
        """Returns the name of the part that the entity stands for, or None."""
        found = self.scene.entities.get(self.scene.canonical(entity))
        if found is None or found.part is not None:
            return found.part if found else None
        main = kind_of(found.kind).main
        return main.name if main else None

    def mechanism(self, entity: str) -> Mechanism | None:
        """Returns what opens, closes or turns the entity, or None."""
        part = self.part(entity)
        return self.assets[self.owner(entity)].mechanisms.get(part) if part else None

    # skills.predicates.WorldView ---------------------------------------------------------------

    def pose(self, entity: str) -> Pose:
        """Returns world_from_thing (for a part or region: its box's pose)."""
        name = self.scene.canonical(entity)
        if name in self.assets:
            return self.link_pose(name, None)
        region = self.region(name)
        return region.pose if region else self.link_pose(self.owner(name), None)

    def centre(self, entity: str) -> Vector3:
        """Returns the point that decides "in" and "on" [m, world]."""
        name = self.scene.canonical(entity)
        if name in self.assets:
            return self.link_pose(name, None).transform(self.assets[name].centre)
        return self.pose(name).position

    def bounds(self, entity: str) -> Bounds:
        """Returns the axis-aligned bounds of the entity's thing [m]."""
        name = self.owner(entity)
        clouds = []
        for link, points in self.outlines[name].items():
            if len(points):
                pose = self.link_pose(name, link)
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
                middle = (x + region.xy[0], y + region.xy[1], z + REGION_HEIGHT / 2)
                return Box(Pose(middle), (region.half[0], region.half[1], REGION_HEIGHT / 2))
        owner, part = self.owner(name), self.part(name)
        own = self.assets[owner].regions.get(part) if part else None
        return None if own is None else Box(self.link_pose(owner, own.link) @ own.box.pose, own.box.half)

    def opening(self, entity: str) -> float | None:
        """Returns how far the entity is open or turned on, 0 to 1, or None."""
        way = self.mechanism(entity)
        if way is None:
            return None
        at = self.position(self.owner(entity), way.joint)
        return min(1.0, max(0.0, (at - way.closed) / (way.opened - way.closed)))
