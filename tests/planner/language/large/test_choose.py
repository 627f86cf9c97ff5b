"""`--lm`: each choice, and a typed error that names them all for what is none."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from planner.faces.cli import run
from planner.instruction import Instruction
from planner.language import EmbeddedModel, ReplayModel
from planner.language.choose import CHOICES, choose
from planner.language.large.errors import LanguageModelError
from planner.language.large.model import LargeModel
from planner.language.replay import ReplayError, load_replay
from planner.outcome import draft_json
from tests.small import draft, table_top

DRAFT = draft(["on(can, plate)"], ["pick(can)", "place_on(can, plate)"])


def test_each_choice_is_made_without_loading_anything(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    file.write_text(json.dumps({"instruction": "a b", "draft": draft_json(DRAFT)}) + "\n")
    assert isinstance(choose(), EmbeddedModel)
    assert isinstance(choose(f"replay:{file}"), ReplayModel)
    local, endpoint = choose("local:some/model"), choose("endpoint:http://localhost:1/v1#qwen")
    assert isinstance(local, LargeModel) and local.name == "local:model"
    assert isinstance(endpoint, LargeModel) and endpoint.name == "endpoint:qwen"


@pytest.mark.parametrize("spec", ["", "gpt", "local", "local:", "embedded:x", "endpoint:", "replay:", "Embedded"])
def test_another_choice_is_refused_with_the_valid_ones(spec: str) -> None:
    with pytest.raises(LanguageModelError) as caught:
        choose(spec)
    assert caught.value.finding.code == "unknown-lm"
    assert all(choice in caught.value.finding.remedy for choice in CHOICES)


def test_settings_of_the_environment_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REHEARSE_LM_HOSTS", "gpu.lan, other.lan")
    monkeypatch.setenv("REHEARSE_LM_MODEL", "small")
    assert choose("endpoint:http://gpu.lan/v1").name == "endpoint:small"
    with pytest.raises(LanguageModelError, match=r"gpu\.lan, other\.lan"):
        choose("endpoint:http://third.lan/v1")
    for text in ("soon", "0", "-1", "nan", "inf"):
        monkeypatch.setenv("REHEARSE_LM_TIMEOUT_S", text)
        with pytest.raises(LanguageModelError) as caught:
            choose("local:x")
        assert caught.value.finding.code == "lm-bad-timeout"


def test_the_command_line_refuses_with_two(capfd: pytest.CaptureFixture[str]) -> None:
    short = ("plan", "put the can in the basket", "--json", "--lm")
    for spec, code in (
        ("gpt", "unknown-lm"),
        ("endpoint:http://example.org/v1", "lm-host"),
        ("endpoint:http://127.0.0.1:9/v1", "lm-unreachable"),
        ("local:nowhere/at-all", "no-model"),
        ("replay:nowhere.jsonl", "unreadable"),
    ):
        capfd.readouterr()
        assert run([*short, spec]) == 2
        assert [f["code"] for f in json.loads(capfd.readouterr().out)["findings"]] == [code]


def test_recorded_drafts_are_read_back(tmp_path: Path) -> None:
    lines = tmp_path / "drafts.jsonl"
    asks = draft(question="Which?")
    rows = [{"instruction": "one", "draft": draft_json(DRAFT)}, {"instruction": "two", "draft": draft_json(asks)}]
    lines.write_text("\n".join(map(json.dumps, rows)) + "\n\n")
    model = load_replay(lines)
    assert model.draft(Instruction("one", table_top())) == DRAFT
    assert model.draft(Instruction("two", table_top())).question == "Which?"
    alone = tmp_path / "summary.json"
    alone.write_text(json.dumps({**rows[0], "state": "achieved"}, indent=1))
    assert load_replay(alone).draft(Instruction("one", table_top())) == DRAFT


@pytest.mark.parametrize(
    "text",
    ["hello", "[]", '{"instruction": "x"}', '{"instruction": "x", "draft": {}}']
    + [json.dumps({"instruction": "x", "draft": {"goal": [g], "steps": []}}) for g in ("on(a)", "under(a, b)", 7)]
    + [json.dumps({"instruction": "x", "draft": {"goal": [], "steps": ["pick"]}}), "\n{", "[" * 3000],
)
def test_a_record_that_is_none_is_a_typed_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "drafts.jsonl"
    path.write_text(text)
    with pytest.raises(ReplayError) as caught:
        load_replay(path)
    assert caught.value.finding.code == "bad-record" and caught.value.finding.where.startswith(str(path))


def test_help_and_choosing_load_no_model_library(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom planner.faces.cli import run\nfrom planner.language.choose import choose\n"
        "run(['plan', '--help']); choose('local:x'); choose('endpoint:http://localhost:1/v1')\n"
        "heavy = {'torch', 'transformers', 'langchain_core', 'langchain_openai', 'openai', 'llguidance', 'langsmith'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
