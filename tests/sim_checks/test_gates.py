"""The geometric and physics gates pass what works and veto what does not."""

import ast
from pathlib import Path

import pytest

from planner.compile import compile_draft
from sim_checks.bullet.perturb import Perturbation
from sim_checks.gates import GateReport, GateSettings, check_plan
from sim_checks.motion_file import motions_sha256
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome
from skills.graph import Draft, SkillGraph
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, RobotSpec, Scene, resting
from skills.symbols import Goal, Literal

QUICK = GateSettings(claim=Claim(least=0.4, good=0.97), attempts=3, revisions=0)
PLATE = resting("plate_1", "plate", "table_1", 0.0, 0.15)


def _scene(*objects: ObjectSpec, fixtures: tuple[Fixture, ...] = ()) -> Scene:
    table = Fixture(id="table_1", kind="table", pose=PoseSpec(position=(0, 0, 0)))
    robot = RobotSpec(pose=PoseSpec(position=(-0.65, 0, 0)))
    return Scene(name="bench", robots=(robot,), fixtures=(table, *fixtures), objects=objects)


def _graph(scene: Scene, goal: str) -> SkillGraph:
    graph = compile_draft(Draft(Goal((Literal.parse(goal),))), scene).graph
    assert graph is not None
    return graph


def _check(scene: Scene, goal: str, settings: GateSettings = QUICK) -> GateReport:
    return check_plan(_graph(scene, goal), scene, settings)


def _mug(x: float = -0.1, y: float = -0.1, **changes: float) -> ObjectSpec:
    return ObjectSpec(id="mug_1", kind="mug", placement=Placement(on="table_1", xy=(x, y)), **changes)


def test_a_mug_on_a_plate_passes_all_three_twice_alike() -> None:
    scene = _scene(_mug(), PLATE)
    first, again = (_check(scene, "on(mug_1, plate_1)") for _ in range(2))
    assert first, [v.findings for v in first.verdicts]
    assert [v.gate for v in first.verdicts] == ["symbolic", "geometric", "physics"]
    assert motions_sha256(first.motions) == motions_sha256(again.motions)
    assert [v.to_json() for v in first.verdicts] == [v.to_json() for v in again.verdicts]
    assert set(first.assets) == {"table_1", "mug_1", "plate_1", "panda", "panda.description"}


def test_a_drawer_opens_by_its_handle() -> None:
    cabinet = Fixture(id="cab_1", kind="cabinet", placement=Placement(on="table_1", xy=(0.0, -0.3), yaw=1.5708))
    assert _check(_scene(fixtures=(cabinet,)), "open(cab_1_middle_region)")


@pytest.mark.parametrize(
    ("scene", "code"),
    [
        pytest.param(_scene(_mug(x=0.45), PLATE), "out-of-reach", id="out of reach"),
        pytest.param(
            _scene(
                _mug(),
                PLATE,
                *(
                    ObjectSpec(
                        id=f"wall_{k}",
                        kind="box",
                        params={"length": 0.16, "width": 0.05, "height": 0.25},
                        placement=Placement(on="table_1", xy=(-0.1 + dx, -0.1 + dy), yaw=yaw),
                    )
                    for k, (dx, dy, yaw) in enumerate(
                        ((0.09, 0, 1.5708), (-0.09, 0, 1.5708), (0, 0.09, 0.0), (0, -0.09, 0.0))
                    )
                ),
            ),
            "no-motion",
            id="walled in",
        ),
    ],
)
def test_no_motion_is_a_fail_of_the_geometric_gate(scene: Scene, code: str) -> None:
    report = _check(scene, "on(mug_1, plate_1)")
    verdict = report.verdict("geometric")
    assert verdict is not None
    assert verdict.outcome is Outcome.FAIL
    assert [f.code for f in verdict.findings] == [code]
    assert verdict.findings[0].where == "nodes.n1"
    assert report.verdict("physics") is None


@pytest.mark.parametrize("change", [{"friction": 0.02}, {"mass": 12.0}], ids=["slippery", "heavy"])
def test_what_the_strongest_grip_would_let_slip_is_a_fail_of_the_geometric_gate(change: dict[str, float]) -> None:
    verdict = _check(_scene(_mug(**change), PLATE), "on(mug_1, plate_1)").verdict("geometric")
    assert verdict is not None and verdict.outcome is Outcome.FAIL
    assert [(f.code, f.where) for f in verdict.findings] == [("too-heavy", "nodes.n1")]


@pytest.mark.parametrize(
    "change",
    [{"friction": 0.004, "mass": 0.025}, {"friction": 3.0, "mass": 16.0}],
    ids=["light but like soap", "rough but more than the arm lifts"],
)
def test_what_is_lost_although_its_weight_could_be_held_is_a_fail_of_the_physics_gate(
    change: dict[str, float],
) -> None:
    report = _check(_scene(_mug(**change), PLATE), "on(mug_1, plate_1)")
    assert report.verdict("geometric")
    verdict = report.verdict("physics")
    assert verdict is not None
    assert verdict.outcome is Outcome.FAIL
    assert verdict.findings[0].code in {"effect-missed", "collided"}


def test_a_world_that_varies_too_much_earns_no_pass() -> None:
    wild = GateSettings(claim=Claim(), perturbation=Perturbation(position=0.06), attempts=2, revisions=0)
    report = _check(_scene(_mug(), PLATE), "on(mug_1, plate_1)", wild)
    verdict = report.verdict("physics")
    assert verdict is not None
    assert verdict.outcome is not Outcome.PASS


def test_a_gate_that_runs_out_of_time_is_unknown_and_no_pass() -> None:
    report = _check(_scene(_mug(), PLATE), "on(mug_1, plate_1)", GateSettings(timeout_s=0.2))
    assert not report
    assert report.verdicts[-1].outcome is Outcome.UNKNOWN
    assert report.verdicts[-1].findings[0].code == "worker-timeout"


def test_nothing_is_teleported_while_it_is_judged() -> None:
    root = Path(__file__).parents[2] / "sim_checks"
    setters = {"resetBasePositionAndOrientation", "resetJointState", "resetBaseVelocity", "createConstraint"}
    room = [root / name for name in ("rehearsal", "rollout", "halving", "physics", "effects", "remedy")]
    judged = [p.with_suffix(".py") for p in (*room, root / "bullet" / "stage", root / "bullet" / "sight")]
    for path in judged:
        names = {n.attr for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Attribute)}
        assert not names & (setters | {"place", "put", "restore_for_planning"}), path


def test_a_free_side_of_a_thing_is_a_place_and_a_taken_one_is_not() -> None:
    free = _scene(_mug(), PLATE)
    assert _check(free, "on(mug_1, plate_1.left)"), "the left of the plate is free"
    taken = _scene(_mug(x=-0.2, y=-0.2), PLATE, resting("tray_1", "tray", "table_1", 0.0, -0.05))
    report = _check(taken, "on(mug_1, plate_1.left)")
    verdict = report.verdict("geometric")
    assert verdict is not None
    assert verdict.outcome is Outcome.FAIL
