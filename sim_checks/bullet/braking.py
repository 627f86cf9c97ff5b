"""`brake`: the robot brought to rest along the way that it was going; the hand keeps what it holds."""

from collections.abc import Callable, Sequence

import numpy as np

from sim_checks.bullet.robot import Robot

BRAKE_S = 0.15
"""Time from full speed to none [s]. Source: our own; within the joints' accelerations at the speeds near people."""
STILL_S = 0.3
"""How long the robot holds still afterwards, for things to come to rest [s]."""


def brake(robot: Robot, target: Sequence[float], rate: Sequence[float], tick: Callable[[], None], tick_s: float) -> int:
    """Moves the simulated robot on with falling speed until it stands still; returns how many ticks that took.

    Args:
        robot: The robot.
        target: Joint targets of the last command [rad or m], shape (joints,).
        rate: Their rates then [rad/s or m/s], shape (joints,).
        tick: Steps the simulation by one tick.
        tick_s: Length of a tick [s].
    """
    slowing, still = round(BRAKE_S / tick_s), round(STILL_S / tick_s)
    here, full = np.array(target, dtype=float), np.array(rate, dtype=float)
    for k in range(1, slowing + still + 1):
        share = max(0.0, 1 - k / slowing)
        here = here + full * share * tick_s
        robot.command(here, full * share)
        tick()
    return slowing + still
