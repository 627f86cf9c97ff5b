"""Public benchmark files, where their folder is named, and small made-up ones of the same form."""

import json
import os
from pathlib import Path

import pytest

ROTATE = ["rotate_object", "block_red", 60]
OPEN = ["move_door_rel", "base__drawer", 0.12]
LIFT = ["lift_object", "block_blue", 0.05, "table", "drawer_link"]


@pytest.fixture(scope="session")
def benchmarks() -> Path:
    """The folder of public benchmark data; tests that need it are skipped without."""
    folder = os.environ.get("REHEARSE_BENCHMARKS")
    if not folder:
        pytest.skip("REHEARSE_BENCHMARKS names no folder with the public benchmark data")
    return Path(folder)


@pytest.fixture
def calvin_file(tmp_path: Path) -> Path:
    """Three made-up tasks in the form of CALVIN's file."""
    data = {
        "train_annotations": {
            "rotate_red_block_left": ["give the red cube a left turn"],
            "open_drawer": ["tug the drawer", "have the drawer open"],
            "lift_blue_block_drawer": ["fetch up the blue cube out of the drawer"],
        },
        "task_oracle": {"rotate_red_block_left": ROTATE, "open_drawer": OPEN, "lift_blue_block_drawer": LIFT},
        "symbolic_tasks": {
            "rotate_red_block_left": [{"condition": {"red_block": "table", "grasped": 0}, "effect": {}}],
            "open_drawer": [{"condition": {"drawer": "closed", "grasped": 0}, "effect": {}}],
            "lift_blue_block_drawer": [
                {"condition": {"blue_block": "drawer", "drawer": "open", "grasped": 0}, "effect": {}}
            ],
        },
    }
    path = tmp_path / "calvin.json"
    path.write_text(json.dumps(data))
    return path


def plan_row(row, instruction, placed=(), held=None, visited=(), issue=None):
    """A row in the form of SayCan's file."""
    effects = {"placed": [list(p) for p in placed], "held_at_end": held, "visited": list(visited), "articulated": []}
    return {"row": row, "instruction": instruction, "steps": [], "issue": issue, "derived_effects": effects}


@pytest.fixture
def saycan_file(tmp_path: Path) -> Path:
    """Made-up requests in the form of SayCan's file."""
    rows = [
        plan_row(1, "Fetch a fruit, would you", [("banana", "user")]),
        plan_row(2, "Two oranges go to the bin", [("orange", "trash"), ("orange", "trash")]),
        plan_row(3, "Grip the coke", held="coke can"),
        plan_row(4, "Drive up to the table", visited=["table"]),
        plan_row(5, "Serve everything from the table to me", [("tea", "user"), ("apple", "user")]),
        plan_row(6, "The pepsi belongs on the close counter", [("pepsi", "counter")], visited=["counter"], issue="cut"),
        plan_row(7, "I hate bananas, any fruit but not a banana", [("apple", "user")]),
    ]
    path = tmp_path / "saycan.json"
    path.write_text(json.dumps({"plans_v0": rows}))
    return path
