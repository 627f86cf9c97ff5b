"""Plans over a conveyor: rehearsed, refused where something is in the way, and the arm drawn back from it."""

from dataclasses import replace

import numpy as np
import pytest

from planner.compile import compile_draft
from sim_checks.bullet.stage import Stage
from sim_checks.diagnosis import Before, Failure, diagnose, unplanned
from sim_checks.geometric import Choices, requests
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.waiting import waited
from sim_checks.rehearsal import Nominal, rehearse_nominal
from skills.belt import end_of
from skills.graph import SkillGraph
from skills.scene import Scene
from skills.symbols import Literal
from tests.sim_checks.lines import ARRIVED, lying, post, with_belt
from tests.small import draft

ON_BENCH = {"on": "bench", "xy": (-0.2, 0.0)}
BOX = lying("thing", "box", **ON_BENCH)


def planned(scene: Scene, goals=(), steps=()) -> tuple[SkillGraph, Nominal]:
    graph = compile_draft(draft(goals, steps), scene).graph
    return graph, rehearse_nominal(graph, scene, 1, Choices(), 1)


@pytest.fixture(scope="module")
def sent() -> tuple[Scene, SkillGraph, Nominal]:
    """A box, picked, put on the start and conveyed to the end."""
    scene = with_belt(BOX)
    return scene, *planned(scene, [str(ARRIVED)])


def test_a_box_is_sent_to_the_end(sent):
    scene, graph, found = sent
    assert [n.step.skill for n in graph.ordered()] == ["pick", "place_on", "convey"]
    assert (found.geometric, found.physical) == ((), ())
    (wait,) = found.motions[-1].segments
    assert (wait.name, wait.until) == ("wait", ARRIVED)
    assert found.played_s < sum(m.duration for m in found.motions)


def test_an_arm_left_over_the_belt_stops_it_and_is_drawn_back_by_the_planner(sent):
    scene, graph, found = sent
    pick, place, convey = found.motions
    left = replace(place, segments=place.segments[:-1])
    with Stage(scene) as stage, Stage(scene) as shadow:
        for motion in (pick, left):
            stage.play(motion)
        planning = Planning(shadow.robot, shadow.world, scene, 1)
        planning.sync(stage.snapshot(), stage.held())
        stubborn = replace(convey, segments=(waited(planning, planning.joints, ARRIVED, 1.0),))
        request = requests(graph, scene)[convey.node]
        before = Before.of(stage.world, request)
        (finding,) = stage.play(stubborn).findings
        assert finding.code == "blocked" and "the robot is within" in finding.what
        assert diagnose(request, finding, before, stage.world) is Failure.BLOCKED

        from sim_checks.motion.conveying import plan_convey

        ((index, segments),) = plan_convey(planning, ARRIVED, (), Trail())
        assert (index, [s.name for s in segments]) == (1, ["retreat", "wait"])
        assert np.allclose(segments[-1].joints[-1], planning.robot.home)
        assert not stage.play(replace(convey, segments=segments)).findings


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        (with_belt(lying("thing", "box"), more=(post((0.06, 0.0, 0.075)),)), "contact of thing and post on the way"),
        (with_belt(lying("thing", "box"), more=(post((0.06, 0.0, 0.12)),)), "contact of thing and post on the way"),
    ],
    ids=["a post in the way", "a portal that is too low"],
)
def test_what_would_not_get_there_has_no_motion(scene, said):
    _, found = planned(scene, steps=["convey(thing, conveyor)"])
    (finding,) = found.geometric
    assert (finding.code, finding.where) == ("no-motion", "nodes.n1")
    assert said in finding.what
    assert unplanned(finding) is Failure.BLOCKED


def test_a_flat_part_passes_under_the_portal():
    scene = with_belt(lying("thing", "box", length=0.07, width=0.05, height=0.02), more=(post((0.06, 0.0, 0.12)),))
    _, found = planned(scene, steps=["convey(thing, conveyor)"])
    assert (found.geometric, found.physical) == ((), ())


def test_what_is_wider_than_the_belt_finds_no_place_on_it():
    wide = lying("thing", "box", on="bench", xy=(-0.25, 0.0), length=0.17, width=0.17, height=0.04)
    _, found = planned(with_belt(wide), [str(ARRIVED)])
    (finding,) = found.geometric
    assert finding.where == "nodes.n2" and "no spot where it would rest" in finding.what


def test_what_tips_over_on_the_way_is_refused_by_the_rehearsal():
    graph, found = planned(with_belt(lying("thing", "peg", radius=0.017)), steps=["convey(thing, conveyor)"])
    assert found.geometric == ()
    assert found.physical[0].code == "toppled"


def test_nothing_is_conveyed_where_no_conveyor_is():
    with Stage(with_belt(lying("thing", "box"))) as shadow:
        from sim_checks.motion.conveying import plan_convey

        planning, trail = Planning(shadow.robot, shadow.world, shadow.scene, 1), Trail()
        assert not list(plan_convey(planning, Literal("on", ("thing", "bench")), (), trail))
        assert "nothing there conveys" in str(trail)
        assert list(plan_convey(planning, Literal("on", ("thing", end_of("conveyor"))), (0, 1), trail)) == []
