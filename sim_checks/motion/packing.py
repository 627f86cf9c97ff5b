"""Packing: where a thing may stand so that everything that comes after it still finds room.

Seen from above, in the frame of the region: things are upright rectangles, and so are the strips beside a thing that
the fingers take while they let it go. A layout gives every thing a place, in the order in which they come; the roomiest
layouts are looked for first. What a layout promises is checked by others: each placement is lowered in the planning
world, and its hand's way there and back is planned.

Source: normal patterns (Herz, 1972; Christofides and Whitlock, 1977): something can always be pushed against what lies
beside it, so only such places, and the middle, need to be looked at.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

GAPS = (0.03, 0.022, 0.016, 0.012, 0.009, 0.006, 0.003)
"""Distances that a layout keeps between things [m], the roomiest first."""
FINGER_GAP = 0.002
"""Distance that fingers keep from what stands beside [m], beyond what they take anyway."""
EFFORT = 40
"""Most states looked at for one first place at one gap."""
IN_ALL = 150
"""Most states looked at for one gap."""


class Rectangle(NamedTuple):
    """A rectangle along the region's axes [m]."""

    x: float
    y: float
    half_x: float
    half_y: float

    def meets(self, other: "Rectangle", gap: float) -> bool:
        """Says whether the two come within ``gap`` [m] of each other along both axes."""
        return (
            abs(self.x - other.x) < self.half_x + other.half_x + gap - 1e-9
            and abs(self.y - other.y) < self.half_y + other.half_y + gap - 1e-9
        )


class Room(NamedTuple):
    """What the fingers take beside a thing that they let go [m]."""

    out: float
    """From the thing's side outwards."""
    half: float
    """Half of what they take along its side."""


@dataclass(frozen=True)
class Item:
    """A thing to be packed.

    Args:
        name: Its id.
        half_x: Half extent along the region's x when it is not turned [m].
        half_y: Half extent along y [m].
        closings: Along which of its own axes (0: x, 1: y) fingers can close on it; empty: from any side, or not known.
    """

    name: str
    half_x: float
    half_y: float
    closings: frozenset[int] = frozenset()

    def at(self, x: float, y: float, turned: bool) -> Rectangle:
        """Returns what it covers at a place, or turned by a quarter there."""
        return Rectangle(x, y, self.half_y, self.half_x) if turned else Rectangle(x, y, self.half_x, self.half_y)

    def strips(self, at: Rectangle, turned: bool, room: Room) -> list[tuple[Rectangle, ...]]:
        """Returns the ways to let it go: for each, what the fingers take."""
        ways = []
        for own in sorted(self.closings):
            along_y = (own == 1) != turned
            reach = (at.half_y if along_y else at.half_x) + room.out / 2
            sides = [(0.0, s * reach) if along_y else (s * reach, 0.0) for s in (1, -1)]
            size = (room.half, room.out / 2) if along_y else (room.out / 2, room.half)
            ways.append(tuple(Rectangle(at.x + dx, at.y + dy, *size) for dx, dy in sides))
        if not ways:
            ways.append((Rectangle(at.x, at.y, at.half_x + room.out, at.half_y + room.out),))
        return ways


class Place(NamedTuple):
    """Where a thing shall stand, in the region's frame: its middle [m], and whether it is turned by a quarter."""

    x: float
    y: float
    turned: bool


@dataclass(frozen=True)
class Floor:
    """What there is to pack onto.

    Args:
        half_x: Half extent along x [m].
        half_y: Half extent along y [m].
        taken: What is covered already.
        room: What the fingers take.
        walled: Whether walls keep the fingers inside.
        reach: Says whether the hand can be over a point (x, y) of the region [m].
    """

    half_x: float
    half_y: float
    taken: tuple[Rectangle, ...]
    room: Room
    walled: bool
    reach: Callable[[float, float], bool]


@dataclass
class _Search:
    """One search for layouts: what it is about, and how many more states it may look at."""

    floor: Floor
    gap: float
    reach: Callable[[float, float], bool]
    left: int = 0
    most: int = field(default=IN_ALL)

    def complete(self, items: Sequence[Item], taken: tuple[Rectangle, ...]) -> tuple[Place, ...] | None:
        """Returns places for all items, in their order, or None."""
        if not items:
            return ()
        self.left -= 1
        self.most -= 1
        for place in _candidates(self.floor, items[0], taken, self.gap):
            if self.left <= 0 or self.most <= 0:
                return None
            if self.reach(place.x, place.y):
                rest = self.complete(items[1:], (*taken, items[0].at(*place)))
                if rest is not None:
                    return (place, *rest)
        return None


def first_places(floor: Floor, items: Sequence[Item], most: int) -> Iterator[Place]:
    """Yields places of the first item from which all others still find room, the roomiest layouts first.

    Args:
        floor: Where.
        items: The thing at hand, then those to come, in that order.
        most: Most places to yield.
    """
    seen: set[Place] = set()
    for gap in GAPS:
        for layout in layouts(floor, items, gap):
            if layout[0] not in seen:
                seen.add(layout[0])
                yield layout[0]
            if len(seen) >= most:
                return


def layouts(floor: Floor, items: Sequence[Item], gap: float) -> Iterator[tuple[Place, ...]]:
    """Yields layouts that keep ``gap`` [m] between all things, one for each place of the first item.

    Args:
        floor: Where.
        items: In the order in which they come.
        gap: Distance between things, and from the walls [m].
    """
    search = _Search(floor, gap, lru_cache(maxsize=None)(floor.reach))
    for place in _candidates(floor, items[0], floor.taken, gap):
        search.left = EFFORT
        if search.most > 0 and search.reach(place.x, place.y):
            rest = search.complete(items[1:], (*floor.taken, items[0].at(*place)))
            if rest is not None:
                yield (place, *rest)


def _candidates(floor: Floor, item: Item, taken: Sequence[Rectangle], gap: float) -> list[Place]:
    """Returns the free places of an item that lie against a wall or a thing, or in the middle: corners first."""
    found: list[tuple[int, float, Place]] = []
    for turned in (False, True) if abs(item.half_x - item.half_y) > 1e-6 or len(item.closings) == 1 else (False,):
        shape = item.at(0.0, 0.0, turned)
        xs = _lines(floor.half_x, shape.half_x, [(r.x, r.half_x) for r in taken], gap, floor.room.out)
        ys = _lines(floor.half_y, shape.half_y, [(r.y, r.half_y) for r in taken], gap, floor.room.out)
        x, y = (grid.ravel() for grid in np.meshgrid(xs, ys, indexing="ij"))
        free = _free(floor, item, x, y, turned, taken, gap)
        for k in np.flatnonzero(free):
            place = Place(float(x[k]), float(y[k]), turned)
            found.append((-_snug(floor, item.at(*place), gap), -abs(place.x) - abs(place.y), place))
    return [place for _, _, place in sorted(found)]


def _lines(limit: float, half: float, others: Sequence[tuple[float, float]], gap: float, out: float) -> list[float]:
    """Returns the coordinates along one axis at which something of ``half`` extent lies against something [m]."""
    end = limit - half - gap
    if end < -1e-9:
        return []
    found = {0.0, end, -end, end - out, out - end}
    for at, other in others:
        for space in (gap, max(gap, out)):
            found |= {at + other + half + space, at - other - half - space}
        found.add(at)
    return sorted({round(x, 5) for x in found if abs(x) <= end + 1e-6})


def _free(
    floor: Floor,
    item: Item,
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    turned: bool,
    taken: Sequence[Rectangle],
    gap: float,
) -> NDArray[np.bool_]:
    """Says of each place (x, y), shapes (n,), whether nothing lies there and the hand can let go there in some way."""
    clear = ~_met(x, y, item.at(0.0, 0.0, turned), taken, gap)
    some = np.zeros(len(x), dtype=bool)
    for strips in item.strips(item.at(0.0, 0.0, turned), turned, floor.room):
        way = clear.copy()
        for strip in strips:
            way &= ~_met(x, y, strip, taken, FINGER_GAP)
            if floor.walled:
                way &= np.abs(x + strip.x) + strip.half_x <= floor.half_x + 1e-6
                way &= np.abs(y + strip.y) + strip.half_y <= floor.half_y + 1e-6
        some |= way
    return some


def _met(
    x: NDArray[np.float64], y: NDArray[np.float64], moved: Rectangle, taken: Sequence[Rectangle], gap: float
) -> NDArray[np.bool_]:
    """Says of each offset (x, y), shapes (n,), whether ``moved`` by it comes within ``gap`` [m] of something."""
    met = np.zeros(len(x), dtype=bool)
    for other in taken:
        beside = np.abs(x + moved.x - other.x) < moved.half_x + other.half_x + gap - 1e-9
        met |= beside & (np.abs(y + moved.y - other.y) < moved.half_y + other.half_y + gap - 1e-9)
    return met


def _snug(floor: Floor, at: Rectangle, gap: float) -> int:
    """Returns along how many of its axes a thing lies against a wall (2: in a corner), which leaves the rest whole."""
    edges = ((at.x, at.half_x, floor.half_x), (at.y, at.half_y, floor.half_y))
    return sum(abs(middle) + half > limit - gap - 0.001 for middle, half, limit in edges)
