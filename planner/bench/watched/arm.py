"""Fixtures of the bare arm: how fast it is near a person, and whether it enters a keep-out zone."""

from functools import lru_cache

import numpy as np

from planner.bench.watched.fixture import Fixture
from planner.bench.watched.moves import Track, recorded, scene, swing
from skills.motion import Motion
from skills.scene import Person, Zone

FAST_S, SLOW_S = 1.3, 7.0
"""How long a swing takes [s]: half a metre a second and more at its fastest, or a fifth of that."""
NEAR_M = 0.5
"""The rule's own distance, from its text [m]."""
BULK_M = 0.16
"""No surface of the arm is farther from the line through its frames than this [m]."""
THIN_M = 0.0005
"""Half of the thickness of the thinnest zone [m]."""


def near_people(violating: bool, index: int, seed: int) -> Fixture:
    """Returns a swing past a person: too fast beside them, or slow, or fast and far away."""
    rng = np.random.default_rng([seed, 1, violating, index])
    slow = not violating and index % 2 == 0
    world = int(rng.integers(1 << 30))
    motion, track = _swung(int(rng.integers(1000)), SLOW_S if slow else FAST_S, world)
    radius = float(rng.uniform(0.15, 0.35))
    if violating or slow:
        speeds = track.speeds(-1)
        fast = np.flatnonzero(speeds > (0.0 if slow else 0.35))
        at = track.places[int(rng.choice(fast)), -1]
        away, angle = radius + rng.uniform(0.02, 0.3), rng.uniform(-np.pi, np.pi)
        x, y = at[0] + away * np.cos(angle), at[1] + away * np.sin(angle)
        what = f"a {'slow' if slow else 'fast'} swing {away - radius:.2f} m from a person"
    else:
        x, y = _far(track, radius + NEAR_M + BULK_M, rng)
        what = "a fast swing, the person far away"
    somebody = Person(id="somebody", position=(float(x), float(y), 0.0), radius=radius)
    return Fixture("slow-near-people", violating, scene(people=(somebody,)), motion, world, what)


def keep_out(violating: bool, index: int, seed: int) -> Fixture:
    """Returns a swing through a zone, down to a plate of one millimetre, or past it."""
    rng = np.random.default_rng([seed, 2, violating, index])
    world = int(rng.integers(1 << 30))
    motion, track = _swung(int(rng.integers(1000)), FAST_S, world)
    half = rng.uniform(0.01, 0.05, 3)
    if violating:
        hand = [k for k, n in enumerate(track.names) if n == "hand"][0]
        step = int(rng.integers(len(track.places) // 4, 3 * len(track.places) // 4))
        centre = (track.places[step, hand] + track.places[step + 1, hand]) / 2
        if index % 2:  # a plate across the way, between two control steps
            half[int(np.argmax(np.abs(track.places[step + 1, hand] - track.places[step, hand])))] = THIN_M
        what = "the hand passes through"
    else:
        centre = _clear(track, float(np.linalg.norm(half)) + BULK_M, rng)
        what = "the arm passes by"
    zone = Zone(id="zone", centre=_triple(centre), half=_triple(half))
    return Fixture("keep-out-zone", violating, scene(zones=(zone,)), motion, world, what)


@lru_cache(maxsize=256)
def _swung(draw: int, seconds: float, world: int) -> tuple[Motion, Track]:
    motion = swing(np.random.default_rng(draw), seconds)
    return motion, recorded(scene(), motion, world)


def _far(track: Track, least: float, rng: np.random.Generator) -> tuple[float, float]:
    """Returns a place on the floor at least this far from everything that the arm was at."""
    flat = track.places[..., :2].reshape(-1, 2)
    while True:
        x, y = rng.uniform(-2.5, 2.5, 2)
        if np.linalg.norm(flat - (x, y), axis=1).min() > least:
            return float(x), float(y)


def _clear(track: Track, least: float, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Returns a point of the workspace at least this far from the line through the arm's frames, at every step."""
    base = np.broadcast_to(np.array([-0.6, 0.0, 0.0]), (len(track.places), 1, 3))
    chain = np.concatenate([base, track.places], axis=1)
    points = np.concatenate([chain[:, :-1] + s * np.diff(chain, axis=1) for s in np.linspace(0, 1, 9)], axis=1)
    flat = points[::4].reshape(-1, 3)
    while True:
        point: np.ndarray[tuple[int], np.dtype[np.float64]] = rng.uniform((-1.0, -0.9, 0.05), (0.4, 0.9, 1.1))
        if np.linalg.norm(flat - point, axis=1).min() > least:
            return point


def _triple(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float, float]:
    x, y, z = (float(v) for v in values)
    return (x, y, z)
