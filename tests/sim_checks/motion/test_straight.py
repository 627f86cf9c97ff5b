"""Tool paths end where they should and keep their step."""

import math

import numpy as np
import pytest

from sim_checks.motion.straight import about, backed, line, looking, shifted, turn
from skills.geometry import Pose

DOWN = looking((0.1, 0.2, 0.3), np.array([0.0, 0.0, -1.0]), np.array([0.0, 1.0, 0.0]))


def test_looking_puts_z_along_the_approach_and_y_along_the_closing() -> None:
    assert DOWN.rotation[:, 2] == pytest.approx([0, 0, -1])
    assert DOWN.rotation[:, 1] == pytest.approx([0, 1, 0])


def test_backed_moves_against_the_approach() -> None:
    assert backed(DOWN, 0.1).position == pytest.approx((0.1, 0.2, 0.4))


def test_line_ends_at_its_target_in_small_steps() -> None:
    stop = shifted(DOWN, np.array([0.0, 0.0, 0.105])) @ turn((0.0, 0.0, 1.0), 0.5)
    poses = line(DOWN, stop)
    assert poses[-1].position == pytest.approx(stop.position)
    assert abs(float(np.dot(poses[-1].orientation, stop.orientation))) == pytest.approx(1.0)
    heights = [DOWN.position[2], *(p.position[2] for p in poses)]
    assert max(np.diff(heights)) <= 0.0101


def test_about_turns_round_a_pivot() -> None:
    moved = about((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), math.pi, Pose((2.0, 0.0, 0.5)))
    assert moved.position == pytest.approx((0.0, 0.0, 0.5))
