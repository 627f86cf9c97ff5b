"""`EmbeddedModel`: the default language model; no network, no key, no GPU."""

import hashlib
import json
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.instruction import Instruction
from planner.language.decode import decode
from planner.language.grammar import draft_of
from planner.language.layout import table_of
from skills.errors import SkillsError
from skills.graph import Draft
from skills.symbols import Goal

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder
    from planner.language.network import Grounder

WEIGHTS = "grounder.safetensors"
CARD = "card.json"


class WeightsError(SkillsError):
    """The network's weights are missing or are not the ones that the card describes."""


def weights_folder() -> Path:
    """Returns the folder of the promoted weights."""
    return Path(str(files("planner.language").joinpath("weights")))


def load_network(folder: Path) -> "Grounder":
    """Returns the network whose weights and card lie in a folder.

    Raises:
        WeightsError: A file is missing, or the weights' sha256 is not the card's.
    """
    import torch
    from safetensors.torch import load

    from planner.language.network import Grounder, Size

    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
        data = (folder / WEIGHTS).read_bytes()
    except (OSError, ValueError) as error:
        raise WeightsError.at(
            "no-weights", str(folder), f"The model cannot be read: {error}.", "Reinstall, or promote a trained model."
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != card.get("sha256"):
        raise WeightsError.at(
            "wrong-weights", str(folder / WEIGHTS), f"The weights' sha256 is {digest!r}.", "Restore the shipped file."
        )
    model = Grounder(Size(**card["size"]))
    model.load_state_dict({k: v.to(torch.float32) for k, v in load(data).items()})
    return model.eval()


class EmbeddedModel:
    """Decomposes with this project's own network over the frozen sentence encoder.

    Args:
        folder: Weights and card, if not the promoted ones.
        threads: CPU threads for torch.
        floor: Drafts below this probability become a refusal.
    """

    name = "embedded.v1"

    def __init__(self, folder: Path | None = None, threads: int = 1, floor: float | None = None) -> None:
        self._folder = folder or weights_folder()
        self._threads = threads
        self._floor = floor

    @property
    def folder(self) -> Path:
        """Where weights and card lie."""
        return self._folder

    @cached_property
    def card(self) -> dict[str, Any]:
        """The model card's data."""
        card: dict[str, Any] = json.loads((self._folder / CARD).read_text(encoding="utf-8"))
        return card

    @cached_property
    def _parts(self) -> "tuple[Grounder, SentenceEncoder]":
        import torch

        from planner.language.encoder import SentenceEncoder

        torch.set_num_threads(self._threads)
        return load_network(self._folder), SentenceEncoder()

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the goal and the steps that the instruction asks for, or a refusal.

        Args:
            instruction: The request and its scene.

        Raises:
            InstructionError: The text is no string, is empty, or is too long.
            WeightsError: The weights are missing or wrong.
        """
        text = instruction.checked()
        table = table_of(instruction)
        if not len(table):
            return Draft(Goal(()), refusal="There is nothing in this scene.", confidence=1.0)
        model, encoder = self._parts
        best = decode(model, encoder, text, table)[0]
        floor = self.card.get("floor", 0.0) if self._floor is None else self._floor
        if best.writer.refusal is None and best.confidence < floor:
            return Draft(
                Goal(()),
                refusal="I am not sure what is asked; please say it in other words.",
                confidence=best.confidence,
            )
        return draft_of(table, best.writer, best.confidence)
