"""Bad input gives one typed finding and exit code 2, and the process lives on."""

import pytest

from tests.planner.faces.conftest import SCENE

BOWL = "{id: bowl, kind: akita_black_bowl, placement: {on: table, xy: [-0.1, -0.15]}}"
SCENES = {
    "not YAML": ("{{{:", "bad-yaml"),
    "alias bomb": ("a: &a [x]\nb: [*a, *a]\n", "bad-yaml"),
    "duplicate key": ("name: a\nname: b\n", "bad-yaml"),
    "no scene at all": ("- 1\n", "bad-scene"),
    "NaN pose": (SCENE.replace("[-0.6, 0.0, 0.0]", "[.nan, 0, 0]"), "bad-scene"),
    "infinite pose": (SCENE.replace("[-0.6, 0.0, 0.0]", "[.inf, 0, 0]"), "bad-scene"),
    "zero quaternion": (
        SCENE.replace("position: [-0.6, 0.0, 0.0]", "position: [0, 0, 0], orientation: [0, 0, 0, 0]"),
        "bad-scene",
    ),
    "negative mass": (SCENE.replace(BOWL, BOWL.replace("kind:", "mass: -1, kind:")), "bad-scene"),
    "endless mass": (SCENE.replace(BOWL, BOWL.replace("kind:", "mass: 1.0e+300, kind:")), "bad-scene"),
    "placed on nothing": (SCENE.replace("on: table, xy: [-0.1", "on: tabel, xy: [-0.1"), "bad-scene"),
    "two things with one id": (SCENE.replace("id: plate", "id: bowl"), "bad-scene"),
    "unknown field": (SCENE.replace(BOWL, BOWL.replace("kind:", "colour: red, kind:")), "bad-scene"),
}


@pytest.mark.parametrize("what", SCENES)
def test_a_bad_scene_file_is_refused(rehearse, tmp_path, what: str) -> None:
    text, code = SCENES[what]
    path = tmp_path / "bad.scene.yaml"
    path.write_text(text)
    said = rehearse("scene", "show", path, "--json")
    assert said.code == 2
    assert said.codes == [code]
    assert said.json["findings"][0]["remedy"]


BDDL = {
    "unbalanced": "(define (problem x)",
    "not BDDL": "hello",
    "unknown object in a literal": "(define (problem x) (:objects a - plate) (:init (On b t)))",
    "deep nesting": "(" * 5000,
}


@pytest.mark.parametrize("what", BDDL)
def test_a_bad_bddl_file_is_refused(rehearse, tmp_path, what: str) -> None:
    path = tmp_path / "bad.bddl"
    path.write_text(BDDL[what])
    said = rehearse("scene", "import", path, "--out", tmp_path / "x.scene.yaml", "--json")
    assert said.code == 2 and len(said.codes) == 1
    assert not (tmp_path / "x.scene.yaml").exists()


PLANS = {
    "unknown skill": ({"nodes": [{"id": "n1", "skill": "pik", "args": ["bowl"]}]}, "unknown-skill"),
    "missing object": ({"nodes": [{"id": "n1", "skill": "pick", "args": ["bowll"]}]}, "unknown-entity"),
    "cyclic": (
        {"edges": [{"source": "n1", "target": "n2"}, {"source": "n2", "target": "n1"}]},
        "cyclic",
    ),
    "unknown node in an edge": ({"edges": [{"source": "n1", "target": "n3"}]}, "unknown-node"),
    "unknown predicate": ({"goal": ["onn(bowl, plate)"]}, "unknown-predicate"),
    "another format": ({"schema": "rehearse.plan/9"}, "bad-plan"),
    "unknown field": ({"notes": "x"}, "bad-plan"),
}


@pytest.mark.parametrize("what", PLANS)
def test_a_bad_plan_is_refused(rehearse, scene, plan_file, what: str) -> None:
    changes, code = PLANS[what]
    said = rehearse("validate", plan_file(**changes), "--scene", scene, "--json")
    assert said.code == 2
    assert said.codes == [code]


@pytest.mark.parametrize("text", ["", "{", '{"a": NaN}', "[" * 5000, '{"schema": 1, "schema": 2}'])
def test_a_plan_that_is_no_json_is_refused(rehearse, scene, tmp_path, text: str) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)
    said = rehearse("validate", path, "--scene", scene, "--json")
    assert said.code == 2 and len(said.codes) == 1


@pytest.mark.parametrize("endless", ["/dev/zero", "/proc/self/mem"])
def test_a_plan_without_end_is_refused(rehearse, scene, endless: str) -> None:
    said = rehearse("validate", endless, "--scene", scene, "--json")
    assert said.code == 2 and said.codes[0] in ("too-large", "unreadable")


MESHES = {
    "leaves the folder": ("../outside.urdf", None),
    "absolute": ("/etc/passwd", None),
    "is not there": ("none.obj", None),
    "crashes the loader": ("broken.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 99999\n"),
    "has no faces": ("empty.obj", "v 0 0 0\n"),
    "is not URDF": ("broken.urdf", "<robot><link"),
    "has a negative mass": (
        "mass.urdf",
        '<robot name="x"><link name="a"><inertial><mass value="-1"/><inertia ixx="1" iyy="1" izz="1" ixy="0" ixz="0"'
        ' iyz="0"/></inertial><collision><geometry><box size="0.1 0.1 0.1"/></geometry></collision></link></robot>',
    ),
    "points out of the folder": (
        "escape.urdf",
        '<robot name="x"><link name="a"><collision><geometry><mesh filename="package://../x.obj"/></geometry>'
        "</collision></link></robot>",
    ),
}


@pytest.mark.parametrize("what", MESHES)
def test_a_bad_mesh_is_refused(rehearse, tmp_path, what: str) -> None:
    name, content = MESHES[what]
    if content is not None:
        (tmp_path / name).write_text(content)
    (tmp_path.parent / "outside.urdf").write_text("<robot name='x'><link name='a'/></robot>")
    path = tmp_path / "mesh.scene.yaml"
    path.write_text(SCENE.replace(BOWL, BOWL.replace("kind:", f"mesh: {name}, kind:")))
    said = rehearse("scene", "render", path, "--out", tmp_path / "x.png", "--json")
    assert said.code == 2 and len(said.codes) == 1
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("skill", "show", "pikc"),
        ("scene", "show", "nowhere"),
        ("scene", "show", "nowhere.scene.yaml"),
        ("validate", "nowhere.json"),
        ("verify", "nowhere"),
        ("plan", "   "),
        ("no-such-command",),
        ("run",),
        ("bench", "libero", "--dir", "nowhere"),
    ],
)
def test_wrong_words_are_refused(rehearse, scene, words) -> None:
    extra = ("--scene", scene) if words[0] in ("plan", "validate") else ()
    said = rehearse(*words, *extra, *(() if words[0] == "bench" else ("--json",)))
    assert said.code == 2
    assert "bad-input" in said.out or words[0] == "bench"


def test_without_json_the_finding_is_on_stderr_and_teaches(rehearse) -> None:
    said = rehearse("skill", "show", "pikc")
    assert said.code == 2 and said.out == ""
    assert "unknown-skill" in said.err and "Did you mean 'pick'?" in said.err


def test_two_arms_are_asked_for_with_one_plan(rehearse, tmp_path) -> None:
    said = rehearse("validate", tmp_path, "--together", "--json")
    assert said.code == 2 and said.codes == ["one-plan-only"]
