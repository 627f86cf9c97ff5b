"""Sampling of initial placements from ranges, kept apart by rejection over footprints."""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from skills.finding import Finding
from skills.formats.footprints import Standing, overlap

TRIES = 24
RESTARTS = 16
EDGE = 0.002
"""Distance that a sample keeps from its range's edge, so that settling does not carry it out [m]."""
FACING = {
    **dict.fromkeys(("wooden_cabinet", "white_cabinet", "cabinet", "microwave", "fridge"), -math.pi / 2),
    **dict.fromkeys(("wooden_two_layer_shelf", "shelf", "wine_rack", "rack"), -math.pi / 2),
    **dict.fromkeys(("desk_caddy", "caddy"), -math.pi),
    **dict.fromkeys(("chefmate_8_frypan", "pan", "moka_pot"), math.pi),
}
"""Kind -> heading of our front (+x) when LIBERO's yaw is 0 [rad]: cabinets look to -y, handles to the robot."""


class Site(NamedTuple):
    """A region with a range on a table."""

    target: str
    name: str
    box: tuple[float, float, float, float]
    """(xmin, ymin, xmax, ymax) [m]."""
    yaw: tuple[float, float]
    """Range of headings [rad]."""


Place = dict[str, object]


class _Tier(NamedTuple):
    """How strict a sample is."""

    clearance: float
    sweeps: bool


TIERS = (_Tier(0.02, True), _Tier(0.005, True), _Tier(0.005, False), _Tier(0.0, False))
"""Room for doors, drawers and fingers first; then only no overlap."""


def sample(
    kinds: Mapping[str, str],
    placements: Mapping[str, tuple[str, bool]],
    joints: Mapping[str, Mapping[str, float]],
    sites: Mapping[str, Site],
    seed: int,
) -> tuple[dict[str, Place], tuple[Finding, ...]]:
    """Returns thing id -> placement data, and a warning if things could not be kept apart.

    Args:
        kinds: Thing id -> kind, fixtures first.
        placements: Thing id -> (site, part or thing; inside).
        joints: Fixture id -> part -> opening.
        sites: Site name -> site.
        seed: Seed of the sample.
    """
    rng = np.random.default_rng(seed)
    on_table = [name for name in kinds if name in placements and placements[name][0] in sites]
    fixed: dict[str, Place] = {
        name: {"on": place, "inside": inside} for name, (place, inside) in placements.items() if place not in sites
    }
    opened = {name: frozenset(p for p, q in parts.items() if q > 0.3) for name, parts in joints.items()}
    for tier in TIERS:
        for _ in range(RESTARTS):
            standing = _attempt(on_table, kinds, placements, opened, sites, rng, tier)
            if standing is not None:
                return {**fixed, **_places(standing, placements, sites)}, ()
    loose = {n: _draw(kinds[n], sites[placements[n][0]], opened.get(n, frozenset()), rng) for n in on_table}
    warning = Finding(
        "crowded", "init", "The ranges leave no placement without overlap.", "Widen the ranges.", "warning"
    )
    return {**fixed, **_places(loose, placements, sites)}, (warning,)


def _attempt(
    names: list[str],
    kinds: Mapping[str, str],
    placements: Mapping[str, tuple[str, bool]],
    opened: Mapping[str, frozenset[str]],
    sites: Mapping[str, Site],
    rng: Generator,
    tier: _Tier,
) -> dict[str, Standing] | None:
    """Returns places for all, or None when one of them finds no room."""
    standing: dict[str, Standing] = {}
    for name in names:
        site = sites[placements[name][0]]
        for _ in range(TRIES):
            candidate = _draw(kinds[name], site, opened.get(name, frozenset()), rng)
            others = (s for n, s in standing.items() if sites[placements[n][0]].target == site.target)
            if not any(overlap(candidate, other, tier.clearance, tier.sweeps) for other in others):
                standing[name] = candidate
                break
        else:
            return None
    return standing


def _draw(kind: str, site: Site, opened: frozenset[str], rng: Generator) -> Standing:
    x0, y0, x1, y1 = site.box
    ex, ey = min(EDGE, (x1 - x0) / 4), min(EDGE, (y1 - y0) / 4)
    x, y = float(rng.uniform(x0 + ex, x1 - ex)), float(rng.uniform(y0 + ey, y1 - ey))
    yaw = float(rng.uniform(min(site.yaw), max(site.yaw)))
    return Standing(kind, x, y, math.remainder(yaw + FACING.get(kind, 0.0), 2 * math.pi), opened)


def _places(
    standing: Mapping[str, Standing], placements: Mapping[str, tuple[str, bool]], sites: Mapping[str, Site]
) -> dict[str, Place]:
    return {
        name: {
            "on": sites[placements[name][0]].target,
            "xy": (round(thing.x, 6), round(thing.y, 6)),
            "yaw": round(thing.yaw, 6),
        }
        for name, thing in standing.items()
    }
