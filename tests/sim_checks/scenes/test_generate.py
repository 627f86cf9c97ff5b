import pytest

from sim_checks.scenes.generate import CELL, LINE, generate
from sim_checks.scenes.proof import prove
from sim_checks.scenes.theme import THEMES
from skills.errors import SceneError
from skills.scene import Fixture, Placement, PoseSpec, RobotSpec, Scene, dump_scene, parse_scene, resting
from skills.strict_yaml import StrictLoader

SEEDS = {"kitchen": 1, "dining": 0, "office": 1, "workbench": 0, CELL: 1, LINE: 2}


@pytest.mark.parametrize("theme", (*THEMES, CELL, LINE))
def test_a_generated_scene_is_valid_after_a_round_through_its_file(theme):
    import yaml

    made = generate(SEEDS[theme], theme, 3)
    read = parse_scene(yaml.load(dump_scene(made.scene), Loader=StrictLoader))
    assert read.sha256 == made.scene.sha256
    assert prove(read) == ()
    assert len(read.objects) >= 6
    words = [read.entities[o.id].words for o in read.objects]
    assert len(set(words)) == len(words), "every thing can be told from the others by its name"


def test_a_generated_cell_has_what_a_cell_is_made_of():
    made = generate(SEEDS[CELL], CELL, 3).scene
    kinds = [thing.kind for thing in made.things]
    assert made.robots[0].kind == "cell"
    assert kinds.count("tray") == 2 and {"peg_holder", "peg", "box"} < set(kinds)
    (pin,) = (o for o in made.objects if o.kind == "peg")
    (holder,) = (f for f in made.fixtures if f.kind == "peg_holder")
    assert holder.params["bore"] > pin.params["radius"] + 0.005, "there is room for what a cup holds off its middle"


def test_a_generated_line_has_a_conveyor_and_no_other_theme_does():
    made, cell = generate(SEEDS[LINE], LINE, 3).scene, generate(SEEDS[CELL], CELL, 3).scene
    (belt,) = (f for f in made.fixtures if f.kind == "conveyor")
    assert made.robots[0].kind == "cell"
    assert 0.08 <= belt.params["speed"] <= 0.14
    assert [o.kind for o in made.objects].count("tray") == 2
    assert not [t for t in cell.things if t.kind == "conveyor"]


def test_scenes_of_the_other_themes_are_what_they_were():
    assert generate(1, "kitchen", 3).scene.sha256.startswith("30692b5b1b309dd0")
    assert generate(1, CELL, 3).scene.sha256.startswith("e693ef8c427b6e1d")


def test_the_same_seed_gives_the_same_scene_and_another_seed_another():
    first, again, other = generate(4, "workbench", 2), generate(4, "workbench", 2), generate(5, "workbench", 2)
    assert first == again
    assert other.scene.sha256 != first.scene.sha256


def scene(*objects, fixtures=()):
    return Scene(
        schema="rehearse.scene/1",
        name="faulty",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.65, 0, 0))),),
        fixtures=(Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))), *fixtures),
        objects=objects,
    )


STOVE = Fixture(id="stove", kind="stove", placement=Placement(on="table", xy=(0.6, 0.5), yaw=0.0))


@pytest.mark.parametrize(
    ("faulty", "code"),
    [
        (scene(resting("one", "block", "table", 0.0, 0.0), resting("two", "block", "table", 0.02, 0.0)), "overlap"),
        (scene(resting("mug", "mug", "table", 0.7, 0.3)), "out-of-reach"),
        (scene(fixtures=(STOVE,)), "out-of-reach"),
        (scene(resting("can", "can", "table", -0.6, 0.0)), "at-robot"),
        (scene(resting("one", "block", "table", 0.84, 0.0)), "out-of-reach"),
        (scene(resting("one", "block", "table", 0.87, 0.0)), "unsettled"),
    ],
)
def test_faults_are_found(faulty, code):
    assert code in {f.code for f in prove(faulty)}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((0, "garage", 1), "unknown-theme"),
        ((0, "office", 99), "bad-clutter"),
        ((0, "office", 1, "pandas"), "unknown-robot"),
    ],
)
def test_bad_requests_are_refused(arguments, code):
    with pytest.raises(SceneError) as caught:
        generate(*arguments)
    assert caught.value.finding.code == code
