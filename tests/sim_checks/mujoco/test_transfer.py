"""A plan's goal is judged in the second engine, and a failure has its cause."""

from dataclasses import replace

import pytest

pytest.importorskip("mujoco", reason="the extra [transfer] is not installed")

from planner.scenes import with_robot
from sim_checks.mujoco.causes import Cause, cause_of
from sim_checks.mujoco.stage import Played
from sim_checks.mujoco.transfer import carry_out
from skills.body import BodyKind, BodyRequest
from tests.sim_checks.mujoco.conftest import picked
from tests.sim_checks.mujoco.tops import can_at


def test_what_was_rehearsed_is_achieved(pick):
    graph, motion = pick
    end = carry_out(graph, can_at(), [motion], graph.goal)
    assert end.goal_met and end.cause is None and end.node is None and not end.hit
    assert end.drift["can"] < 0.0005 and 0 < end.slip < 0.002


@pytest.mark.parametrize("robot", ["xarm6", "kuka_wsg50"])
def test_other_arms_achieve_there_what_they_rehearsed(robot: str) -> None:
    scene = with_robot(can_at(), robot)
    graph, motion = picked(scene)
    end = carry_out(graph, scene, [motion], graph.goal)
    assert end.goal_met and not end.hit and end.slip < 0.002


def test_a_can_elsewhere_is_missed(pick):
    graph, motion = pick
    end = carry_out(graph, can_at(y=0.2), [motion], graph.goal)
    assert not end.goal_met and end.missing == graph.goal.literals
    assert (end.cause, end.node) == (Cause.MISSED, graph.nodes[0].id)


def test_a_grip_too_weak_for_its_weight_slips(pick):
    graph, motion = pick
    weak = replace(motion, segments=tuple(replace(s, force=0.5) for s in motion.segments))
    end = carry_out(graph, can_at(), [weak], graph.goal)
    assert not end.goal_met and end.cause is Cause.SLIPPED


class World:
    """A world in which one thing is held, or nothing."""

    def __init__(self, held=None):
        self.holding = held

    def held(self):
        return self.holding


def seen(*held, tilt=0.0, valid=True):
    return Played("n", [("carry", h) for h in held], {"cup": tilt}, valid=valid)


@pytest.mark.parametrize(
    ("kind", "played", "held", "cause"),
    [
        (BodyKind.GRASP, seen(None, None), None, Cause.MISSED),
        (BodyKind.GRASP, seen("cup", None, None), None, Cause.SLIPPED),
        (BodyKind.PLACE, seen("cup", "cup", None, None), None, Cause.SLIPPED),
        (BodyKind.PLACE, seen("cup", None, "cup", "cup"), "cup", Cause.STUCK),
        (BodyKind.PLACE, seen("cup", "cup", tilt=1.5), None, Cause.TOPPLED),
        (BodyKind.PLACE, seen("cup", "cup", tilt=0.2), None, Cause.MISPLACED),
        (BodyKind.PUSH_ALONG, seen(None, tilt=1.5), None, Cause.TOPPLED),
        (BodyKind.PULL_HANDLE, seen(None), None, Cause.NOT_MOVED),
        (BodyKind.TURN_KNOB, seen(None), None, Cause.NOT_MOVED),
        (BodyKind.PLACE, seen("cup", valid=False), None, Cause.INVALID),
    ],
)
def test_every_failure_has_its_cause(kind, played, held, cause):
    assert cause_of(BodyRequest(kind, "cup"), played, World(held)) is cause
