import math

import numpy as np
import pytest

from sim_checks.assets.scenes import names, path
from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.render import picture
from sim_checks.bullet.world import BulletWorld
from sim_checks.errors import AssetError
from skills.errors import SceneError
from skills.predicates import holds, missing
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, Region, RobotSpec, Scene, load_scene, resting
from skills.symbols import Goal, Literal


def scene(fixtures=(), objects=(), regions=()):
    return Scene(
        name="test",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.65, 0, 0))),),
        fixtures=(Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))), *fixtures),
        objects=objects,
        regions=regions,
    )


def fixture(identifier, kind, x, y, yaw=0.0, **joints):
    return Fixture(id=identifier, kind=kind, placement=Placement(on="table", xy=(x, y), yaw=yaw), joints=joints)


def inside(identifier, kind, on, yaw=0.0):
    return ObjectSpec(id=identifier, kind=kind, placement=Placement(on=on, yaw=yaw, inside=True))


@pytest.fixture
def client():
    with BulletClient() as opened:
        yield opened


FULL = scene(
    fixtures=(
        fixture("cab", "wooden_cabinet", 0.0, -0.3, math.pi / 2, top_region=1.0),
        fixture("caddy", "desk_caddy", 0.3, 0.2),
        fixture("mw", "microwave", 0.0, 0.35, -math.pi / 2),
        fixture("stove", "flat_stove", -0.3, 0.25, cook_region=1.0),
    ),
    objects=(
        inside("bowl", "akita_black_bowl", "cab_top_region"),
        inside("book", "black_book", "caddy_front_contain_region", math.pi / 2),
        resting("mug", "mug", "plate"),
        resting("plate", "plate", "table", -0.1, 0.0),
        resting("can", "can", "table", 0.15, 0.0),
        resting("bowl_2", "bowl", "bowl_3"),
        resting("bowl_3", "bowl", "table", -0.3, -0.2),
        resting("pot", "moka_pot", "stove"),
    ),
    regions=(Region(id="spot", on="table", xy=(0.15, 0.0), half=(0.05, 0.05)),),
)


def test_a_scene_settles_and_holds_what_it_states(client):
    world = BulletWorld(client, FULL)
    assert FULL.initial_state() <= world.facts()
    assert world.facts() - FULL.initial_state() == frozenset()
    assert world.settled_steps < 480


@pytest.mark.parametrize("name", names())
def test_the_shipped_scenes_settle(client, name):
    shipped = load_scene(path(name))
    world = BulletWorld(client, shipped)
    assert shipped.initial_state() == world.facts()
    assert not shipped.findings()


def test_unknown_shipped_scene():
    with pytest.raises(SceneError, match="kitchen"):
        path("kitschen")


def test_same_scene_same_state_bit_for_bit(client):
    first = BulletWorld(client, FULL).state_hash()
    with BulletClient() as other:
        BulletWorld(other, scene(objects=(resting("can", "can", "table"),)))
        with BulletClient() as beside:
            assert BulletWorld(beside, FULL).state_hash() == first


def test_scene_order_does_not_matter(client):
    turned = FULL.model_copy(update={"objects": tuple(reversed(FULL.objects))})
    with BulletClient() as other:
        assert BulletWorld(other, turned).state_hash() == BulletWorld(client, FULL).state_hash()


def test_pose_is_the_frame_of_the_thing_not_of_its_mass(client):
    world = BulletWorld(client, FULL)
    for name in ("can", "plate", "mug", "pot"):
        x, y, z = world.pose(name).position
        bounds = world.bounds(name)
        assert abs(z - bounds.lower[2]) < 0.002
        assert bounds.lower[0] < x < bounds.upper[0] and bounds.lower[1] < y < bounds.upper[1]
    assert world.pose("can").position == pytest.approx((0.15, 0.0, 0.0), abs=0.002)


def test_a_drawer_carries_its_region_and_its_load(client):
    world = BulletWorld(client, FULL)
    found = world.joint("cab_top_region")
    assert world.opening("cab_top_region") == pytest.approx(1.0, abs=0.02)
    before = world.region("cab_top_region").pose.position
    for _ in range(480):
        client.applyExternalForce(found.body, world.link("cab_top_region"), (0, -12, 0), before, client.WORLD_FRAME)
        client.stepSimulation()
    after = world.region("cab_top_region").pose.position
    assert before[1] - after[1] > 0.1
    assert holds(Literal("in", ("bowl", "cab_top_region")), world)
    assert holds(Literal("closed", ("cab_top_region",)), world)
    assert not holds(Literal("open", ("cab_top_region",)), world)


def test_dry_friction_holds_a_drawer_against_a_nudge(client):
    world = BulletWorld(client, FULL)
    found, place = world.joint("cab_top_region"), world.region("cab_top_region").pose.position
    for _ in range(240):
        client.applyExternalForce(found.body, world.link("cab_top_region"), (0, -1.5, 0), place, client.WORLD_FRAME)
        client.stepSimulation()
    assert world.opening("cab_top_region") == pytest.approx(1.0, abs=0.03)


def test_front_of_a_caddy_is_towards_the_viewer(client):
    world = BulletWorld(client, FULL)
    centre = world.pose("caddy").position
    sides = {s: world.region(f"caddy_{s}_contain_region").pose.position for s in ("front", "back", "left", "right")}
    assert sides["front"][0] > centre[0] > sides["back"][0]
    assert sides["right"][1] > centre[1] > sides["left"][1]


@pytest.mark.parametrize("vessel", ["mug", "bowl", "basket", "plate", "pan", "glazed_rim_porcelain_ramekin"])
def test_a_vessel_is_open(client, vessel):
    """A ball falls inside: the shape is not sealed by a convex hull."""
    world = BulletWorld(client, scene(objects=(resting("vessel", vessel, "table"),)))
    ball = client.createMultiBody(0.02, client.createCollisionShape(client.GEOM_SPHERE, radius=0.01))
    x, y, _ = world.centre("vessel")
    client.resetBasePositionAndOrientation(ball, (x, y, 0.15), (0, 0, 0, 1))
    for _ in range(360):
        client.stepSimulation()
    assert client.getBasePositionAndOrientation(ball)[0][2] < 0.022


def test_a_kilogram_weighs_9_81_newtons(client):
    world = BulletWorld(
        client, scene(objects=(ObjectSpec(id="box", kind="block", mass=1.0, placement=Placement(on="table")),))
    )
    for _ in range(240):
        client.stepSimulation()
    force = sum(c[9] for c in client.getContactPoints(world.body("box"), world.body("table")))
    assert force == pytest.approx(9.81, rel=0.01)


def test_perturbation_is_drawn_from_the_generator_and_stays_within_its_limits():
    nominal = _perturbed(None)
    first, again, other = _perturbed(7), _perturbed(7), _perturbed(8)
    assert first == again
    assert first != other
    for name in ("can", "plate", "bowl_3"):
        (x, y), (nx, ny) = first[name][:2], nominal[name][:2]
        assert 0 < max(abs(x - nx), abs(y - ny)) < 0.008
    assert 0.8 <= first["mass"] / nominal["mass"] <= 1.2
    assert 0.8 <= first["friction"] / nominal["friction"] <= 1.2
    assert first["mass"] != nominal["mass"]
    assert first["table"] == nominal["table"]


def _perturbed(seed):
    perturbation = None if seed is None else Perturbation()
    rng = None if seed is None else np.random.default_rng(seed)
    with BulletClient() as client:
        world = BulletWorld(client, FULL, perturbation=perturbation, rng=rng)
        found = {name: world.pose(name).position for name in ("can", "plate", "bowl_3", "table")}
        info = client.getDynamicsInfo(world.body("can"), -1)
        return {**found, "mass": info[0], "friction": info[1]}


def test_a_perturbed_world_still_holds_its_start():
    for seed in range(4):
        with BulletClient() as client:
            world = BulletWorld(client, FULL, perturbation=Perturbation(), rng=np.random.default_rng(seed))
            assert missing(Goal(tuple(FULL.initial_state())), world) == ()


def test_a_perturbation_without_a_generator_is_a_mistake(client):
    with pytest.raises(ValueError, match="generator"):
        BulletWorld(client, FULL, perturbation=Perturbation())


def test_mass_and_friction_of_the_scene_are_used(client):
    spec = ObjectSpec(id="can", kind="can", mass=0.7, friction=0.33, placement=Placement(on="table"))
    world = BulletWorld(client, scene(objects=(spec,)))
    info = client.getDynamicsInfo(world.body("can"), -1)
    assert info[:2] == pytest.approx((0.7, 0.33))
    assert info[2][2] == pytest.approx(0.7 * 0.031**2 / 2, rel=0.02)


def test_an_opening_that_does_not_exist_is_refused(client):
    with pytest.raises(SceneError) as caught:
        BulletWorld(client, scene(fixtures=(fixture("cab", "wooden_cabinet", 0, 0.3, 0, lid=1.0),)))
    assert caught.value.finding.code == "no-mechanism"
    assert "top_region" in caught.value.finding.remedy


def test_bad_parameters_name_the_kind(client):
    spec = ObjectSpec(id="can", kind="can", params={"radius": -1.0}, placement=Placement(on="table"))
    with pytest.raises(AssetError, match="radius"):
        BulletWorld(client, scene(objects=(spec,)))


def test_touching_and_owner(client):
    world = BulletWorld(client, FULL)
    assert world.touching("mug", "plate") and not world.touching("mug", "table")
    assert world.touching("bowl", "cab_top_region")
    assert world.owner("spot") == "table" and world.owner("cab_top_region") == "cab"
    assert world.held() is None
    world.held_hook = lambda: "mug"
    assert Literal("holding", ("mug",)) in world.facts() and Literal("hand_empty") not in world.facts()


def test_a_toppled_bottle_is_judged_by_its_middle(client):
    fallen = PoseSpec(position=(0.0, 0.0, 0.03), orientation=(0.0, math.sin(math.pi / 4), 0.0, math.cos(math.pi / 4)))
    world = BulletWorld(client, scene(objects=(ObjectSpec(id="bottle", kind="bottle", pose=fallen),)))
    x, _, z = world.centre("bottle")
    assert x == pytest.approx(0.08, abs=0.02)
    assert z < 0.035


def test_picture_shows_the_scene(client):
    world = BulletWorld(client, FULL)
    pixels = picture(world, 160, 120)
    assert pixels.shape == (120, 160, 3) and pixels.dtype == np.uint8
    assert len(np.unique(pixels.reshape(-1, 3), axis=0)) > 30


def test_speeds_name_every_movable_thing(client):
    world = BulletWorld(client, FULL)
    assert set(world.speeds()) == {o.id for o in FULL.objects} == set(world.movable)
    assert all(s.linear < 0.01 for s in world.speeds().values())
