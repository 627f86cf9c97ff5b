"""`Reader`: a model as the generated suites ask it: a sentence and a table of entities in, a draft's tokens out.

Generated examples have an `EntityTable` and no scene, so they are read below the `LanguageModel` port, where the
embedded model reads every scene too.
"""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from planner.bench.language.baseline import KeywordModel, keywords
from planner.bench.language.source import BenchmarkError
from planner.language.embedded import EmbeddedModel, load_network
from planner.language.grammar import tokens_of
from planner.language.port import LanguageModel
from planner.language.table import EntityTable

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder
    from planner.language.network import Grounder

UNCALIBRATED = 0.5
"""Threshold on the probability of ``ask`` where the card holds none."""


class Reading(NamedTuple):
    """What a model makes of a sentence.

    Args:
        tokens: The draft, from BOS to EOS.
        confidence: Probability of the draft.
        ask: Probability that the sentence has several readings.
        asked: The model asks which is meant; its draft is the likeliest of them.
    """

    tokens: list[int]
    confidence: float
    ask: float = 0.0
    asked: bool = False


class Reader(Protocol):
    """Reads sentences about tables of entities."""

    name: str
    """The model's id."""

    def read(self, text: str, table: EntityTable) -> Reading:
        """Returns the best draft."""


class NetworkReader:
    """Reads with the embedded network: asks where the probability of ``ask`` reaches the threshold, else acts.

    Args:
        network: The network.
        encoder: The sentence encoder.
        name: The model's id.
        threshold: Probability of ``ask`` at or above which it asks.
    """

    def __init__(self, network: "Grounder", encoder: "SentenceEncoder", name: str, threshold: float) -> None:
        self.network, self.encoder, self.name, self.threshold = network, encoder, name, threshold

    def read(self, text: str, table: EntityTable) -> Reading:
        """Returns the best draft, among those that ask or those that act."""
        from planner.language.decode import decode

        best = decode(self.network, self.encoder, text, table)[0]
        asked = best.ask >= self.threshold
        if asked != best.writer.asks:
            forced = decode(self.network, self.encoder, text, table, only="ask" if asked else "act")
            best = forced[0]._replace(ask=best.ask) if forced else best
        return Reading(best.writer.tokens, best.confidence, best.ask, asked)


class KeywordReader:
    """Reads with the keyword baseline; it never asks."""

    name = "keywords.v1"

    def read(self, text: str, table: EntityTable) -> Reading:
        """Returns what the keywords spell."""
        goal, refusal = keywords(text, table)
        return Reading(tokens_of(goal, [], refusal), 0.5)


def reader_of(model: LanguageModel) -> Reader:
    """Returns the reader behind a model.

    Raises:
        BenchmarkError: The model reads scenes alone.
        WeightsError: The embedded model's weights are missing or wrong.
    """
    if isinstance(model, KeywordModel):
        return KeywordReader()
    if not isinstance(model, EmbeddedModel):
        what = f"{model.name!r} reads scenes, and this suite's examples have none."
        raise BenchmarkError.at("no-scenes", "--lm", what, "Use --lm embedded for the generated suites.")
    from planner.language.encoder import SentenceEncoder

    return NetworkReader(load_network(model.folder), SentenceEncoder(), model.name, threshold_of(model))


def threshold_of(model: EmbeddedModel) -> float:
    """Returns the calibrated threshold of the model's card, or `UNCALIBRATED`."""
    return float(model.card.get("ask_threshold", UNCALIBRATED))
