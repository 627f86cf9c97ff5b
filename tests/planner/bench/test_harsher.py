"""The harsher simulation is harsher, its faults are physical ones, and its shares have the stated denominators."""

import numpy as np
import pytest

from planner.bench.gates.harsher import (
    CARRYING,
    FAULTS,
    FINER,
    ITERATIONS,
    STRONGEST,
    Harsh,
    HarshWorld,
    gripped_anyway,
    heavy,
    play_through,
    playable,
    summary,
    tasks,
)
from planner.bench.task import Row
from planner.compile import compile_draft
from planner.scenes import open_scene
from sim_checks.bullet.perturb import Perturbation
from sim_checks.gates import GateReport
from sim_checks.verdict import Outcome, Verdict
from skills.graph import Draft, Step
from skills.motion import Motion
from skills.robots.description import load_description
from skills.robots.names import shipped
from skills.symbols import Goal
from tests.small import table_top


def test_a_harsh_world_takes_finer_steps_and_more_iterations() -> None:
    scene = open_scene("kitchen").scene
    with HarshWorld(scene, 1, Perturbation(), FINER).stage() as stage:
        assert stage.client.finer == FINER == 4 and stage.client.solver_iterations == ITERATIONS == 200


def test_half_of_the_cases_have_a_fault_and_no_two_are_the_same() -> None:
    found = tasks(60)
    assert [t.instruction == "sound" for t in found] == [True, False] * 30
    assert {t.instruction for t in found} == {"sound", *FAULTS}
    assert len({t.key for t in found}) == 60
    faulty = [t for t in found if t.instruction != "sound"]
    assert {t.name for t in faulty} <= set(CARRYING) and len({(t.name, t.instruction) for t in faulty}) > 20


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_changes_one_physical_figure_and_no_symbol(fault: str) -> None:
    scene = open_scene("kitchen").scene
    thing = scene.objects[0].id
    changed = FAULTS[fault](scene, thing, np.random.default_rng(1))
    assert changed.sha256 != scene.sha256 and changed.initial_state() == scene.initial_state()
    assert [o.id for o in changed.objects] == [o.id for o in scene.objects]


def test_one_failure_is_judged_by_more_worlds() -> None:
    assert Harsh(10, 10).good and Harsh(30, 40).good
    assert not Harsh(29, 40).good and not Harsh(0, 9).good


def test_a_plan_that_missed_on_its_way_is_judged_by_its_first_steps() -> None:
    def report(motions: int, gate: str) -> GateReport:
        motion = Motion("n1", ())
        return GateReport((Verdict(gate, Outcome.FAIL),), (motion,) * motions)

    assert playable(report(2, "physics"), 2) and playable(report(1, "physics"), 2)
    assert not playable(report(1, "geometric"), 2) and not playable(report(0, "physics"), 2)


def test_what_is_refused_for_its_weight_is_gripped_as_hard_as_the_fingers_can_and_still_slips() -> None:
    twin = table_top()
    scene = heavy(twin, "can", np.random.default_rng(0))
    assert next(o.mass for o in scene.objects if o.id == "can") > 6.0
    draft = Draft(Goal(()), (Step("pick", ("can",)), Step("place_on", ("can", "plate"))))
    graph = compile_draft(draft, scene).graph
    assert graph is not None
    assert gripped_anyway(graph, scene, graph.nodes[0].id, STRONGEST) == (), "where the twin is as heavy, nothing"
    motions = gripped_anyway(graph, twin, graph.nodes[0].id, STRONGEST)
    assert len(motions) == 1 and {s.force for s in motions[0].segments} == {STRONGEST}
    found = play_through(graph, motions, HarshWorld(scene, 1, Perturbation(), FINER))
    assert [i.finding.code for i in found] == ["effect-missed"]


def test_the_strongest_grip_is_the_one_of_the_robot_that_is_judged() -> None:
    path = shipped("panda")
    assert path is not None and load_description(path).limbs[0].gripper.force == STRONGEST


def test_shares_are_of_what_they_say() -> None:
    def row(seed: int, accepted: bool, good: bool, stage: str = "judged") -> Row:
        return Row("pick", "sound", seed, stage, physics_pass=accepted, goal_met=good)

    rows = [row(0, True, True), row(1, True, True), row(2, True, True), row(3, True, False)]
    rows += [row(4, False, False), row(5, False, True), row(6, False, False, "unjudged")]
    found = summary(rows)
    assert (found["false_accept"], found["false_reject"]) == (0.5, 0.25)
    assert (found["bad_of_accepted"], found["good_of_rejected"]) == (0.25, 0.5)
    assert (found["accepted"], found["rejected"], found["unjudged"]) == (4, 2, 1)
    assert summary([])["false_accept"] is None
