"""A description may have a base that drives and a second arm; a plain arm keeps its hash."""

import copy

import pytest
import yaml

from skills.errors import RobotError
from skills.robots.description import parse_description
from skills.robots.names import FOLDER
from skills.robots.opening import open_robot

HOME = yaml.safe_load((FOLDER / "home.robot.yaml").read_text())


def test_the_driven_joints_are_those_of_the_base_and_then_of_each_arm() -> None:
    about = open_robot("home").description
    assert [len(chain.joints) for chain in about.chains] == [4, 7, 7]
    assert about.chains[0].joints == ("base_x", "base_y", "base_yaw", "lift")
    assert len(about.limbs) == 2 and "navigate" in about.abilities


def test_a_plain_arm_keeps_its_hash() -> None:
    kept = "19d0410567051266dd49e9aca7fdfbddd2816b49ab062339f8ac69e1a3ba257a"
    assert open_robot("panda").description.sha256 == kept


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"base": None}, "no such body can do navigate"),
        ({"base": {**HOME["base"], "joints": ["base_x", "base_y", "base_yaw", "left_panda_joint1"]}}, "share a joint"),
        ({"base": {**HOME["base"], "joints": ["base_x"]}}, "base.joints"),
        ({"attached": [{**HOME["attached"][0], "prefix": "../"}]}, "prefix"),
    ],
)
def test_what_is_wrong_is_said(change: dict, said: str) -> None:
    with pytest.raises(RobotError) as caught:
        parse_description({**copy.deepcopy(HOME), **change})
    assert said in caught.value.finding.what
