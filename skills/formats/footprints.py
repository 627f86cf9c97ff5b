"""Footprints: what room a kind takes on a table, for sampling placements that do not overlap.

Sizes are nominal, from above, in slices of height; a test compares them with the generated shapes.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Polygon = NDArray[np.float64]


@dataclass(frozen=True)
class Slice:
    """A convex outline between two heights.

    Args:
        corners: Corners in the thing's frame [m].
        low: Lower height [m].
        high: Upper height [m].
        sweep: True for room that a door or drawer needs only when it moves.
    """

    corners: tuple[tuple[float, float], ...]
    low: float
    high: float
    sweep: bool = False


def _round(radius: float, high: float, low: float = 0.0) -> Slice:
    turns = [index * math.pi / 6 for index in range(12)]
    grown = radius / math.cos(math.pi / 12)
    return Slice(tuple((grown * math.cos(t), grown * math.sin(t)) for t in turns), low, high)


def _rect(x: tuple[float, float], y: tuple[float, float], high: float, low: float = 0.0, sweep: bool = False) -> Slice:
    return Slice(((x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])), low, high, sweep)


def _block(length: float, width: float, high: float) -> tuple[Slice, ...]:
    return (_rect((-length / 2, length / 2), (-width / 2, width / 2), high),)


_CAN = (_round(0.031, 0.09),)
_BOTTLE = (_round(0.029, 0.17),)
_CARTON = _block(0.06, 0.06, 0.135)
_BOWL = (_round(0.046, 0.024), _round(0.058, 0.053, 0.024))
_MUG = (_round(0.033, 0.09), _rect((0.02, 0.066), (-0.008, 0.008), 0.08))
_PAN = (_round(0.080, 0.037), _rect((0.05, 0.22), (-0.01, 0.01), 0.04))
_MOKA = (_round(0.036, 0.146), _rect((-0.042, 0.07), (-0.01, 0.01), 0.135))
_BOOK = _block(0.10, 0.026, 0.142)
_CABINET = (_rect((-0.17, 0.083), (-0.125, 0.125), 0.27),)
_MICROWAVE = (_rect((-0.15, 0.145), (-0.13, 0.13), 0.24),)
_FRIDGE = (_rect((-0.18, 0.145), (-0.15, 0.15), 0.39),)
_STOVE = _block(0.25, 0.22, 0.066)
_SHELF = _block(0.22, 0.30, 0.29)
_RACK = _block(0.16, 0.24, 0.095)
_CADDY = _block(0.226, 0.126, 0.075)
_TRAY = _block(0.26, 0.20, 0.035)

DOORS = frozenset(("microwave", "fridge"))
"""Kinds with a door; it hangs on the side next to the robot: +y when they look to +y, else -y."""
FOOT = 0.03
"""Height of the feet below a door [m]."""
DRAWERS = {"bottom_region": (0.0, 0.106), "middle_region": (0.106, 0.184), "top_region": (0.184, 0.262)}
"""Heights of a cabinet's drawers [m]."""

FOOTPRINTS: dict[str, tuple[Slice, ...]] = {
    **dict.fromkeys(("alphabet_soup", "tomato_sauce", "can"), _CAN),
    **dict.fromkeys(("bbq_sauce", "ketchup", "salad_dressing", "new_salad_dressing", "wine_bottle", "bottle"), _BOTTLE),
    **dict.fromkeys(("milk", "orange_juice"), _CARTON),
    "butter": _block(0.09, 0.045, 0.036),
    "cream_cheese": _block(0.08, 0.048, 0.038),
    "chocolate_pudding": _block(0.08, 0.05, 0.04),
    "cookies": _block(0.11, 0.06, 0.045),
    "box": _block(0.08, 0.055, 0.06),
    "block": _block(0.05, 0.05, 0.05),
    "sponge": _block(0.09, 0.055, 0.03),
    **dict.fromkeys(("akita_black_bowl", "white_bowl", "bowl"), _BOWL),
    "glazed_rim_porcelain_ramekin": (_round(0.043, 0.045),),
    **dict.fromkeys(("porcelain_mug", "red_coffee_mug", "white_yellow_mug", "mug"), _MUG),
    "moka_pot": _MOKA,
    **dict.fromkeys(("chefmate_8_frypan", "pan"), _PAN),
    "plate": (_round(0.069, 0.023),),
    **dict.fromkeys(("black_book", "yellow_book", "book"), _BOOK),
    "basket": _block(0.23, 0.23, 0.095),
    **dict.fromkeys(("wooden_tray", "tray"), _TRAY),
    **dict.fromkeys(("wooden_cabinet", "white_cabinet", "cabinet"), _CABINET),
    "microwave": _MICROWAVE,
    "fridge": _FRIDGE,
    **dict.fromkeys(("flat_stove", "stove"), _STOVE),
    **dict.fromkeys(("wooden_two_layer_shelf", "shelf"), _SHELF),
    **dict.fromkeys(("wine_rack", "rack"), _RACK),
    **dict.fromkeys(("desk_caddy", "caddy"), _CADDY),
    "sink": _block(0.36, 0.34, 0.25),
    "conveyor": _block(0.46, 0.18, 0.095),
}
UNKNOWN = _block(0.06, 0.06, 0.06)


@lru_cache(maxsize=256)
def footprint(kind: str, opened: frozenset[str] = frozenset()) -> tuple[Slice, ...]:
    """Returns the slices of a kind.

    Args:
        kind: Kind name; an unknown one takes the room of its stand-in box.
        opened: Parts (drawers, doors) that are open; the others' room is marked as a sweep.
    """
    slices = FOOTPRINTS.get(kind, UNKNOWN)
    if kind.endswith("cabinet"):
        drawers = [_rect((0.04, 0.235), (-0.12, 0.12), h, low, n not in opened) for n, (low, h) in DRAWERS.items()]
        return (*slices, *drawers)
    if kind in DOORS:
        span, y = (0.25, 0.128) if kind == "microwave" else (0.29, 0.148)
        arc = [(0.095 + span * math.sin(t), y - span * math.cos(t)) for t in (0.0, 0.4, 0.8, 1.2, 1.6)]
        corners = ((0.095, y), *arc)
        high = slices[0].high
        leaf = _rect((0.095, 0.10 + span), (y - 0.02, y + 0.05), high, FOOT)
        swing = Slice(corners, FOOT, high, True)
        return (*slices, swing, leaf) if opened else (*slices, swing)
    return slices


@dataclass(frozen=True)
class Standing:
    """A thing at a place on a table.

    Args:
        kind: Kind name.
        x: Place [m].
        y: Place [m].
        yaw: Heading [rad].
        opened: Parts that are open.
    """

    kind: str
    x: float
    y: float
    yaw: float
    opened: frozenset[str] = frozenset()

    def polygons(self) -> list[tuple[Polygon, Slice]]:
        """Returns the outlines in the table's frame, each with its slice."""
        return _placed(self)


@lru_cache(maxsize=1024)
def _placed(thing: Standing) -> list[tuple[Polygon, Slice]]:
    c, s = math.cos(thing.yaw), math.sin(thing.yaw)
    turn = np.array([[c, s], [-s, c]])
    offset = np.array([thing.x, thing.y])
    flip = np.array([1.0, -1.0 if thing.kind in DOORS and s <= 0 else 1.0])
    return [((np.array(part.corners) * flip) @ turn + offset, part) for part in footprint(thing.kind, thing.opened)]


def _reach(thing: Standing) -> float:
    """Returns the largest distance of a corner from the thing's origin [m]."""
    return max(math.hypot(x, y) for part in footprint(thing.kind, thing.opened) for x, y in part.corners)


def overlap(first: Standing, second: Standing, clearance: float, sweeps: bool) -> bool:
    """Says whether two standing things come closer than ``clearance`` [m] at any height.

    Args:
        first: One thing.
        second: The other.
        clearance: Gap to keep [m].
        sweeps: Count the room that doors and drawers need when they move.
    """
    if math.hypot(first.x - second.x, first.y - second.y) > _reach(first) + _reach(second) + clearance:
        return False
    for corners, part in first.polygons():
        for others, other in second.polygons():
            if (part.sweep or other.sweep) and (not sweeps or (part.sweep and other.sweep)):
                continue
            if part.low >= other.high or other.low >= part.high:
                continue
            if not _apart(corners, others, clearance):
                return True
    return False


def _apart(first: Polygon, second: Polygon, clearance: float) -> bool:
    """Says whether an edge direction separates two convex outlines by ``clearance`` [m]."""
    for polygon in (first, second):
        edges = np.roll(polygon, -1, axis=0) - polygon
        normals = np.column_stack([edges[:, 1], -edges[:, 0]])
        normals = normals / np.linalg.norm(normals, axis=1, keepdims=True)
        a, b = first @ normals.T, second @ normals.T
        gaps = np.maximum(b.min(axis=0) - a.max(axis=0), a.min(axis=0) - b.max(axis=0))
        if gaps.max() >= clearance:
            return True
    return False
