"""The models behind the port: typed errors, replay, and decoding with weights that know nothing."""

from pathlib import Path

import pytest
import torch

from planner.instruction import Instruction, InstructionError
from planner.language import EmbeddedModel, LanguageModel, ReplayModel
from planner.language.decode import decode
from planner.language.embedded import WeightsError
from planner.language.encoder import EncoderError, SentenceEncoder, encoder_folder
from planner.language.layout import table_of
from planner.language.network import Grounder, Size
from planner.language.replay import ReplayError
from planner.language.writer import draft_of
from skills.graph import Draft, Step
from skills.scene import Scene
from skills.symbols import Goal, Literal
from tests.planner.language.test_grammar import well_typed

SMALL = Size(width=32, heads=2, layers=1, decoder_layers=1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-instruction"),
        ("  ?! ", "empty-instruction"),
        ("a" * 2001, "long-instruction"),
        (7, "instruction-not-text"),
    ],
)
def test_unreadable_text_is_a_typed_error(kitchen: Scene, text: object, code: str) -> None:
    for model in (EmbeddedModel(), ReplayModel({})):
        with pytest.raises(InstructionError) as caught:
            model.draft(Instruction(text, kitchen))  # type: ignore[arg-type]
        assert caught.value.finding.code == code


def test_replay_says_what_was_recorded(kitchen: Scene) -> None:
    draft = Draft(Goal((Literal("open", ("microwave_1",)),)), (Step("open", ("microwave_1",)),))
    model = ReplayModel({"open  the microwave": draft})
    assert isinstance(model, LanguageModel)
    assert model.draft(Instruction("open the microwave ", kitchen)) is draft
    with pytest.raises(ReplayError, match="open the microwave"):
        model.draft(Instruction("open the microwav", kitchen))


@pytest.mark.parametrize("seed", range(4))
def test_a_network_that_knows_nothing_still_writes_well_typed_drafts(
    kitchen: Scene, encoder: SentenceEncoder, seed: int
) -> None:
    torch.manual_seed(seed)
    model = Grounder(SMALL).eval()
    table = table_of(Instruction("x", kitchen))
    for text in ("put the red mug on the plate", "zzz", "close everything and then open it again, please"):
        found = decode(model, encoder, text, table, beam=2, refusals=False)
        assert found and 0.0 <= found[0].confidence <= 1.0
        draft = draft_of(table, found[0].writer, found[0].confidence)
        assert draft.goal.literals and well_typed(draft, table)


def test_missing_or_altered_weights_are_typed_errors(kitchen: Scene, tmp_path: Path) -> None:
    with pytest.raises(WeightsError) as caught:
        EmbeddedModel(tmp_path).draft(Instruction("open the microwave", kitchen))
    assert caught.value.finding.code == "no-weights"
    (tmp_path / "card.json").write_text('{"sha256": "0", "size": {}}')
    (tmp_path / "grounder.safetensors").write_bytes(b"nothing")
    with pytest.raises(WeightsError) as caught:
        EmbeddedModel(tmp_path).draft(Instruction("open the microwave", kitchen))
    assert caught.value.finding.code == "wrong-weights"


def test_foreign_encoder_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (encoder_folder() / "tokenizer.json").is_file()
    monkeypatch.setattr("planner.language.encoder.WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match="sha256"):
        encoder_folder()
    monkeypatch.setattr("planner.language.encoder.PACKAGE", "no_such_package")
    with pytest.raises(EncoderError, match="not installed"):
        encoder_folder()
