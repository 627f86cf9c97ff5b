"""One plan on several bodies: certified where the body can do it, a typed finding where it cannot."""

from pathlib import Path

import pytest
import yaml

from planner.compile import compile_draft
from planner.outcome import Planned, Refused
from planner.rehearsal import Rehearsal
from planner.scenes import with_robot
from sim_checks.bullet.stage import Stage
from sim_checks.motion.picking import plan_pick
from sim_checks.motion.planning import Planning, Trail
from skills.graph import SkillGraph
from skills.robots.names import FOLDER
from skills.scene import resting
from tests.small import QUICK, draft, table_top

SCENE = table_top()


def _plan(scene=SCENE, goal: str = "on(can, plate)") -> SkillGraph:
    graph = compile_draft(draft([goal]), scene).graph
    assert graph is not None
    return graph


def _on(robot: str | Path, scene=SCENE) -> Planned | Refused:
    return Rehearsal(scene, settings=QUICK, robot=robot).validate(_plan(scene))


@pytest.mark.parametrize(("robot", "joints"), [("kuka_wsg50", 7), ("xarm6", 6), ("cell", 7)])
def test_the_same_plan_is_certified_on_another_body(robot: str, joints: int) -> None:
    outcome = _on(robot)
    assert isinstance(outcome, Planned), outcome.findings
    assert {s.joints.shape[1] for m in outcome.certified.motions for s in m.segments} == {joints}
    assets = outcome.certified.certificate.payload["assets"]
    assert {robot, f"{robot}.description"} < set(assets)
    assert outcome.certified.scene.robots[0].kind == robot


def _panda(folder: Path, **changes: object) -> Path:
    """Writes a description that differs from the Panda's."""
    path = folder / "mine.robot.yaml"
    path.write_text(yaml.safe_dump({**yaml.safe_load((FOLDER / "panda.robot.yaml").read_text()), **changes}))
    return path


def test_a_narrow_gripper_is_told_that_the_thing_is_too_wide(tmp_path) -> None:
    gripper = yaml.safe_load((FOLDER / "panda.robot.yaml").read_text())["gripper"]
    outcome = _on(_panda(tmp_path, name="narrow", gripper={**gripper, "opening": 0.05}))
    assert isinstance(outcome, Refused)
    assert [(f.code, f.where) for f in outcome.findings] == [("too-wide-for-gripper", "nodes.n1")]


def test_a_body_without_the_ability_says_so(tmp_path) -> None:
    outcome = _on(_panda(tmp_path, name="picker", abilities=["push_along"]))
    assert isinstance(outcome, Refused)
    assert [f.code for f in outcome.findings] == ["no-such-skill-on-this-body"]


def test_what_the_longer_arm_reaches_is_out_of_reach_of_the_shorter() -> None:
    far = table_top(resting("block", "block", "table", 0.3, -0.02))
    with Stage(with_robot(far, "kuka_wsg50")) as shadow:
        assert any(True for _ in plan_pick(Planning(shadow.robot, shadow.world, far, 1), "block", (), Trail()))
    short = Rehearsal(far, settings=QUICK, robot="xarm6").validate(_plan(far, "on(block, plate)"))
    assert isinstance(short, Refused)
    assert [f.code for f in short.findings] == ["out-of-reach"]
    assert "robot" in short.findings[0].remedy
