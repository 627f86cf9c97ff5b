import pytest

from sim_checks.bullet.stage import Stage
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills.finding import Finding
from skills.graph import Step
from skills.predicates import holds
from skills.scene import Fixture, Placement, resting
from skills.symbols import Literal
from tests.small import compiled, table_top

PRESSED = Literal("pressed", ("bell",))


def with_bell(*more, at=(-0.2, 0.0)):
    """A call button on the table, and what is added."""
    bell = Fixture(id="bell", kind="call_button", placement=Placement(on="table", xy=at))
    scene = table_top()
    things = {"fixtures": (*scene.fixtures, bell), "objects": (*scene.objects, *more)}
    return type(scene).model_validate({**scene.model_dump(by_alias=True), **things})


def nominal(scene):
    return rehearse_nominal(compiled(scene, Step("press", ("bell",))), scene, 1, Choices(), 2)


def test_a_button_is_pressed_and_comes_back():
    scene = with_bell()
    found = nominal(scene)
    assert (found.geometric, found.physical) == ((), ())
    openings = []
    with Stage(scene, seed=3) as stage:
        assert stage.world.opening("bell") < 0.05  # the spring holds it up
        assert not holds(PRESSED, stage.world)
        play = stage.play(found.motions[0], lambda: openings.append(stage.world.opening("bell")), 0.05)
        assert not play.findings
        assert holds(PRESSED, stage.world)
        assert stage.world.opening("bell") < 0.05
    assert max(openings) > 0.8


@pytest.mark.parametrize(
    ("scene", "code"),
    [
        (with_bell(resting("box", "box", "bell")), "no-motion"),
        (with_bell(at=(0.62, 0.2)), "out-of-reach"),
    ],
    ids=["covered", "far"],
)
def test_a_button_that_is_covered_or_far_is_not_pressed(scene, code):
    (finding,) = nominal(scene).geometric
    assert isinstance(finding, Finding)
    assert finding.code == code


def test_what_was_meant_for_another_place_presses_nothing():
    motion = nominal(with_bell()).motions[0]
    with Stage(with_bell(at=(-0.2, 0.15))) as stage:
        stage.play(motion)
        assert not holds(PRESSED, stage.world)
