"""`Model`: links, joints and knowledge that a generator composes, and the `Asset` made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from sim_checks.assets.asset import Asset, AssetRegion, Drive, Grasp, Mechanism
from sim_checks.assets.primitives import Joint, Link
from sim_checks.assets.urdf import urdf_text
from skills.geometry import Box, Pose, Vector3


@dataclass(frozen=True)
class Model:
    """A shape before it becomes URDF.

    Args:
        links: Root link ("base") first.
        joints: Joints between them.
        regions: Part name -> region.
        mechanisms: Part name -> mechanism.
        grasps: Candidates, best first.
        friction: Lateral friction coefficient.
        centre: The point that decides "in" and "on" [m]; None = the middle of the root link's bounds.
        drive: Its driven rollers, if it has any.
    """

    links: tuple[Link, ...]
    joints: tuple[Joint, ...] = ()
    regions: Mapping[str, AssetRegion] = field(default_factory=dict)
    mechanisms: Mapping[str, Mechanism] = field(default_factory=dict)
    grasps: tuple[Grasp, ...] = ()
    friction: float = 0.7
    centre: Vector3 | None = None
    drive: Drive | None = None

    @property
    def mass(self) -> float:
        """Total mass [kg]."""
        return sum(link.mass for link in self.links)

    def weighing(self, mass: float) -> "Model":
        """Returns the model with its links' masses scaled to the total ``mass`` [kg]."""
        share = mass / self.mass
        return replace(self, links=tuple(replace(link, mass=link.mass * share) for link in self.links))

    def asset(self, kind: str) -> Asset:
        """Returns the asset, its URDF written."""
        solid = [s.corners() for s in self.links[0].shapes if s.solid]
        points = np.vstack(solid)
        lower, upper = points.min(axis=0), points.max(axis=0)
        middle = (lower + upper) / 2
        half = (upper - lower) / 2
        ordered = sorted(self.grasps, key=lambda grasp: grasp.cost)
        return Asset(
            kind=kind,
            urdf=urdf_text(kind, self.links, self.joints),
            half=(float(half[0]), float(half[1]), float(half[2])),
            mass=self.mass,
            friction=self.friction,
            shapes=sum(shape.solid for link in self.links for shape in link.shapes),
            regions=dict(self.regions),
            mechanisms=dict(self.mechanisms),
            grasps=tuple(ordered),
            centre=self.centre or (float(middle[0]), float(middle[1]), float(middle[2])),
            drive=self.drive,
        )


def container(link: str, lower: Vector3, upper: Vector3) -> AssetRegion:
    """Returns the region between two corners [m] of a link's frame."""
    middle = tuple((a + b) / 2 for a, b in zip(lower, upper, strict=True))
    half = tuple((b - a) / 2 for a, b in zip(lower, upper, strict=True))
    return AssetRegion(link, Box(Pose(middle), half))  # type: ignore[arg-type]


SLAB = 0.01
"""Thickness of a surface's region [m]."""


def surface(link: str, centre: Vector3, half: tuple[float, float]) -> AssetRegion:
    """Returns the thin region on a support plane through ``centre`` [m]."""
    x, y, z = centre
    return AssetRegion(link, Box(Pose((x, y, z + SLAB / 2)), (half[0], half[1], SLAB / 2)))
