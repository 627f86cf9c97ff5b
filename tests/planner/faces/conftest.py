"""A scene file and plans for it, and the command line called in this process."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from planner.faces.cli import run

SCENE = """\
schema: rehearse.scene/1
name: bench_top
robots:
- pose: {position: [-0.6, 0.0, 0.0]}
fixtures:
- {id: table, kind: table, pose: {position: [0.0, 0.0, 0.0]}}
objects:
- {id: bowl, kind: akita_black_bowl, placement: {on: table, xy: [-0.1, -0.15]}}
- {id: plate, kind: plate, placement: {on: table, xy: [-0.05, 0.15]}}
"""


class Said(NamedTuple):
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def codes(self):
        return [f["code"] for f in self.json["findings"]]


@pytest.fixture
def rehearse(capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Calls the command line and returns what it said."""

    def call(*words: object) -> Said:
        capfd.readouterr()
        code = run([str(w) for w in words])
        captured = capfd.readouterr()
        return Said(code, captured.out, captured.err)

    return call


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    path = tmp_path / "bench.scene.yaml"
    path.write_text(SCENE)
    return path


@pytest.fixture
def plan_file(tmp_path: Path) -> Callable[..., Path]:
    """Writes a plan, with fields replaced, and returns its path."""

    def write(**changes: object) -> Path:
        data = {
            "schema": "rehearse.plan/1",
            "instruction": "put the bowl on the plate",
            "goal": ["on(bowl, plate)"],
            "nodes": [
                {"id": "n1", "skill": "pick", "args": ["bowl"]},
                {"id": "n2", "skill": "place_on", "args": ["bowl", "plate"]},
            ],
            **changes,
        }
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(data))
        return path

    return write
