"""Two arms on one clock: they keep apart all the way, the one waits where they would meet, and the goal is reached."""

from dataclasses import replace

import numpy as np
import pytest

from planner.bench.together import draw_task
from planner.compile import compile_draft
from planner.routing import with_drives
from planner.together import paired
from sim_checks import symbolic
from sim_checks.bullet.apart import ARMS_M, Apart
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.recording import FRAME_S, Recording
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.joining import SHIFT, TICK_S, Part, join
from sim_checks.motion.planning import Planning
from sim_checks.motion_cache import MotionCache, rehearsed
from sim_checks.motion_file import load_motions, motions_sha256, save_motions
from sim_checks.physics import examine
from sim_checks.rehearsal import Nominal
from sim_checks.rollout import World
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome
from skills.finding import Finding
from skills.graph import Draft, SkillGraph, Together
from skills.motion import Grip, Motion, Segment
from skills.predicates import holds
from skills.scene import RobotSpec, Scene
from skills.symbols import Literal

WAIT_S = 0.5
"""How long a swinging arm stays where it swung to [s]."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory) -> tuple[SkillGraph, Scene, Nominal, MotionCache]:
    """Two things on a table, each to be put on its place, by two arms."""
    drawn = draw_task("lay", 0)
    graph = with_drives(compile_draft(Draft(drawn.goal), drawn.scene), drawn.scene).graph
    assert graph is not None
    both, known = paired(graph, drawn.scene), MotionCache(tmp_path_factory.mktemp("motions"))
    return both, drawn.scene, rehearsed(both, World(drawn.scene), 5, Choices(), 8, known=known), known


def gap(stage: Stage, planning: Planning) -> float:
    """Returns how far the two arms are apart in a rehearsal [m], at most 0.1."""
    seen = Recording(stage)
    return Apart(planning.robot, planning.world, (0, 1), (seen, seen)).gap(0, 0, 0.1)


def test_two_errands_are_done_at_once_and_apart(laid) -> None:
    graph, scene, nominal, _ = laid
    assert nominal.geometric == () and nominal.physical == ()
    drive, both = nominal.motions
    assert both.nodes == ("n2", "n3", "n4", "n5") and drive.nodes == ("n1",)
    gaps, held = list[float](), set()
    with Stage(scene) as shadow, Stage(scene) as stage:
        planning = Planning(shadow.robot, shadow.world, scene, 0)
        stage.play(drive)
        base = stage.robot.joints()[stage.robot.driving]
        joints = np.concatenate([s.joints for s in both.segments])
        moved = [np.ptp(joints[:, limb.columns], axis=0).max() for limb in stage.robot.limbs]
        arms = [limb.gripper for limb in stage.robot.limbs]

        def look() -> None:
            gaps.append(gap(stage, planning))
            held.add(tuple(bool(a.holding() & {stage.world.body(t) for t in stage.world.movable}) for a in arms))

        assert not stage.play(both, look, 4 * FRAME_S).findings
        assert all(holds(literal, stage.world) for literal in graph.goal.literals)
        assert np.abs(stage.robot.joints()[stage.robot.driving] - base).max() < 0.01
    assert min(moved) > 0.5, "both arms move"
    assert (True, True) in held, "each hand holds its thing for a while"
    assert min(gaps) >= ARMS_M - 0.005  # in physics, where the arms lag behind their targets a little


def test_joined_motions_that_are_known_are_not_planned_again(laid) -> None:
    graph, scene, nominal, known = laid
    again = rehearsed(graph, World(scene), 5, Choices(), 8, known=known)
    assert again.planning_s == 0.0 and nominal.planning_s > 0.0
    assert motions_sha256(again.motions) == motions_sha256(nominal.motions)


def test_a_joined_motion_is_kept_and_read_again(laid, tmp_path) -> None:
    motions = laid[2].motions
    save_motions(tmp_path / "motions.npz", motions)
    again = load_motions(tmp_path / "motions.npz")
    assert [m.nodes for m in again] == [m.nodes for m in motions]
    assert [s.also for m in again for s in m.segments] == [s.also for m in motions for s in m.segments]
    assert motions_sha256(again) == motions_sha256(motions)
    alone = [replace(m, also=()) for m in motions]
    assert motions_sha256(alone) != motions_sha256(motions)


def hall() -> Scene:
    spec = RobotSpec.model_validate({"id": "robot", "kind": "home", "pose": {"position": (0.0, 0.0, 0.0)}})
    return Scene(schema="rehearse.scene/1", name="hall", robots=(spec,))


def sweep(stage: Stage, arm: int, first: float) -> Motion:
    """Returns a swing of one arm by an angle [rad], a stay there, the way back, and two swings to the outside."""
    robot, outside = stage.robot, 0.5 if arm == 0 else -0.5
    home, shoulder = robot.joints(), robot.limbs[arm].columns[0]
    turns = [0.0, first, first, 0.0, outside, 0.0, outside, 0.0]
    times = np.cumsum([0.0, 1.0, WAIT_S, 1.0, 1.0, 1.0, 1.0, 1.0])
    joints = np.tile(home, (len(turns), 1))
    joints[:, shoulder] += turns
    return Motion(f"n{arm}", (Segment("transit", times, joints, 0.04, hand=arm),))


def swept(stage: Stage, planning: Planning, swings: tuple[float, float]) -> tuple[Part, Part]:
    """Returns both sweeps, played one after the other and recorded."""
    parts = []
    for arm in (0, 1):
        motion, seen = sweep(stage, arm, swings[arm]), Recording(stage)
        assert not stage.play(motion, seen.look, FRAME_S).findings
        parts.append(Part((motion,), arm, seen))
    planning.sync(stage.snapshot(), None)
    return parts[0], parts[1]


def test_arms_that_would_meet_go_one_later_than_the_other() -> None:
    scene = hall()
    with Stage(scene) as shadow, Stage(scene) as stage:
        planning = Planning(shadow.robot, shadow.world, scene, 0)
        parts = swept(stage, planning, (-0.55, 0.55))
        apart = Apart(planning.robot, planning.world, (0, 1), (parts[0].seen, parts[1].seen))
        assert apart.meeting(0.0, 0.0) == "the two arms"
        joined = join(planning, (), parts, "together[0]")
        assert isinstance(joined, Motion)
        alone = parts[0].motions[0].duration
        assert joined.duration >= alone + SHIFT * TICK_S  # one of them waits
        assert joined.duration <= 0.9 * 2 * alone
        gaps: list[float] = []
        with Stage(scene) as again:
            assert not again.play(joined, lambda: gaps.append(gap(again, planning)), 2 * FRAME_S).findings
        assert min(gaps) >= ARMS_M - 0.005


def test_arms_that_do_meet_are_seen_in_the_rehearsal() -> None:
    with Stage(hall()) as stage:
        one, other = (sweep(stage, arm, turn).segments[0] for arm, turn in ((0, -0.55), (1, 0.55)))
        joints = one.joints + other.joints - stage.robot.joints()
        both = replace(one, joints=joints, also=(Grip(1, other.width, other.force),))
        found = stage.play(Motion("n1", (both,))).findings
    assert [f.code for f in found] == ["collided"] and "the other arm" in found[0].what


def test_arms_whose_ways_are_free_of_each_other_go_at_the_same_time() -> None:
    scene = hall()
    with Stage(scene) as shadow, Stage(scene) as stage:
        planning = Planning(shadow.robot, shadow.world, scene, 0)
        parts = swept(stage, planning, (0.3, -0.3))
        joined = join(planning, (), parts, "together[0]")
        assert isinstance(joined, Motion)
        assert joined.duration == pytest.approx(parts[0].motions[0].duration, abs=0.02)


def test_what_moves_both_arms_or_one_arm_always_in_the_way_is_not_joined() -> None:
    scene = hall()
    with Stage(scene) as shadow, Stage(scene) as stage:
        planning = Planning(shadow.robot, shadow.world, scene, 0)
        first, second = swept(stage, planning, (0.3, -0.3))
        one, other = (part.motions[0].segments[0] for part in (first, second))
        both = replace(other, joints=other.joints + one.joints)
        wild = replace(second, motions=(replace(second.motions[0], segments=(both,)),))
        found = join(planning, (), (first, wild), "together[0]")
        assert isinstance(found, Finding) and found.code == "not-together" and found.where == "together[0]"


def test_effects_of_every_step_are_asked_of_the_world_at_the_end() -> None:
    from sim_checks.effects import unmet_all

    drawn = draw_task("lay", 0)
    graph = with_drives(compile_draft(Draft(drawn.goal), drawn.scene), drawn.scene).graph
    assert graph is not None
    with Stage(drawn.scene) as stage:  # nothing was done
        missed = unmet_all(graph, graph.nodes[1:], stage.world, drawn.scene)
    wanted = {str(literal) for literal in drawn.goal.literals}
    assert {f.where for f in missed} == {"nodes.n3", "nodes.n5"}, "holding is over by then, and not asked"
    assert all(any(w in f.what for f in missed) for w in wanted)
    assert not any(Literal("holding", (n.step.args[0],)).predicate in f.what for n in graph.nodes for f in missed)


def test_runs_at_two_places_have_no_place_for_both_arms() -> None:
    drawn = draw_task("relay", 0)  # its second thing goes to a sideboard across the room
    graph = compile_draft(Draft(drawn.goal), drawn.scene).graph
    assert graph is not None and len(graph.nodes) == 4
    ids = [n.id for n in graph.nodes]
    wish = replace(graph, together=(Together((ids[0], ids[1]), (ids[2], ids[3])),))
    assert symbolic.check(wish, drawn.scene)
    report = examine(wish, drawn.scene, Claim(), Perturbation(), 2, 0, 1)
    assert report.geometric.outcome is Outcome.FAIL and report.physics is None
    (finding,) = report.geometric.findings
    assert (finding.code, finding.where) == ("not-together", "together[0]")
    assert report.geometric.counterexample is not None and report.geometric.counterexample.node == ids[0]
