import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.errors import SceneError
from skills.formats.bddl import import_bddl, parse_bddl
from skills.formats.footprints import Standing, overlap
from skills.formats.sexpr import MAX_DEPTH, parse
from skills.scene import dump_scene, parse_scene
from skills.symbols import Literal

TASK = """
(define (problem Made_Up_Room)
  (:domain robosuite)
  (:language tidy the desk)   ; a comment
  (:regions
    (drawer_unit_init_region (:target desk) (:ranges ((0.0 -0.31 0.02 -0.29))) (:yaw_rotation ((3.14159 3.14159))))
    (mug_init_region (:target desk) (:ranges ((-0.20 0.10 -0.16 0.14))))
    (plate_init_region (:target desk) (:ranges ((-0.02 0.18 0.02 0.22))) (:yaw_rotation ((0.0 0.0))))
    (plate_right_region (:target desk) (:ranges ((-0.05 0.28 0.05 0.38))))
    (porcelain_mug_behind_region (:target desk) (:ranges ((-0.32 0.08 -0.24 0.16))))
    (cup_left_region (:target desk) (:ranges ((0.2 0.2 0.3 0.3))))
    (top_region (:target drawer_unit))
  )
  (:fixtures desk - table drawer_unit - wooden_cabinet)
  (:objects porcelain_mug_1 - porcelain_mug plate_1 - plate butter_1 butter_2 - butter)
  (:obj_of_interest plate_1)
  (:init
    (On drawer_unit desk_drawer_unit_init_region)
    (On porcelain_mug_1 desk_mug_init_region)
    (On plate_1 desk_plate_init_region)
    (On butter_1 plate_1)
    (In butter_2 drawer_unit_top_region)
    (Open drawer_unit_top_region)
  )
  (:goal (And (On porcelain_mug_1 desk_plate_right_region) (Close drawer_unit_top_region)))
)
"""


def finding_of(text):
    with pytest.raises(SceneError) as caught:
        parse_bddl(text, "made_up")
    return caught.value.finding


def test_a_task_becomes_a_scene_and_a_goal_apart():
    task = parse_bddl(TASK, "Made-Up Room")
    scene = task.scene
    assert scene.name == "made_up_room"
    assert task.language == "tidy the desk"
    assert [f.id for f in scene.fixtures] == ["desk", "drawer_unit"]
    assert scene.thing("butter_1").placement.on == "plate_1"
    assert scene.thing("butter_2").placement.inside
    assert scene.fixtures[1].joints == {"top_region": 1.0}
    assert task.goal.literals == (
        Literal("on", ("porcelain_mug_1", "desk_plate_right_region")),
        Literal("closed", ("drawer_unit_top_region",)),
    )
    assert "goal" not in dump_scene(scene)
    assert not task.findings


def test_initial_literals_are_facts_of_the_scene():
    facts = parse_bddl(TASK, "t").scene.initial_state()
    assert Literal("on", ("porcelain_mug_1", "desk_mug_init_region")) in facts
    assert Literal("in", ("butter_2", "drawer_unit_top_region")) in facts
    assert Literal("open", ("drawer_unit_top_region",)) in facts
    assert Literal("closed", ("drawer_unit_bottom_region",)) in facts


def test_a_region_beside_a_thing_is_known_by_its_name():
    beside = {r.id: r.beside for r in parse_bddl(TASK, "t").scene.regions}
    assert (beside["desk_plate_right_region"].reference, beside["desk_plate_right_region"].side) == ("plate_1", "right")
    assert beside["desk_porcelain_mug_behind_region"].side == "back"
    assert beside["desk_mug_init_region"] is None
    assert beside["desk_cup_left_region"] is None


def test_the_region_where_a_thing_of_that_kind_starts_is_no_side_of_it():
    text = TASK.replace("plate_init_region", "plate_left_region")
    beside = {r.id: r.beside for r in parse_bddl(text, "t").scene.regions}
    assert beside["desk_plate_left_region"] is None


def test_a_seed_fixes_the_sample():
    first, again, other = (parse_bddl(TASK, "t", seed).scene for seed in (3, 3, 4))
    assert first.sha256 == again.sha256
    assert first.sha256 != other.sha256


@pytest.mark.parametrize("seed", range(8))
def test_samples_stay_in_their_ranges_and_apart(seed):
    scene = parse_bddl(TASK, "t", seed).scene
    x, y = scene.thing("porcelain_mug_1").placement.xy
    assert -0.20 < x < -0.16 and 0.10 < y < 0.14
    standing = [
        Standing(t.kind, *t.placement.xy, t.placement.yaw)
        for t in scene.things
        if t.placement and t.placement.on == "desk"
    ]
    pairs = [(a, b) for i, a in enumerate(standing) for b in standing[i + 1 :]]
    assert pairs
    assert not any(overlap(a, b, 0.0, sweeps=False) for a, b in pairs)


def test_a_cabinet_of_liberos_yaw_pi_looks_to_plus_y():
    placement = parse_bddl(TASK, "t").scene.thing("drawer_unit").placement
    assert placement.yaw == pytest.approx(math.pi / 2, abs=1e-4)


def test_the_scene_survives_its_own_file(tmp_path):
    scene = parse_bddl(TASK, "t").scene
    import yaml

    assert parse_scene(yaml.safe_load(dump_scene(scene))).sha256 == scene.sha256


def test_a_crowded_start_is_a_warning():
    text = TASK.replace("(-0.20 0.10 -0.16 0.14)", "(-0.001 0.199 0.001 0.201)")
    assert [f.code for f in parse_bddl(text, "t").findings] == ["crowded"]


def test_an_unknown_kind_is_a_warning():
    text = TASK.replace("- porcelain_mug", "- porcelain_jug")
    assert [f.code for f in parse_bddl(text, "t").findings] == ["unknown-kind"]


def test_a_region_on_a_thing_that_is_not_there_is_left_out_with_a_warning():
    text = TASK.replace("(cup_left_region (:target desk)", "(cup_left_region (:target drainer_1)")
    task = parse_bddl(text, "t")
    assert [f.code for f in task.findings] == ["orphan-region"]
    assert "drainer_1_cup_left_region" not in {r.id for r in task.scene.regions}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("(:goal", "(:gaol", "line 1"),
        ("(:init", "(:initial", "line 1"),
        ("(On plate_1 desk_plate", "(Under plate_1 desk_plate", "line 20"),
        ("(On plate_1 desk_plate", "(On plate_9 desk_plate", "line 20"),
        ("(On plate_1 desk_plate_init_region)", "(On plate_1 desk_plait_init_region)", "line 20"),
        ("(On plate_1 desk_plate_init_region)", "(On plate_1)", "line 20"),
        ("(On plate_1 desk_plate_init_region)", "", "line 17"),
        ("(-0.02 0.18 0.02 0.22)", "(-0.02 0.18 0.02)", "line 8"),
        ("(-0.02 0.18 0.02 0.22)", "(-0.02 0.18 0.02 nan)", "line 8"),
        ("(-0.02 0.18 0.02 0.22)", "(-0.02 0.18 0.02 1e9)", "line 8"),
        ("(-0.02 0.18 0.02 0.22)", "(-0.02 0.18 0.02 x)", "line 8"),
        ("(-0.02 0.18 0.02 0.22)", "(0.02 0.18 -0.02 0.22)", "line 8"),
        ("desk - table", "desk -", "line 14"),
        ("butter_2 - butter)", "butter_2)", "line 15"),
        ("(Close drawer_unit_top_region)", "(Close drawer_unit_lid)", "line 25"),
        ("(define (problem", "(definition (problem", "line 2"),
        (")\n  (:fixtures", "\n  (:fixtures", "line 2"),
        ("\n)\n", "\n))\n", "line 26"),
        ("(define (problem Made_Up_Room)", "(define problem (Made_Up_Room)", "line 2"),
    ],
)
def test_a_malformed_file_says_where(old, new, line):
    assert old in TASK
    finding = finding_of(TASK.replace(old, new))
    assert finding.where == line
    assert finding.remedy


@pytest.mark.parametrize("text", ["", "   ; nothing", "(", ")", "word", "(define)(define)", "(a" * (MAX_DEPTH + 1)])
def test_broken_texts_are_refused(text):
    assert finding_of(text).code == "bad-bddl"


def test_a_file_that_is_too_long_is_refused():
    assert "characters" in finding_of("x" * 1_000_001).what


def test_unreadable_files_are_refused(tmp_path):
    with pytest.raises(SceneError, match="unreadable"):
        import_bddl(tmp_path / "none.bddl")
    (tmp_path / "bytes.bddl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SceneError, match="unreadable"):
        import_bddl(tmp_path / "bytes.bddl")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="()abc: -0.1;\n", max_size=80))
def test_no_text_breaks_the_reader(text):
    try:
        parse_bddl(text, "fuzz")
    except SceneError as error:
        assert error.finding.code


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(TASK) - 1), st.sampled_from(["(", ")", "x", " ", "-1"]))
def test_one_wrong_character_is_read_or_refused(place, character):
    try:
        parse_bddl(TASK[:place] + character + TASK[place + 1 :], "fuzz")
    except SceneError as error:
        assert error.finding.remedy


def test_lines_are_counted():
    form = parse("(a\n (b c) ; comment (\n d)")
    assert [item.line for item in form.items] == [1, 2, 3]
