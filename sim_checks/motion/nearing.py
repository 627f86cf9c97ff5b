"""`nearing`: a motion played more slowly wherever it is near a person."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim_checks.motion.planning import Planning
from skills.motion import Segment

NEAR = 0.6
"""Distance of the tool from a person's surface within which it is slow, besides its own size [m]."""
SLOW = 0.19
"""Largest speed of any part of hand and held thing there [m/s].

Source: ISO 10218-1:2011, 5.6.2 (250 mm/s), less what an arm overshoots and what a world may differ.
"""
HAND = 0.10
"""How far the surface of the hand is from the tool's origin [m]."""
WINDOW = 8
"""Samples to either side over which the change of pace is spread."""


def nearing(planning: Planning, segment: Segment, person: str, reach: float) -> Segment:
    """Returns the segment with its times drawn out where the hand is near a person; elsewhere they stay.

    Args:
        planning: The planning world.
        segment: A timed piece of a motion; it keeps its path.
        person: Whom to be slow near.
        reach: How far the held thing's surface is from the tool's origin [m]; 0 for an empty hand.
    """
    body = next(p for p in planning.scene.people if p.id == person)
    reach = max(reach, HAND)
    steps = np.diff(segment.times)
    if len(steps) < 2:
        return segment
    poses = [planning.kinematics.forward(joints, segment.width) for joints in segment.joints]
    places = np.array([p.position for p in poses])
    turns = np.array([p.rotation for p in poses])
    way = np.linalg.norm(np.diff(places, axis=0), axis=1) + reach * _angles(turns)
    away = np.hypot(*(places[:, :2] - np.array(body.position[:2])).T) - body.radius - reach
    near = np.minimum(away[:-1], away[1:]) < NEAR
    factors = np.where(near, np.maximum(1.0, way / (steps * SLOW)), 1.0)
    times = np.concatenate([[0.0], np.cumsum(steps * _spread(factors))])
    return replace(segment, times=segment.times[0] + times)


def _angles(turns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns the angles between successive rotations [rad, (n - 1,)] of (n, 3, 3)."""
    traces = np.einsum("nij,nij->n", turns[:-1], turns[1:])
    return np.asarray(np.arccos(np.clip((traces - 1.0) / 2.0, -1.0, 1.0)))


def _spread(factors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Returns factors that change gradually and are nowhere smaller, shape (n,)."""
    padded = np.pad(factors, 2 * WINDOW, mode="edge")
    most = np.lib.stride_tricks.sliding_window_view(padded, 2 * WINDOW + 1).max(axis=1)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(most, 2 * WINDOW + 1).mean(axis=1))
