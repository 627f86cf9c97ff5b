"""A conveyor carries by friction alone what stands on it, to its end; what cannot get there is told apart."""

from dataclasses import replace

import pytest

from sim_checks.bullet.belts import RAMP
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.stage import Stage
from sim_checks.motion.timing import hold
from skills.motion import Motion
from skills.predicates import holds
from skills.symbols import Literal
from tests.sim_checks.lines import ARRIVED, lying, post, with_belt

BOX, MUG = lying("thing", "box", yaw=0.3), lying("thing", "mug", yaw=0.3)


def waiting(stage, fact=ARRIVED, seconds=6.0) -> Motion:
    """A motion that stands still, until a fact holds if one is given."""
    still = hold("wait", stage.robot.joints(), seconds, 0.08)
    return Motion("n1", (replace(still, until=fact),))


def carried(stage) -> float:
    """How far the thing has come along the conveyor since the start [m]."""
    return stage.world.pose("thing").position[1] - stage.start["thing"].position[1]


@pytest.mark.parametrize("thing", [BOX, MUG], ids=["box", "mug"])
@pytest.mark.parametrize("seed", [None, 5])
def test_what_stands_on_it_is_carried_to_its_end_and_lies_still_and_upright(thing, seed):
    with Stage(with_belt(thing), seed, Perturbation()) as stage:
        heights, speeds = [], []

        def look():
            heights.append(stage.world.centre("thing")[2])
            speeds.append(stage.world.speeds()["thing"].linear)

        played = stage.play(waiting(stage), look, 0.05)
        assert not played.findings
        assert holds(ARRIVED, stage.world)
        assert played.simulated_s < 5.0, "the wait ends when it has arrived"
        before = carried(stage)
        stage.play(waiting(stage, None, 0.2))
        assert abs(carried(stage) - before) < 0.0005, "it lies still"
        assert carried(stage) > 0.3
        assert max(heights) - min(heights) < 0.001, "nothing jumps or sinks between the rollers"
        assert max(speeds) < 0.15, "nothing is faster than the rollers, but for a jolt"
        assert stage.world.pose("thing").rotation[2, 2] > 0.999
        assert set(stage.processes.belts.speeds.values()) == {0.0}


def test_the_rollers_stand_while_nothing_is_waited_for_and_stop_when_the_wait_is_over():
    with Stage(with_belt(BOX)) as stage:
        stage.play(waiting(stage, None, 1.0))
        assert abs(carried(stage)) < 0.001
        (finding,) = stage.play(waiting(stage, seconds=1.5)).findings
        assert finding.code == "jammed" and "has stopped before the end" in finding.what
        there = carried(stage)
        assert 0.05 < there < 0.25
        stage.play(waiting(stage, None, 1.0))
        assert carried(stage) < there + 0.002


def test_a_halted_robot_stops_the_rollers_at_once():
    with Stage(with_belt(BOX)) as stage:
        belts = stage.processes.belts
        for _ in range(6):
            belts.look(ARRIVED)
        assert belts.speeds["conveyor"] == pytest.approx(6 * RAMP)
        belts.stop()
        assert belts.speeds["conveyor"] == 0.0


@pytest.mark.parametrize(
    ("things", "more", "code", "said"),
    [
        ((lying("thing", "box", friction=0.0),), (), "missed", "does not carry it"),
        ((lying("thing", "peg", radius=0.017),), (), "toppled", "lies on its side"),
        ((lying("thing", "box", length=0.1, width=0.17, yaw=1.5708),), (), "missed", "does not carry it"),
        ((BOX,), (post((0.06, 0.0, 0.075)),), "jammed", "has stopped before the end"),
        ((BOX, lying("other", "can", on="conveyor_end_region", xy=(0.0, 0.04))), (), "jammed", "'other' interrupts"),
    ],
    ids=["without friction", "a thin pin", "wider than the rollers", "a post in the way", "something at the end"],
)
def test_what_does_not_arrive_is_told_apart(things, more, code, said):
    with Stage(with_belt(*things, more=more)) as stage:
        (finding,) = stage.play(waiting(stage, seconds=3.0)).findings
        assert (finding.code, finding.where) == (code, "nodes.n1")
        assert said in finding.what
        assert not stage.processes.belts.arrived(ARRIVED)


def test_a_robot_near_it_stops_it():
    for height, near in ((0.36, False), (0.44, True)):  # the tip of the hand is at 0.467 m, over the rollers
        with Stage(with_belt(BOX, at=(-0.22, 0.0), height=height)) as stage:
            stage.processes.belts.look(ARRIVED)
            assert (stage.processes.belts.speeds["conveyor"] == 0.0) == near
            found = stage.play(waiting(stage, seconds=0.5)).findings
            assert [f.code for f in found] == ["blocked" if near else "jammed"]
            assert ("the robot is within 50 mm" in found[0].what) == near


def test_other_facts_are_no_affair_of_a_conveyor():
    with Stage(with_belt(BOX)) as stage:
        stage.processes.look(0.0, Literal("on", ("thing", "conveyor_start_region")))
        assert stage.processes.belts.speeds["conveyor"] == 0.0
        assert stage.processes.ended(Literal("on", ("thing", "conveyor_start_region")))
