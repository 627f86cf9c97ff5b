"""A robot drives around what is in its way, stands where it can act, and stays on its floor."""

import math

import numpy as np
import pytest

from sim_checks.bullet.stage import Stage
from sim_checks.effects import unmet
from sim_checks.geometric import Choices
from sim_checks.motion.driving import drive, tucked
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.slot import Slot
from sim_checks.motion.stances import KEPT, Stance, focus_of, on_floor, stances
from sim_checks.rehearsal import rehearse_nominal
from skills.body import BodyKind, BodyRequest
from skills.graph import Edge, Node, SkillGraph, Step
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene, resting
from skills.symbols import Goal, Literal


def hall(*more: Fixture, kind: str = "home") -> Scene:
    """A floor, a table with a can, another with a plate, and what is added."""
    tables = (("near", 1.4, 0.0), ("other", 0.0, -1.5))
    fixtures = [
        Fixture(id="floor", kind="floor", pose=PoseSpec(position=(0, 0, 0)), params={"length": 4.6, "width": 4.6})
    ]
    for name, x, y in tables:
        size: dict = {"length": 0.7, "width": 0.7}
        fixtures.append(Fixture(id=name, kind="table", pose=PoseSpec(position=(x, y, 0.75)), params=size))
    return Scene(
        schema="rehearse.scene/1",
        name="hall",
        robots=(RobotSpec(id="robot", kind=kind, pose=PoseSpec(position=(0, 0, 0))),),
        fixtures=(*fixtures, *more),
        objects=(resting("can", "can", "near", -0.1, 0.05), resting("plate", "plate", "other", 0.0, 0.15)),
    )


BLOCK = Fixture(
    id="block",
    kind="counter",
    pose=PoseSpec(position=(-1.0, 0.0, 0.8)),
    params={"length": 0.4, "width": 1.6, "thickness": 0.79},
)


def test_the_way_leads_around_what_stands_in_it_and_keeps_clear() -> None:
    with Stage(hall(BLOCK)) as shadow:
        planning = Planning(shadow.robot, shadow.world, shadow.scene, 1)
        start = tucked(planning, 1)
        assert start is not None
        way = drive(planning, start, Stance((-1.75, 0.0, math.pi, 0.1), 0, 0.0), 3, Trail())
        assert way is not None and way.joints[-1][:2] == pytest.approx((-1.75, 0.0))
        assert np.abs(way.joints[:, 1]).max() > 0.8, "straight ahead there is no way"
        assert all(planning.free(q, 0.08, KEPT) is None for q in way.joints)
        speeds = np.abs(np.diff(way.joints, axis=0)) / np.diff(way.times)[:, None]
        assert (speeds <= planning.robot.speed * 1.001).all()
        trail = Trail()
        assert drive(planning, start, Stance((-1.0, 0.0, 0.0, 0.1), 0, 0.0), 3, trail) is None
        assert "base" in str(trail)


def test_stances_are_free_on_the_floor_and_within_reach() -> None:
    with Stage(hall()) as shadow:
        planning = Planning(shadow.robot, shadow.world, shadow.scene, 1)
        start = tucked(planning, 1)
        assert start is not None
        focus = focus_of(planning, BodyRequest(BodyKind.GRASP, "can"), Slot())
        found = list(stances(planning, focus, (0, 1), start, 5))
        assert len(found) > 3 and {s.arm for s in found} == {0, 1}
        for stance in found:
            joints = start.copy()
            joints[planning.robot.driving] = stance.base
            planning.robot.active = stance.arm
            planning.robot.place(joints, 0.08)
            assert planning.free(joints, 0.08, KEPT) is None and on_floor(planning, joints)
            assert math.dist(planning.robot.base.position[:2], focus.point[:2]) < 0.73
        assert not on_floor(planning, np.array([2.2, 0.0]))


STEPS = (("navigate_to", "near"), ("pick", "can"), ("navigate_to", "other"), ("place_on", "can", "plate"))


def plan(scene: Scene) -> SkillGraph:
    """The can from one table onto the plate on the other."""
    nodes = tuple(Node(f"n{i}", Step(name, tuple(args))) for i, (name, *args) in enumerate(STEPS, 1))
    edges = tuple(Edge(f"n{i}", f"n{i + 1}", resource="base") for i in (1, 2, 3))
    return SkillGraph(Goal((Literal("on", ("can", "plate")),)), nodes, edges, scene.sha256)


def test_a_can_is_fetched_from_one_table_to_another_in_physics() -> None:
    scene = hall()
    graph = plan(scene)
    nominal = rehearse_nominal(graph, scene, 3, Choices())
    assert not nominal.geometric and not nominal.physical
    names = [[s.name for s in m.segments] for m in nominal.motions]
    assert names[0][-1] == "drive" and names[2][-1] == "drive" and "release" in names[3]
    carried = nominal.motions[2].segments[-1]
    assert carried.width == 0.0 and carried.force > 0.0, "the hand stays closed on the can while the base drives"
    with Stage(scene, seed=7) as stage:
        for node, motion in zip(graph.nodes, nominal.motions, strict=True):
            assert not stage.play(motion).findings
            assert not unmet(graph, node, stage.world, scene)
        assert stage.disturbed(frozenset({"can"})) == ()


def test_an_arm_that_is_fixed_does_not_pretend_to_drive() -> None:
    scene = hall(kind="panda")
    nominal = rehearse_nominal(plan(scene), scene, 3, Choices())
    assert [f.code for f in nominal.geometric] == ["no-such-skill-on-this-body"]
