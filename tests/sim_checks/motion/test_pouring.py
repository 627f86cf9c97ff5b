"""Pouring: what is in a vessel comes to be in another one, counted there; what lands beside it is a spill."""

from dataclasses import replace

import numpy as np
import pytest

from planner.compile import compile_draft
from sim_checks import symbolic
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.spills import SPILT, spilled
from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.timing import hold
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.rollout import World, play_through
from skills.errors import SceneError
from skills.graph import Draft, Step
from skills.motion import Motion
from skills.predicates import holds
from skills.scene import ObjectSpec, Placement, Scene, parse_scene
from skills.symbols import FILLED, Goal, Literal
from tests.small import table_top

POURED = Literal("filled", ("bowl",))
BEADS = 10


def vessels(contents=BEADS, bowl=(-0.15, 0.2), kind="mug"):
    """A mug with beads in it, and a bowl, on a table."""
    mug = ObjectSpec(id="mug", kind=kind, placement=Placement(on="table", xy=(-0.2, -0.1)), contents=contents)
    into = ObjectSpec(id="bowl", kind="bowl", placement=Placement(on="table", xy=bowl))
    return Scene.model_validate({**table_top().model_dump(by_alias=True), "objects": (mug, into)})


def graph_of(scene):
    return compile_draft(Draft(Goal((POURED,))), scene).graph


@pytest.fixture(scope="module")
def poured():
    scene = vessels()
    graph = graph_of(scene)
    found = rehearse_nominal(graph, scene, 1, Choices(), 1)
    assert (found.geometric, found.physical) == ((), ())
    return scene, graph, found.motions


def test_it_is_carried_level_and_all_of_it_is_in_the_other_vessel_in_a_perturbed_world(poured):
    scene, graph, motions = poured
    assert [n.step for n in graph.nodes] == [Step("pick", ("mug",)), Step("pour", ("mug", "bowl"))]
    with Stage(scene, 3, Perturbation()) as stage:
        world = stage.world
        assert (world.contents("mug"), world.contents("bowl")) == (BEADS, 0)
        assert holds(Literal("filled", ("mug",)), world) and not holds(POURED, world)
        assert [f for m in motions for f in stage.play(m).findings] == []
        assert holds(POURED, world) and not holds(Literal("filled", ("mug",)), world)
        assert world.contents("bowl") >= BEADS - 1 and stage.held() == "mug"


def test_what_leaves_its_vessel_and_is_in_no_other_is_spilled():
    with Stage(vessels(contents=SPILT + 2)) as stage:
        world = stage.world
        assert spilled(world, "n1", 0.0) == {}
        for count, bead in enumerate(world.beads.bodies, 1):
            stage.client.resetBasePositionAndOrientation(bead, (0.1, 0.02 * count, 0.008), (0, 0, 0, 1))
            assert list(spilled(world, "n1", 0.0)) == (["spilled"] if count > SPILT else [])
        still = Motion("n1", (hold("wait", stage.robot.joints(), 0.1, 0.08),))
        assert [f.code for f in stage.play(still).findings] == ["spilled"]


def test_what_is_not_carried_level_is_spilled(poured):
    scene, graph, (pick, pour) = poured
    carry = pour.segments[0]
    swung = carry.joints.copy()
    swung[:, -1] -= np.sign(swung[0, -1]) * np.sin(np.linspace(0.0, np.pi, len(swung))) * 2.4  # the wrist turns over
    tipped = replace(pour, segments=(replace(carry, joints=swung), *pour.segments[1:]))
    codes = [i.finding.code for i in play_through(graph, [pick, tipped], World(scene))]
    assert "spilled" in codes


def test_an_empty_vessel_is_not_poured_and_the_full_one_is_what_a_wish_begins_with():
    scene = vessels(contents=0)
    assert graph_of(scene) is None
    few = vessels(contents=FILLED - 1)
    assert Literal("filled", ("mug",)) not in few.initial_state()
    full = vessels()
    assert Literal("filled", ("mug",)) in full.initial_state() and symbolic.check(graph_of(full), full)


def test_contents_are_for_open_vessels_and_cost_other_scenes_nothing():
    with pytest.raises(SceneError, match="open vessel"):
        parse_scene(vessels(contents=0).model_dump(by_alias=True, mode="json") | {"objects": [_full_box()]})
    assert "contents" not in vessels(contents=0).canonical_json()
    scene = vessels()
    assert parse_scene(scene.model_dump(by_alias=True, mode="json")).sha256 == scene.sha256
    assert scene.sha256 != vessels(contents=BEADS + 1).sha256


def _full_box():
    return {"id": "box", "kind": "box", "placement": {"on": "table"}, "contents": 5}
