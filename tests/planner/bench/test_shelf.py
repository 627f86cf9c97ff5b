"""A certified plan is found again by what it does, and only while it verifies."""

from pathlib import Path

import numpy as np
import pytest

from planner.bench.shelf import Shelf
from planner.compile import compile_draft
from planner.outcome import Planned
from sim_checks.certificate import issue
from sim_checks.gates import GateSettings
from sim_checks.signing import KEY_DIR_VARIABLE
from sim_checks.verdict import Outcome, Verdict
from skills.graph import Draft, SkillGraph
from skills.motion import Motion, Segment
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene, resting
from skills.symbols import Goal, Literal

SCENE = Scene(
    name="table",
    robots=(RobotSpec(pose=PoseSpec(position=(-0.65, 0, 0))),),
    fixtures=(Fixture(id="table_1", kind="table", pose=PoseSpec(position=(0, 0, 0))),),
    objects=(resting("mug_1", "mug", "table_1"), resting("plate_1", "plate", "table_1", 0.0, 0.2)),
)


def _graph(sentence: str, target: str = "plate_1") -> SkillGraph:
    graph = compile_draft(Draft(Goal((Literal("on", ("mug_1", target)),))), SCENE, instruction=sentence).graph
    assert graph is not None
    return graph


def _planned(graph: SkillGraph) -> Planned:
    verdicts = tuple(Verdict(gate, Outcome.PASS) for gate in ("symbolic", "geometric", "physics"))
    still = Segment("transit", np.array([0.0, 1.0]), np.zeros((2, 7)), 0.08)
    motions = tuple(Motion(node.id, (still,)) for node in graph.nodes)
    return Planned(issue(graph, SCENE, verdicts, motions, GateSettings().to_json(), {}, ()), verdicts)


@pytest.fixture(autouse=True)
def _own_keys(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_DIR_VARIABLE, str(tmp_path_factory.mktemp("keys") / "rehearse"))


def test_the_same_plan_in_other_words_is_found(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, GateSettings())
    assert shelf.find(_graph("put it there"), SCENE) is None
    shelf.put(_planned(_graph("put it there")))
    assert shelf.find(_graph("the mug goes on the plate"), SCENE) is not None


def test_another_scene_or_setting_is_not(tmp_path: Path) -> None:
    Shelf(tmp_path, GateSettings()).put(_planned(_graph("put it there")))
    moved = SCENE.model_validate({**SCENE.model_dump(by_alias=True), "name": "other"})
    assert Shelf(tmp_path, GateSettings()).find(_graph("put it there"), moved) is None
    assert Shelf(tmp_path, GateSettings(attempts=2)).find(_graph("put it there"), SCENE) is None


def test_a_changed_certificate_is_not_used(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, GateSettings())
    shelf.put(_planned(_graph("put it there")))
    (file,) = tmp_path.glob("*/certificate.json")
    file.write_text(file.read_text().replace("pass", "fail"))
    assert shelf.find(_graph("put it there"), SCENE) is None
