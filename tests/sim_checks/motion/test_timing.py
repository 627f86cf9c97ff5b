"""Timed segments start and end at rest and keep the joint limits."""

import numpy as np
import pytest

from sim_checks.motion.timing import Limits, _absent, hold, timed
from skills.robots.opening import open_robot

ARM = open_robot("panda").description.arm
HOME, SPEED = np.array(ARM.home), np.array(ARM.speed)
LIMITS = Limits(SPEED, np.array(ARM.acceleration))


def test_a_segment_keeps_its_speed_share_and_ends() -> None:
    goal = HOME + np.array([0.8, 0.4, -0.3, 0.5, 0.2, 0.4, 1.0])
    segment = timed("transit", np.stack([HOME, (HOME + goal) / 2, goal]), 0.08, LIMITS, share=0.4)
    assert segment.joints[0] == pytest.approx(HOME, abs=1e-6)
    assert segment.joints[-1] == pytest.approx(goal, abs=1e-4)
    speeds = np.abs(np.gradient(segment.joints, segment.times, axis=0))
    assert np.all(speeds <= SPEED * 0.4 * 1.05)


def test_a_segment_lasts_at_least_as_long_as_asked() -> None:
    segment = timed("approach", np.stack([HOME, HOME + 0.05]), 0.08, LIMITS, share=0.4, least_s=2.0)
    assert segment.duration == pytest.approx(2.0)


def test_a_path_that_does_not_move_is_a_pause() -> None:
    segment = timed("transit", np.stack([HOME, HOME]), 0.08, LIMITS, share=0.4)
    assert segment.joints[-1] == pytest.approx(HOME)


def test_hold_stays() -> None:
    assert hold("grip", HOME, 0.6, 0.0).duration == pytest.approx(0.6)


def test_what_is_only_drawn_with_is_left_out_of_an_import_and_nothing_else() -> None:
    import importlib
    import json.decoder
    import sys

    with _absent("no_such_package", "no_such_package.drawing"):
        assert importlib.import_module("no_such_package.drawing").__name__ == "no_such_package.drawing"
    assert not {"no_such_package", "no_such_package.drawing"} & {*sys.modules}
    with _absent("json", "json.decoder"):
        assert importlib.import_module("json.decoder") is json.decoder, "what is there stays"
    assert sys.modules["json"] is json
