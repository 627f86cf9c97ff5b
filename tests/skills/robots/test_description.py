"""A description is read strictly: what is wrong is said as one typed finding, and never as anything else."""

import copy

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from skills.errors import RobotError, SceneError
from skills.robots.description import load_description, parse_description
from skills.robots.names import FOLDER, names, shipped, stays_beside
from skills.robots.opening import open_robot
from skills.scene import dump_scene, load_scene, parse_scene
from tests.small import table_top

PANDA = yaml.safe_load((FOLDER / "panda.robot.yaml").read_text())
"""The shipped Panda as plain data."""


def _changed(path: str, value: object) -> dict:
    """The Panda with one value changed; ``path`` is like ``arm.home``."""
    data = copy.deepcopy(PANDA)
    *way, last = path.split(".")
    place = data
    for key in way:
        place = place[int(key)] if isinstance(place, list) else place[key]
    place[int(last) if isinstance(place, list) else last] = value
    return data


@pytest.mark.parametrize("name", names())
def test_a_shipped_robot_is_called_what_its_file_is_called(name: str) -> None:
    assert open_robot(name).description.name == name


def test_scenes_of_the_first_format_keep_their_robot_and_their_hash() -> None:
    scene = table_top()
    assert open_robot(scene.robots[0].kind).description.name == "panda"
    assert scene.sha256 == "e1c573ae2bd1cc7e3700f71cd46f6f0d1fea9f842266dc0bdfd01de49e089d01"


def test_every_change_changes_the_hash() -> None:
    hashes = {parse_description(_changed(*c)).sha256 for c in (("words", "x"), ("gripper.force", 69.0), ("name", "p"))}
    assert len(hashes | {parse_description(PANDA).sha256}) == 4


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("arm.home", [0.0] * 6, "one value for each of the 7 joints"),
        ("arm.home.3", 1.0, "not between its limits at home"),
        ("arm.joints.1", "panda_joint1", "named twice"),
        ("arm.speed.0", float("nan"), "arm.speed.0"),
        ("arm.colour", "red", "arm.colour"),
        ("schema", "rehearse.robot/9", "schema"),
        ("hand.urdf", "hand.urdf", "'urdf' and 'joined' together"),
        ("gripper.kind", "magnet", "'kind' is 'parallel' or 'suction'"),
        ("gripper.kind", "suction", "gripper.suction.radius"),
        ("gripper.fingers.1.link", "panda_leftfinger", "a joint and a link each"),
        ("gripper.fingers.0.curve", [[0.0, 0.0]], "two points or more"),
        ("gripper.fingers.0.curve", [[0.0, 0.0], [0.05, 0.0]], "opening must grow"),
        ("gripper.fingers.0.curve", [[0.0, 0.0], [0.05, 1.0]], "must end at the opening"),
        ("abilities", ["navigate"], "no such body can do"),
    ],
)
def test_what_is_wrong_is_said(path: str, value: object, said: str) -> None:
    with pytest.raises(RobotError) as caught:
        parse_description(_changed(path, value) if "." in path or path in PANDA else {**PANDA, path: value})
    assert caught.value.finding.code == "bad-robot"
    assert said in caught.value.finding.what


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(section=st.sampled_from(sorted(PANDA)), data=st.data())
def test_odd_data_is_a_robot_or_a_finding(section: str, data: st.DataObject) -> None:
    changed = copy.deepcopy(PANDA)
    if isinstance(changed[section], dict) and data.draw(st.booleans()):
        changed[section][data.draw(st.sampled_from(sorted(changed[section])))] = data.draw(ODD)
    else:
        changed[section] = data.draw(ODD)
    try:
        assert parse_description(changed).sha256
    except RobotError as error:
        assert error.finding.code == "bad-robot"


@settings(max_examples=60, deadline=None)
@given(content=st.binary(max_size=200))
def test_odd_bytes_are_a_finding(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("odd") / "odd.robot.yaml"
    path.write_bytes(content)
    with pytest.raises(RobotError):
        load_description(path)


def test_a_name_that_nobody_has_names_the_nearest() -> None:
    with pytest.raises(RobotError, match="xarm6"):
        open_robot("xarm7")
    with pytest.raises(SceneError, match="neither a shipped robot"):
        parse_scene(
            {**table_top().model_dump(by_alias=True), "robots": [{"kind": "r2d2", "pose": {"position": [0, 0, 0]}}]}
        )
    with pytest.raises(RobotError, match="cannot be read"):
        open_robot("nowhere.robot.yaml")


def test_a_scene_file_names_robots_beside_it_alone(tmp_path) -> None:
    assert stays_beside("arms/mine.robot.yaml") and shipped("franka_panda")
    spec = table_top().robots[0]
    for kind, good in (("mine.robot.yaml", True), ("../mine.robot.yaml", False), ("/tmp/mine.robot.yaml", False)):
        scene = table_top().model_copy(update={"robots": (spec.model_copy(update={"kind": kind}),)})
        path = tmp_path / "here.scene.yaml"
        path.write_text(dump_scene(scene))
        if good:
            assert load_scene(path).robots[0].kind == kind
        else:
            with pytest.raises(SceneError, match="leads out"):
                load_scene(path)
