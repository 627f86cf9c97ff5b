import math

import pytest

from skills.errors import SceneError
from skills.scene import MAX_BYTES, Scene, dump_scene, load_scene, parse_scene
from skills.symbols import Literal
from tests.worlds import kitchen

TABLE = {"id": "table", "kind": "table", "pose": {"position": [0, 0, 0]}}
ROBOT = {"id": "panda", "pose": {"position": [-0.65, 0, 0]}}


def scene_with(**thing):
    spec = {"id": "mug", "kind": "mug", "placement": {"on": "table"}, **thing}
    if "pose" in thing:
        del spec["placement"]
    return {"name": "s", "robots": [ROBOT], "fixtures": [TABLE], "objects": [spec]}


def fault(data):
    with pytest.raises(SceneError) as caught:
        parse_scene(data)
    return caught.value.finding


def test_a_plain_scene_is_read():
    scene = parse_scene(scene_with())
    assert scene.thing("mug").placement.on == "table"
    assert Literal("on", ("mug", "table")) in scene.initial_state()


@pytest.mark.parametrize(
    ("thing", "word"),
    [
        ({"pose": {"position": [math.nan, 0, 0]}}, "finite"),
        ({"pose": {"position": [0, math.inf, 0]}}, "finite"),
        ({"pose": {"position": [0, 0, 1e9]}}, "less than"),
        ({"pose": {"position": [0, 0]}}, "position"),
        ({"pose": {"position": [0, 0, 0], "orientation": [0, 0, 0, 0]}}, "length zero"),
        ({"pose": {"position": [0, 0, 0], "orientation": [math.nan, 0, 0, 1]}}, "finite"),
        ({"mass": -1.0}, "greater than 0"),
        ({"mass": 0.0}, "greater than 0"),
        ({"mass": math.nan}, "mass"),
        ({"mass": 1e300}, "mass"),
        ({"friction": -0.1}, "friction"),
        ({"placement": {"on": "tabel"}}, "Did you mean 'table'"),
        ({"placement": None}, "exactly one"),
        ({"id": "Mug 1"}, "pattern"),
        ({"id": "table"}, "more than once"),
        ({"colour": "red"}, "Extra"),
        ({"params": {"radius": math.nan}}, "params"),
    ],
)
def test_wrong_things_are_refused(thing, word):
    finding = fault(scene_with(**thing))
    assert finding.code == "bad-scene"
    assert word in finding.what


def test_joints_are_shares():
    data = scene_with()
    cabinet = {"id": "cab", "kind": "cabinet", "placement": {"on": "table"}, "joints": {"top_region": 1.5}}
    data["fixtures"] = [TABLE, cabinet]
    assert "less than or equal to 1" in fault(data).what


def test_quaternions_are_made_unit():
    data = scene_with(pose={"position": [0, 0, 0], "orientation": [0, 0, 2, 2]})
    assert parse_scene(data).thing("mug").pose.orientation == pytest.approx((0, 0, math.sqrt(0.5), math.sqrt(0.5)))


@pytest.mark.parametrize(
    "text",
    ["robots: [", "a: &x 1\nb: *x", "name: a\nname: b", "\t- x", "!!python/object:os.system {}", "- 1", "", "nothing"],
)
def test_malformed_yaml_is_refused(tmp_path, text):
    file = tmp_path / "bad.scene.yaml"
    file.write_text(text)
    with pytest.raises(SceneError) as caught:
        load_scene(file)
    assert caught.value.finding.code in {"bad-yaml", "bad-scene"}


def test_deep_and_large_and_binary_files_are_refused(tmp_path):
    for name, content in (("deep", b"[" * 100_000), ("large", b" " * (MAX_BYTES + 1)), ("binary", b"\xff\xfe\x00\x01")):
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(SceneError):
            load_scene(file)
    with pytest.raises(SceneError):
        load_scene(tmp_path / "none")


def test_a_scene_survives_its_own_file(tmp_path):
    file = tmp_path / "k.scene.yaml"
    file.write_text(dump_scene(kitchen()))
    assert load_scene(file).sha256 == kitchen().sha256


def test_the_hash_follows_the_content():
    assert parse_scene(scene_with()).sha256 == parse_scene(scene_with()).sha256
    assert parse_scene(scene_with(mass=0.2)).sha256 != parse_scene(scene_with()).sha256


def test_an_unknown_kind_is_a_warning_never_silent():
    (finding,) = parse_scene(scene_with(kind="mugg")).findings()
    assert (finding.code, finding.severity) == ("unknown-kind", "warning")
    assert "mug" in finding.remedy
    assert parse_scene(scene_with(kind="mugg", mesh="mug.obj")).findings() == ()


def test_names_are_resolved():
    scene = kitchen()
    assert scene.canonical("tray_contain_region") == "tray"
    assert scene.canonical("stove_cook_region") == "stove"
    assert scene.knows("cab_top_region") and scene.knows("plate.left") and not scene.knows("plate.above")
    with pytest.raises(SceneError, match="Did you mean 'plate'"):
        scene.require("plaet", "steps[0]")


def test_the_schema_is_published():
    schema = Scene.model_json_schema(by_alias=True)
    assert "objects" in schema["properties"]


def test_things_that_rest_on_one_another_are_refused() -> None:
    with pytest.raises(SceneError, match="rests on itself"):
        parse_scene(
            {
                "schema": "rehearse.scene/1",
                "name": "ring",
                "robots": [{"pose": {"position": [-0.6, 0.0, 0.0]}}],
                "objects": [
                    {"id": "one", "kind": "box", "placement": {"on": "two"}},
                    {"id": "two", "kind": "box", "placement": {"on": "one"}},
                ],
            }
        )


def test_a_copy_works_out_anew_what_follows_from_its_fields():
    scene = kitchen()
    before = scene.sha256, scene.initial_state(), tuple(scene.entities)
    fewer = scene.model_copy(update={"objects": scene.objects[:-1]})
    assert fewer.sha256 == Scene.model_validate(fewer.model_dump(by_alias=True)).sha256 != before[0]
    assert fewer.initial_state() < before[1] and len(fewer.entities) == len(before[2]) - 1
    assert (scene.sha256, scene.initial_state(), tuple(scene.entities)) == before
