"""The command line: exit codes, pure JSON, and nothing loaded that is not needed."""

import json
import os
import subprocess
import sys

import pytest

from planner.dispatch.errors import ExecutorError
from planner.faces import cli
from sim_checks.errors import EngineError
from skills.finding import Finding


@pytest.mark.parametrize(
    "words",
    [("skill", "list"), ("skill", "show", "pick.v1"), ("scene", "schema"), ("graph", "schema"), ("scene", "list")],
)
def test_json_is_pure_and_passes(rehearse, words) -> None:
    said = rehearse(*words, "--json")
    assert said.code == 0
    assert isinstance(said.json, dict)


def test_every_command_teaches_with_an_example(rehearse) -> None:
    for words in (("run",), ("plan",), ("validate",), ("verify",), ("chat",), ("scene", "render"), ("bench", "libero")):
        said = rehearse(*words, "--help")
        assert said.code == 0
        assert "Example: rehearse" in " ".join(said.out.split())


def test_scene_show_names_what_sentences_may_use(rehearse, scene) -> None:
    said = rehearse("scene", "show", scene, "--json")
    assert {e["id"]: e["words"] for e in said.json["entities"]}["bowl"] == "black bowl"
    assert "on(bowl, table)" in said.json["facts"]
    assert "black bowl" in rehearse("scene", "show", scene).out


def test_an_unknown_kind_is_a_warning_never_silent(rehearse, scene) -> None:
    scene.write_text(scene.read_text().replace("kind: plate", "kind: plte"))
    said = rehearse("scene", "show", scene, "--json")
    assert said.code == 0
    assert [(f["code"], f["severity"]) for f in said.json["findings"]] == [("unknown-kind", "warning")]


def test_scene_render_writes_a_picture(rehearse, scene, tmp_path) -> None:
    from PIL import Image

    said = rehearse("scene", "render", scene, "--out", tmp_path / "s.png", "--size", 160, 120, "--json")
    assert said.code == 0
    with Image.open(tmp_path / "s.png") as picture:
        assert picture.size == (160, 120)
        assert len(picture.getcolors(160 * 120)) > 20


@pytest.mark.parametrize("form", ["tree", "mermaid", "dot"])
def test_graph_show_draws_the_plan(rehearse, scene, plan_file, form) -> None:
    said = rehearse("graph", "show", plan_file(), "--scene", scene, "--format", form)
    assert said.code == 0
    assert "pick(bowl)" in said.out


def test_a_rejected_plan_exits_with_one(rehearse, scene, plan_file) -> None:
    only_place = [{"id": "n1", "skill": "place_on", "args": ["bowl", "plate"]}]
    said = rehearse("validate", plan_file(nodes=only_place), "--scene", scene, "--json")
    assert said.code == 1
    assert said.json["outcome"] == "refused" and said.json["stage"] == "symbolic"
    assert "unmet-precondition" in said.codes


@pytest.mark.parametrize(
    ("error", "code", "outcome"),
    [
        (EngineError.at("not-finite", "world", "It blew up.", "Report it."), 3, "fault"),
        (ExecutorError(Finding("executor-lost", "executor", "It is gone.", "Look.")), 3, "fault"),
        (ZeroDivisionError("division by zero"), 3, "fault"),
        (KeyboardInterrupt(), 3, "fault"),
    ],
)
def test_faults_exit_with_three_in_one_line(rehearse, monkeypatch, error, code, outcome) -> None:
    def broken(**_):
        raise error

    monkeypatch.setattr(cli, "app", broken)
    said = rehearse("doctor", "--json")
    assert said.code == code and said.json["outcome"] == outcome
    assert "Traceback" not in said.err


def _python(code: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, env=dict(os.environ), check=False)


_HEAVY = """
import sys
from planner.faces.cli import run
code = run(sys.argv[1:])
assert not {"torch", "transformers"} & set(sys.modules), "a heavy library was imported"
sys.exit(code)
"""


def test_validate_runs_without_the_language_model_libraries(scene, plan_file) -> None:
    only_place = [{"id": "n1", "skill": "place_on", "args": ["bowl", "plate"]}]
    done = _python(_HEAVY, "validate", plan_file(nodes=only_place), "--scene", scene, "--json")
    assert done.returncode == 1, done.stderr
    assert _python(_HEAVY, "--help").returncode == 0


def test_stdout_holds_the_answer_and_nothing_else(scene) -> None:
    code = "from planner.faces.cli import main; main()"
    done = _python(code, "scene", "show", scene, "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["name"] == "bench_top"
