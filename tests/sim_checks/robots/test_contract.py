"""Every shipped robot meets its contract, and a robot that cannot hold a block does not."""

import pytest

from sim_checks.robots.contract import check_robot
from sim_checks.robots.holding import hold_a_block
from sim_checks.robots.picture import write_reach
from skills.robots.names import names
from skills.robots.opening import OpenedRobot, open_robot


@pytest.mark.parametrize("name", names())
def test_a_shipped_robot_meets_its_contract(name: str, tmp_path) -> None:
    contract = check_robot(open_robot(name), poses=20, step=0.2)
    assert contract, [row for row in contract.rows if not row.ok]
    assert contract.reached.poses == 20
    around = contract.held.edge if open_robot(name).description.gripper.fingers else 0.0
    assert contract.held.slip < 0.001 and abs(contract.held.closed_to - around) < 0.004
    assert contract.reach.share.max() == 1.0 and contract.reach.share[-1, 0] == 0.0
    pytest.importorskip("matplotlib")
    write_reach(tmp_path / "reach.png", contract.reach, name)
    assert (tmp_path / "reach.png").read_bytes().startswith(b"\x89PNG")


def _panda(**changes: object) -> OpenedRobot:
    opened = open_robot("panda")
    gripper = opened.description.gripper.model_copy(update=changes)
    return OpenedRobot(opened.description.model_copy(update={"gripper": gripper}), opened.folder)


def test_a_gripper_without_force_holds_nothing() -> None:
    held = hold_a_block(_panda(force=0.3))
    assert held.reached and not held.touching and held.lifted < 0.05


def test_a_cup_with_too_little_vacuum_drops_the_block() -> None:
    opened = open_robot("cell")
    leaky = opened.description.gripper.model_copy(update={"vacuum": 10_000.0})
    held = hold_a_block(OpenedRobot(opened.description.model_copy(update={"gripper": leaky}), opened.folder))
    assert held.reached and not held.touching and held.lifted < 0.05


def test_what_a_description_claims_wrongly_breaks_the_contract() -> None:
    opened = open_robot("panda")
    arm = opened.description.arm
    wrong = opened.description.model_copy(
        update={
            "arm": arm.model_copy(update={"speed": (9.0, *arm.speed[1:])}),
            "reach": opened.description.reach.model_copy(update={"radius": 0.4}),
        }
    )
    contract = check_robot(OpenedRobot(wrong, opened.folder), poses=10, step=0.4)
    assert not contract
    assert {"limits", "reach bound is certain"} <= {row.name for row in contract.rows if not row.ok}
