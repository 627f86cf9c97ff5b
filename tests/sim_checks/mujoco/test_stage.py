"""What stands rests, a drawer obeys friction, a can is lifted; and none of it where it should not."""

import ast
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mujoco", reason="the extra [transfer] is not installed")

import sim_checks.mujoco
from planner.scenes import with_robot
from sim_checks.errors import BuildError
from sim_checks.mujoco.engine import mujoco
from sim_checks.mujoco.stage import MujocoStage
from skills.motion import Motion, Segment
from skills.scene import Fixture, Placement, resting
from tests.sim_checks.lines import with_belt
from tests.sim_checks.mujoco.tops import can_at, table

KINDS = ("can", "bottle", "akita_black_bowl", "plate", "red_coffee_mug", "milk", "basket", "moka_pot", "block")


def test_things_of_every_family_rest_where_the_rehearsal_has_them():
    spots = [(x, y) for x in (-0.3, -0.05, 0.2) for y in (-0.35, 0.0, 0.35)]
    things = [resting(f"{k}_1", k, "table", x, y) for k, (x, y) in zip(KINDS, spots, strict=True)]
    stage = MujocoStage(table(*things))
    assert max(stage.drift.values()) < 0.0005
    assert all(stage.world.touching(t.id, "table") for t in things)
    assert not stage.world.touching("can_1", "bottle_1")


@pytest.mark.parametrize(("share", "moves"), [(0.5, False), (3.0, True)])
def test_a_drawer_moves_when_it_is_pulled_harder_than_its_friction(share, moves):
    stage = MujocoStage(
        table(Fixture(id="cabinet", kind="white_cabinet", placement=Placement(on="table", xy=(0.1, 0.2))))
    )
    mechanism = stage.world.assets["cabinet"].mechanisms["top_region"]
    joint = stage.model.joint(f"cabinet/{mechanism.joint}")
    before = float(stage.data.qpos[joint.qposadr[0]])
    way = np.sign(mechanism.opened - mechanism.closed)
    stage.data.qfrc_applied[joint.dofadr[0]] = way * share * mechanism.friction
    mujoco.mj_step(stage.model, stage.data, 240)
    moved = abs(float(stage.data.qpos[joint.qposadr[0]]) - before)
    assert moved > 0.05 if moves else moved < 0.001
    if moves:
        assert stage.world.opening("cabinet_top_region") > 0.2


def held_after(motion, scene, hold_s=5.0):
    """Plays a pick and a pause; returns the stage, and what was seen in both."""
    stage = MujocoStage(scene)
    first = stage.play(motion)
    last = motion.segments[-1]
    still = np.stack([last.joints[-1]] * 2)
    pause = Motion("hold", (Segment("hold", np.array([0.0, hold_s]), still, last.width, last.force),))
    return stage, first, stage.play(pause)


def test_a_gripped_can_is_lifted_and_does_not_creep_for_five_seconds(pick):
    stage, lifted, paused = held_after(pick[1], can_at())
    assert stage.world.held() == "can" and stage.world.pose("can").position[2] > 0.08
    assert lifted.slip < 0.002 and paused.slip < 0.002
    assert not lifted.lost() and not lifted.hit
    assert stage.arm.joints() == pytest.approx(pick[1].segments[-1].joints[-1], abs=0.003)


def test_state_is_set_outright_only_before_anything_moves():
    """Nothing but `Arm.place` and the stage's beginning writes positions or speeds."""
    for path in sorted(Path(str(sim_checks.mujoco.__file__)).parent.glob("*.py")):
        tree = ast.parse(path.read_text())
        for function in [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]:
            targets = [t for n in ast.walk(function) if isinstance(n, ast.Assign | ast.AugAssign) for t in _targets(n)]
            written = {a.attr for t in targets for a in ast.walk(t) if isinstance(a, ast.Attribute)}
            if written & {"qpos", "qvel", "xfrc_applied", "qfrc_applied", "mocap_pos"}:
                assert (path.name, function.name) in {("arm.py", "place"), ("stage.py", "__init__")}


def _targets(node):
    return node.targets if isinstance(node, ast.Assign) else [node.target]


def test_a_robot_that_sucks_is_not_built():
    with pytest.raises(BuildError, match="knows fingers alone") as caught:
        MujocoStage(with_robot(can_at(), "cell"))
    assert caught.value.finding.code == "no-suction"


def test_a_scene_with_a_conveyor_is_not_built():
    with pytest.raises(BuildError, match="is not told how its rollers are run") as caught:
        MujocoStage(with_belt(robot="franka_panda"))
    assert caught.value.finding.code == "no-conveyor"
