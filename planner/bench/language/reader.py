"""`Reader`: a model as the generated suites ask it: a sentence and a table of entities in, a draft's tokens out.

Generated examples have an `EntityTable` and no scene, so they are read below the `LanguageModel` port, where the
embedded model reads every scene too.
"""

from typing import TYPE_CHECKING, NamedTuple, Protocol

from planner.bench.language.baseline import keywords
from planner.bench.language.source import BenchmarkError
from planner.language.embedded import EmbeddedModel, load_network, weights_folder
from planner.language.grammar import tokens_of
from planner.language.port import LanguageModel
from planner.language.table import EntityTable

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder
    from planner.language.network import Grounder


class Reading(NamedTuple):
    """What a model makes of a sentence.

    Args:
        tokens: The draft, from BOS to EOS.
        confidence: Probability of the draft.
        ask: Probability that the sentence has several readings.
    """

    tokens: list[int]
    confidence: float
    ask: float = 0.0


class Reader(Protocol):
    """Reads sentences about tables of entities."""

    name: str
    """The model's id."""

    def read(self, text: str, table: EntityTable) -> Reading:
        """Returns the best draft."""


class NetworkReader:
    """Reads with the embedded network.

    Args:
        network: The network.
        encoder: The sentence encoder.
        name: The model's id.
    """

    def __init__(self, network: "Grounder", encoder: "SentenceEncoder", name: str) -> None:
        self.network, self.encoder, self.name = network, encoder, name

    def read(self, text: str, table: EntityTable) -> Reading:
        """Returns the best draft of the beam, and the probability of ``ask`` at its start."""
        from planner.language.calibration import ask_probability
        from planner.language.decode import decode

        best = decode(self.network, self.encoder, text, table)[0]
        asks = ask_probability(self.network, self.encoder, text, table)
        return Reading(best.writer.tokens, best.confidence, asks)


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
    if not isinstance(model, EmbeddedModel):
        what = f"{model.name!r} reads scenes, and this suite's examples have none."
        raise BenchmarkError.at("no-scenes", "--lm", what, "Use --lm embedded for the generated suites.")
    from planner.language.encoder import SentenceEncoder

    return NetworkReader(load_network(weights_folder()), SentenceEncoder(), model.name)
