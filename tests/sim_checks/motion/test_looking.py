import pytest

from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.motion.looking import plan_look
from sim_checks.motion.planning import Planning, Trail
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Step
from skills.predicates import holds
from skills.scene import Fixture, Placement, resting
from skills.symbols import Literal
from tests.small import compiled, table_top

SEEN = Literal("inspected", ("can",))


def test_a_thing_is_looked_at_and_nothing_moves():
    scene = table_top()
    found = rehearse_nominal(compiled(scene, Step("inspect", ("can",))), scene, 1, Choices(), 2)
    assert (found.geometric, found.physical) == ((), ())
    with Stage(scene, seed=3) as stage:
        assert not holds(SEEN, stage.world)
        assert not stage.play(found.motions[0]).findings
        assert holds(SEEN, stage.world)
        assert not stage.disturbed(frozenset(), 0.002)


@pytest.mark.parametrize(("opened", "may"), [(0.0, False), (1.0, True)])
def test_what_stands_behind_a_closed_door_is_not_seen(opened, may):
    place = Placement(on="table", xy=(0.0, -0.30), yaw=1.57)
    oven = Fixture(id="oven", kind="microwave", placement=place, joints={"oven": opened} if opened else {})
    inside = resting("butter", "butter", "oven")
    inside = inside.model_copy(update={"placement": Placement(on="oven", inside=True, xy=(0.0, 0.06))})
    plain = table_top()
    more = {"fixtures": (*plain.fixtures, oven), "objects": (*plain.objects, inside)}
    scene = type(plain).model_validate({**plain.model_dump(by_alias=True), **more})
    with Stage(scene) as stage:
        trail = Trail()
        found = next(plan_look(Planning(stage.robot, stage.world, scene, 1), "butter", (), trail), None)
    assert (found is not None) is may
    assert may or set(trail.reasons) == {"contact of the line of sight and something before it"}
