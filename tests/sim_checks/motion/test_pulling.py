from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Step
from skills.predicates import holds
from skills.scene import Fixture, Placement
from skills.symbols import Literal
from tests.small import compiled, table_top

PULLED = Literal("moved_back", ("can",))
CALL = Step("pull", ("can",))


def test_a_thing_is_drawn_towards_the_robot_without_leaving_its_support():
    scene = table_top()
    found = rehearse_nominal(compiled(scene, CALL), scene, 1, Choices(), 3)
    assert (found.geometric, found.physical) == ((), ())
    assert [s.name for s in found.motions[0].segments][2:5] == ["grip", "push", "release"]
    heights = []
    with Stage(scene, seed=3) as stage:
        assert not holds(PULLED, stage.world)
        play = stage.play(found.motions[0], lambda: heights.append(stage.world.bounds("can").lower[2]))
        assert not play.findings
        assert holds(PULLED, stage.world)
    assert max(heights) < 0.006


def test_nothing_is_drawn_through_a_wall():
    plain = table_top()
    wall = Fixture(id="wall", kind="shelf", placement=Placement(on="table", xy=(-0.255, 0.12), yaw=0.0))
    scene = type(plain).model_validate({**plain.model_dump(by_alias=True), "fixtures": (*plain.fixtures, wall)})
    (finding,) = rehearse_nominal(compiled(scene, CALL), scene, 1, Choices(), 1).geometric
    assert finding.code == "no-motion"
    assert "wall" in finding.what
