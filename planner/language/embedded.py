"""`EmbeddedModel`: the default language model; no network, no key, no GPU."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.instruction import Instruction
from planner.language import asking
from planner.language.decode import Decoded, decode, remembered
from planner.language.labels import Labels
from planner.language.layout import table_of
from planner.language.questioning import LEAST_CHANCE, rule_of
from planner.language.rereading import another, reply_scores
from planner.language.signals import read
from planner.language.spelling import mended
from planner.language.table import EntityTable
from planner.language.writer import draft_of
from skills.errors import SkillsError
from skills.finding import Finding
from skills.graph import Draft, Option
from skills.symbols import Goal

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder
    from planner.language.network import Grounder, Memory
    from planner.language.refusing import Refuser

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

    @cached_property
    def _refuser(self) -> "Refuser":
        from planner.language.refusing import Refuser

        return Refuser(*self._parts)

    @cached_property
    def _labels(self) -> Labels:
        return Labels(self.encoder)

    def _table(self, instruction: Instruction) -> EntityTable:
        """Returns the scene's rows, with labels that are names."""
        return self._labels.cleaned(table_of(instruction), instruction.scene)

    @property
    def encoder(self) -> "SentenceEncoder":
        """The sentence encoder, for whoever else compares phrases."""
        return self._parts[1]

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the goal and the steps that the instruction asks for, or a question, or a refusal.

        Args:
            instruction: The request and its scene.

        Raises:
            InstructionError: The text is no string, is empty, or is too long.
            WeightsError: The weights are missing or wrong.
        """
        said = instruction.checked()
        if not instruction.scene.entities:
            return Draft(Goal(()), refusal="There is nothing in this scene.", confidence=1.0)
        table = self._table(instruction)
        model, encoder = self._parts
        text = mended(said, [r.words for r in table.rows], encoder)
        memory = remembered(model, encoder, text, table)
        best = decode(model, encoder, text, table, memory=memory)[0]
        if best.writer.refusal is None and best.missing >= max(self.card.get("missing_threshold", 1.0), best.ask):
            return self._refused("refuse_missing", text, table, best.missing)
        if self._doubts(best, memory, table):
            readings = decode(model, encoder, text, table, asking.BEAM, only="ask", memory=memory)
            if readings:
                return asking.settle(instruction, [draft_of(table, r.writer, r.confidence) for r in readings])
        if best.writer.asks:
            best = decode(model, encoder, text, table, only="act", memory=memory)[0]
        return self._said(text, table, best)

    def _doubts(self, best: Decoded, memory: "Memory", table: EntityTable) -> bool:
        """Says whether a request is so likely under-specified that a question is due."""
        rule = rule_of(self.card)
        if rule is None:
            return bool(best.ask >= self.card.get("ask_threshold", asking.THRESHOLD))
        if best.ask < LEAST_CHANCE:
            return False
        return rule.asks(read(self._parts[0], memory, [table])[0])

    def _said(self, text: str, table: EntityTable, best: Decoded) -> Draft:
        """Returns what was decoded as a draft, a refusal with its reason."""
        floor = self.card.get("floor", 0.0) if self._floor is None else self._floor
        if best.writer.refusal is not None:
            return self._refused(best.writer.refusal, text, table, best.confidence)
        if best.confidence >= floor:
            return draft_of(table, best.writer, best.confidence)
        what = "I am not sure what is asked; please say it in other words."
        why = Finding("unsure", "instruction", what, "Name the things and what should become of them.")
        return _refusal(why, best.confidence)

    def _refused(self, sort: str, text: str, table: EntityTable, confidence: float) -> Draft:
        """Returns a refusal of one of the network's sorts with its reason."""
        return _refusal(self._refuser.finding(sort, text, table), confidence)

    def choose(self, instruction: Instruction, options: Sequence[Option], reply: str) -> Draft:
        """Returns the reading that a reply to a question means, or the question again.

        Args:
            instruction: The request that the question was about.
            options: The readings that it offered.
            reply: What was answered.

        Raises:
            InstructionError: The request cannot be read.
            WeightsError: The weights are missing or wrong.
        """
        text, table = instruction.checked(), self._table(instruction)
        drafts = [o.draft for o in options]
        every = asking.union(instruction, drafts)
        model, encoder = self._parts
        scores = reply_scores(model, encoder, asking.joined(text, reply), reply, table, options, every)
        index = asking.chosen(scores)
        if index is None:
            return asking.question(instruction, drafts, again=True)
        return [*drafts, *([every] if every else [])][index]

    def another(self, instruction: Instruction, excluded: Sequence[Goal]) -> Draft:
        """Returns another reading of a request, such as the other of two mugs, or a refusal.

        Args:
            instruction: The request.
            excluded: Goals that were not meant.

        Raises:
            InstructionError: The request cannot be read.
            WeightsError: The weights are missing or wrong.
        """
        instruction.checked()
        return another(*self._parts, instruction, self._table(instruction), excluded)


def _refusal(why: Finding, confidence: float) -> Draft:
    return Draft(Goal(()), refusal=f"{why.what} {why.remedy}", confidence=confidence, why=why)
