"""Free paths go round what blocks them, and depend on their seed alone."""

import numpy as np

from sim_checks.motion.transit import connect
from skills.motion import Joints
from skills.robots.opening import open_robot

ARM = open_robot("panda").description.arm
HOME = np.array(ARM.home)
RANGE = {"lower": np.array(ARM.lower), "upper": np.array(ARM.upper)}

GOAL = HOME + np.array([1.0, 0.2, 0.0, 0.3, 0.0, 0.0, 0.0])


def _wall(joints: Joints) -> bool:
    return abs(joints[0] - 0.5) > 0.1 or joints[1] < -1.2


def test_a_wall_is_walked_round() -> None:
    path = connect(HOME, GOAL, _wall, seed=4, **RANGE)
    assert path is not None
    assert np.allclose(path[0], HOME)
    assert np.allclose(path[-1], GOAL)
    for first, last in zip(path[:-1], path[1:], strict=True):
        assert all(_wall(first + (last - first) * s) for s in np.linspace(0, 1, 40))


def test_the_seed_determines_the_path_whatever_came_before() -> None:
    first = connect(HOME, GOAL, _wall, seed=4, **RANGE)
    connect(GOAL, HOME, _wall, seed=9, **RANGE)
    again = connect(HOME, GOAL, _wall, seed=4, **RANGE)
    assert first is not None
    assert again is not None
    assert np.array_equal(first, again)


def test_an_enclosed_goal_is_given_up() -> None:
    assert connect(HOME, GOAL, lambda q: abs(q[0] - 0.5) > 0.1, seed=1, seconds=0.2, **RANGE) is None
