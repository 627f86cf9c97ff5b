"""Training: it learns, it can be cut and resumed, and what it leaves can be promoted and used."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from typer.testing import CliRunner

from planner.factory.cli import app
from planner.factory.training.evaluate import evaluate, held_out
from planner.factory.training.promote import load_run, promote
from planner.factory.training.train import STOP, Recipe, Run, train
from planner.language.embedded import load_network
from planner.language.encoder import SentenceEncoder
from planner.language.network import Grounder, Size

TINY = {"width": 32, "heads": 2, "layers": 1, "decoder_layers": 1}
RECIPE = Recipe(seed=1, batch=8, chunk=2, warmup=2, rate=3e-3)


def silent(line: str) -> None:
    """Drops the line."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole")
    train(out, RECIPE, steps=6, size=TINY, report=silent)
    return out


def test_a_cut_run_ends_like_a_whole_one(whole: Path, tmp_path: Path) -> None:
    train(tmp_path, RECIPE, steps=3, size=TINY, report=silent)
    done = train(tmp_path, RECIPE, steps=6, resume=True, size=TINY, report=silent)
    assert done.step == 6 and done.examples == 48
    one, two = (torch.load(f / "checkpoint.pt", weights_only=True) for f in (whole, tmp_path))
    # the phrase cache is cold after the cut, so encodings differ in their last bits; nothing else may
    for kept in ("model", "mean"):
        apart = torch.cat([(one[kept][k] - two[kept][k]).flatten() for k in one[kept]])
        moved = torch.cat([(one[kept][k] - fresh(k)).flatten() for k in one[kept]])
        assert apart.norm() < 0.05 * moved.norm()


def fresh(name: str) -> torch.Tensor:
    torch.manual_seed(RECIPE.seed)
    return Grounder(Size(**TINY)).state_dict()[name]


def test_the_data_of_a_step_depend_on_seed_and_step_alone(tmp_path: Path) -> None:
    run = Run(tmp_path, RECIPE, TINY)
    later = [e.text for e in run.batch(5)]
    assert [e.text for e in run.batch(0)] != later
    assert [e.text for e in Run(tmp_path, RECIPE, TINY).batch(5)] == later


def test_loss_falls(tmp_path: Path) -> None:
    first = train(tmp_path, RECIPE, steps=1, size=TINY, report=silent)
    later = train(tmp_path, RECIPE, steps=25, resume=True, size=TINY, report=silent)
    assert later.loss < first.loss


def test_under_muon_the_loss_falls_and_a_cut_run_keeps_its_momentum(tmp_path: Path) -> None:
    recipe = replace(RECIPE, muon=2e-3)
    first = train(tmp_path, recipe, steps=1, size=TINY, report=silent)
    later = train(tmp_path, recipe, steps=25, resume=True, size=TINY, report=silent)
    assert later.loss < first.loss
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=True)
    again = Run(tmp_path, recipe, TINY)
    again.load()
    kept, hidden = state["turner"]["state"], {id(p) for p in again.hidden}
    assert len(kept) == len(hidden) and all(float(one["momentum_buffer"].norm()) > 0 for one in kept.values())
    assert not any(id(p) in hidden for p in again.optimizer.state)  # AdamW leaves them alone


def test_a_stop_file_ends_the_call_with_a_checkpoint(tmp_path: Path) -> None:
    (tmp_path / STOP).touch()
    done = train(tmp_path, RECIPE, steps=50, size=TINY, report=silent)
    assert done.step == 0 and (tmp_path / "checkpoint.pt").exists()


def test_a_run_is_promoted_as_half_precision_with_its_card(whole: Path, tmp_path: Path) -> None:
    card = promote(whole / "checkpoint.pt", tmp_path, command="rehearse factory train --steps 6", count=12)
    assert card["steps"] == 6 and card["examples"] == 48 and card["held_out"]["n"] == 12
    assert json.loads((tmp_path / "card.json").read_text()) == json.loads(json.dumps(card))
    assert "--steps 6" in (tmp_path / "CARD.md").read_text()
    kept, mean = load_network(tmp_path).state_dict(), load_run(whole / "checkpoint.pt")[1]["mean"]
    assert all(torch.allclose(kept[k], mean[k], atol=2e-3) for k in mean)


def test_scores_tell_the_families_apart(whole: Path) -> None:
    scores = evaluate(load_run(whole / "checkpoint.pt")[0], SentenceEncoder(), held_out(30), most_misses=3)
    assert 0.0 <= scores.draft <= scores.goal <= 1.0
    assert sum(n for _, n in scores.families.values()) == 30
    assert all("want" in miss and "got" in miss for miss in scores.misses)


def test_the_command_needs_an_end() -> None:
    done = CliRunner().invoke(app, ["train"])
    assert done.exit_code == 2
