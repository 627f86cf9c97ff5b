"""The same motions at two time steps: a firm grasp says the same twice, a grasp on the edge of slipping does not."""

from functools import cache

import pytest

from planner.compile import compile_draft
from sim_checks.bullet.perturb import Perturbation
from sim_checks.counterexample import parse
from sim_checks.geometric import Choices
from sim_checks.halving import compare
from sim_checks.physics import PhysicsReport, examine
from sim_checks.rehearsal import Nominal, rehearse_nominal
from sim_checks.remedy import Remedy
from sim_checks.rollout import World, play_through
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome
from skills.graph import SkillGraph
from skills.scene import Scene
from tests.small import QUICK, draft, table_top

EDGES = (0.06, 0.065, 0.055, 0.0625, 0.0575, 0.0675, 0.0525, 0.07, 0.05)
"""Frictions of a can on the edge of slipping; at one of them it slips at one time step and is held at the other."""
SEED = 3


def _scene(friction: float) -> Scene:
    scene = table_top()
    can = scene.objects[0].model_copy(update={"friction": friction})
    return scene.model_copy(update={"objects": (can, scene.objects[1])})


def _graph(scene: Scene) -> SkillGraph:
    graph = compile_draft(draft(["on(can, plate)"]), scene).graph
    assert graph is not None
    return graph


@cache
def _planned() -> Nominal:
    scene = table_top()
    nominal = rehearse_nominal(_graph(scene), scene, SEED, Choices(), attempts=1)
    assert not nominal.physical and not nominal.geometric
    return nominal


@cache
def _edge() -> float:
    """Returns the first friction at which the two time steps differ."""
    for friction in EDGES:
        scene = _scene(friction)
        usual, half = (play_through(_graph(scene), _planned().motions, World(scene, finer=k)) for k in (1, 2))
        if bool(usual) != bool(half):
            return friction
    raise AssertionError("no friction was found at which the two time steps differ")


def test_a_firm_grasp_is_the_same_at_both_time_steps() -> None:
    scene = table_top()
    compared = compare(_graph(scene), _planned().motions, World(scene), ())
    assert compared
    assert compared.evidence == {"1/240 s": "achieved", "1/480 s": "achieved"}


def test_a_grasp_on_the_edge_is_another_at_half_of_the_time_step() -> None:
    scene = _scene(_edge())
    graph, world = _graph(scene), World(scene)
    usual = play_through(graph, _planned().motions, world)
    compared = compare(graph, _planned().motions, world, usual)
    assert bool(usual) != bool(compared.half) and not compared
    assert sorted(said == "achieved" for said in compared.evidence.values()) == [False, True]
    assert compared.finding.code == "time-step" and compared.finding.where.startswith("nodes.")


def _examined(friction: float, monkeypatch: pytest.MonkeyPatch) -> PhysicsReport:
    """Examines the plan with the motions of the firm can, whatever its friction is, and with no other candidate."""
    scene = _scene(friction)
    claim: Claim = QUICK.gates.claim

    def played(graph: SkillGraph, world: World, *_: object) -> Nominal:
        motions = _planned().motions
        wrong = play_through(graph, motions, world)
        return Nominal(motions, (), tuple(i.finding for i in wrong), wrong, remedies=[Remedy("candidate", "n1")])

    monkeypatch.setattr("sim_checks.physics.rehearsed", played)
    return examine(_graph(scene), scene, claim, Perturbation(), 1, 0, SEED)


def test_the_gate_is_inconclusive_about_what_depends_on_the_time_step(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = _examined(_edge(), monkeypatch).physics
    assert verdict is not None and not verdict
    assert verdict.outcome is Outcome.INCONCLUSIVE
    assert [f.code for f in verdict.findings] == ["time-step"]
    assert verdict.outcome.value == "inconclusive"
    steps = verdict.evidence["time_steps"]
    assert isinstance(steps, dict) and sorted(said == "achieved" for said in steps.values()) == [False, True]
    shown = verdict.counterexample
    assert shown is not None and shown.contact is not None and shown.code != "time-step"
    again = parse(shown.to_json())
    assert again.to_json() == shown.to_json()


def test_the_gate_fails_what_slips_at_both_and_passes_what_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    failed, passed = (_examined(f, monkeypatch).physics for f in (0.02, 0.6))
    assert failed is not None and failed.outcome is Outcome.FAIL
    assert failed.counterexample is not None and failed.counterexample.bodies[0] == "can"
    assert passed is not None and passed.outcome is Outcome.PASS and passed.counterexample is None
