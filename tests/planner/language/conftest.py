"""A small kitchen, and the frozen encoder once for all tests here."""

import pytest

from planner.language.encoder import SentenceEncoder
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene, resting


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="session")
def kitchen() -> Scene:
    at = PoseSpec(position=(0.0, 0.0, 0.0))
    return Scene(
        schema="rehearse.scene/1",
        name="kitchen",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0.0, 0.0))),),
        fixtures=(
            Fixture(id="kitchen_table", kind="kitchen_table", pose=at),
            Fixture(
                id="cabinet_1",
                kind="wooden_cabinet",
                placement={"on": "kitchen_table", "xy": (0.0, -0.3)},
                joints={"middle_region": 1.0},
            ),
            Fixture(id="stove_1", kind="stove", placement={"on": "kitchen_table", "xy": (-0.2, 0.25)}),
            Fixture(id="microwave_1", kind="microwave", placement={"on": "kitchen_table", "xy": (-0.3, 0.0)}),
        ),
        objects=(
            resting("mug_1", "red_coffee_mug", "kitchen_table", 0.1, -0.1),
            resting("mug_2", "porcelain_mug", "kitchen_table", 0.1, 0.1),
            resting("plate_1", "plate", "kitchen_table", 0.15, 0.25),
            resting("block_1", "block", "kitchen_table", 0.2, -0.05),
            resting("block_2", "block", "kitchen_table", 0.2, 0.1),
            resting("basket_1", "basket", "kitchen_table", -0.1, 0.0),
        ),
    )
