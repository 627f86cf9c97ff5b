"""Free joint-space paths by OMPL's RRT-Connect, with the planner's own seed."""

from collections.abc import Callable
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from skills.motion import Joints

RESOLUTION = 0.05
"""Largest joint step between two checked states [rad]."""


def direct(start: Joints, goal: Joints, valid: Callable[[Joints], bool]) -> bool:
    """Says whether the straight joint-space line is free at every `RESOLUTION`."""
    count = max(2, int(np.ceil(np.abs(goal - start).max() / RESOLUTION)) + 1)
    order = np.argsort(-np.abs(np.linspace(-1, 1, count)), kind="stable")[::-1]  # the middle first: fails early
    return all(valid(start + (goal - start) * (i / (count - 1))) for i in order)


def dense(points: NDArray[np.float64], step: float) -> NDArray[np.float64]:
    """Returns the polyline (n, joints) with waypoints at most ``step`` [rad or m] apart, for splines to stay close."""
    path = [points[0]]
    for first, last in pairwise(points):
        count = max(1, int(np.ceil(np.abs(last - first).max() / step)))
        path.extend(first + (last - first) * (k / count) for k in range(1, count + 1))
    return np.array(path)


def connect(
    start: Joints,
    goal: Joints,
    valid: Callable[[Joints], bool],
    seed: int,
    lower: Joints,
    upper: Joints,
    seconds: float = 2.0,
) -> NDArray[np.float64] | None:
    """Returns waypoints (n, joints) [rad] from ``start`` to ``goal``, or None if none was found.

    The number of tree iterations bounds the search, not the clock, so that the answer depends on ``seed`` alone.

    Source: RRT-Connect (Kuffner and LaValle, 2000) through `ompl`.
    """
    if direct(start, goal, valid):
        return np.stack([start, goal])
    from ompl import base, geometric, util

    util.setLogLevel(util.LOG_NONE)
    util.RNG.setSeed(seed % (2**31 - 1) + 1)
    space = base.RealVectorStateSpace(len(start))
    bounds = base.RealVectorBounds(len(start))
    for index in range(len(start)):
        bounds.setLow(index, float(lower[index]))
        bounds.setHigh(index, float(upper[index]))
    space.setBounds(bounds)
    setup = geometric.SimpleSetup(space)
    budget = [int(seconds * 6000)]

    def check(state: base.State) -> bool:
        budget[0] -= 1
        return bool(valid(np.array([state[i] for i in range(len(start))])))

    setup.setStateValidityChecker(check)
    information = setup.getSpaceInformation()
    information.setStateValidityCheckingResolution(RESOLUTION / space.getMaximumExtent())
    planner = geometric.RRTConnect(information)
    planner.setRange(0.6)
    setup.setPlanner(planner)
    first, last = space.allocState(), space.allocState()
    for index in range(len(start)):
        first[index] = float(start[index])
        last[index] = float(goal[index])
    setup.setStartAndGoalStates(first, last)
    spent = base.PlannerTerminationCondition(lambda: budget[0] <= 0)
    if setup.solve(spent) and setup.haveExactSolutionPath():
        path = setup.getSolutionPath()
        points = np.array([[path.getState(k)[i] for i in range(len(start))] for k in range(path.getStateCount())])
        return shortened(points, valid, np.random.default_rng(seed))
    return None


def shortened(
    points: NDArray[np.float64], valid: Callable[[Joints], bool], rng: np.random.Generator, rounds: int = 40
) -> NDArray[np.float64]:
    """Returns the path with random shortcuts taken where they are free."""
    path = list(points)
    for _ in range(rounds):
        if len(path) < 3:
            break
        i, j = sorted(rng.choice(len(path), 2, replace=False))
        if j - i > 1 and direct(path[i], path[j], valid):
            path = path[: i + 1] + path[j:]
    return np.array(path)
