"""`Wiped`: which ground something that wipes has been swept over, in contact and in the hand."""

import numpy as np
from numpy.typing import NDArray

from sim_checks.bullet.world import BulletWorld
from skills.kinds import kind_of
from skills.symbols import Literal

WIPE = "wipe"
"""Name of the segments in which something is wiped."""
CELL = 0.01
"""Edge of the squares in which an area is counted [m]."""
ENOUGH = 0.9
"""Share of an area's squares that must have been under the sponge. Source: our own."""


class Wiped:
    """Keeps count of one world; look at it often while something is wiped.

    Args:
        world: The world, as it was at the start.
    """

    def __init__(self, world: BulletWorld) -> None:
        self.world = world
        self._seen: dict[str, NDArray[np.bool_]] = {}

    def look(self) -> set[Literal]:
        """Returns the scene's areas that have been wiped by now."""
        tool = self.world.held()
        if tool is None or not kind_of(self.world.scene.thing(tool).kind).wipes:
            return set()
        found = set()
        for region in self.world.scene.regions:
            if self.world.touching(tool, region.on):
                under = self._under(tool, region.id)
                seen = self._seen.get(region.id, np.zeros_like(under)) | under
                self._seen[region.id] = seen
                if seen.mean() >= ENOUGH:
                    found.add(Literal("wiped", (region.id,)))
        return found

    def _under(self, tool: str, region: str) -> NDArray[np.bool_]:
        """Returns which squares of a region are under the tool now, shape (nx, ny)."""
        box = self.world.region(region)
        assert box is not None
        xs, ys = (np.arange(-half + CELL / 2, half, CELL) for half in box.half[:2])
        grid = np.stack(np.meshgrid(xs, ys, indexing="ij"), axis=-1)
        flat = np.concatenate([grid, np.zeros((*grid.shape[:2], 1))], axis=-1)
        world = flat @ box.pose.rotation.T + np.asarray(box.pose.position)
        pose, half = self.world.pose(tool), self.world.asset(tool).half
        local = (world - np.asarray(pose.position)) @ pose.rotation
        under: NDArray[np.bool_] = (np.abs(local[..., 0]) <= half[0]) & (np.abs(local[..., 1]) <= half[1])
        return under
