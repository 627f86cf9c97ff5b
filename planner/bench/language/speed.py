"""`rehearse bench lm`: what constraining costs, how long a 10-step draft takes, and tokens per second."""

import time
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.instruction import Instruction
from planner.language.layout import table_of
from planner.language.table import EntityTable

if TYPE_CHECKING:
    import torch

    from planner.language.collate import Inputs
    from planner.language.encoder import SentenceEncoder
    from planner.language.network import Grounder, Memory

TEN_STEPS = "put the white mug, the red mug, the bottle, the soup can and the sponge into the basket"
"""Ten steps in the shipped kitchen: five things are picked up and put down."""
SENTENCES = (
    "put the black bowl on the plate",
    "open the top drawer of the cabinet",
    "turn on the stove and put the soup can on it",
    "put both mugs into the basket",
    "put the sponge into the middle drawer and close it",
    TEN_STEPS,
)
ROUNDS = 9


class Timing(NamedTuple):
    """Times of one sentence.

    Args:
        tokens: Tokens of the draft.
        constrained_s: Decoding with the grammar's mask [s].
        free_s: Decoding the same tokens without it [s].
        whole_s: From the sentence to the draft [s].
    """

    tokens: int
    constrained_s: float
    free_s: float
    whole_s: float


class _Clocked:
    """The network, with the moment at which it had read the sentence."""

    def __init__(self, network: "Grounder") -> None:
        self.network = network
        self.read_at = 0.0

    def remember(self, inputs: "Inputs") -> "Memory":
        memory = self.network.remember(inputs)
        self.read_at = time.perf_counter()
        return memory

    def __getattr__(self, name: str) -> Any:
        return getattr(self.network, name)


def measure(network: "Grounder", encoder: "SentenceEncoder", scene: Any, rounds: int = ROUNDS) -> dict[str, object]:
    """Returns medians over rounds; each round times every sentence both ways, alternating which comes first.

    Args:
        network: The embedded network.
        encoder: Its sentence encoder.
        scene: The shipped kitchen, or one with the same things.
        rounds: How often.
    """
    table = table_of(Instruction(SENTENCES[0], scene))
    for sentence in SENTENCES:
        timed(network, encoder, sentence, table)  # warm up: caches, threads
    runs = [
        {s: timed(network, encoder, s, table, free_first=bool(k % 2)) for s in SENTENCES} for k in range(rounds)
    ]  # fmt: skip
    per_sentence = {s: [run[s] for run in runs] for s in SENTENCES}
    return {
        "constrained_overhead": round(overhead([t for times in per_sentence.values() for t in times]), 4),
        "draft_10_steps_s": round(median(t.whole_s for t in per_sentence[TEN_STEPS]), 4),
        "tokens_per_s": round(median(rate(list(run.values())) for run in runs), 1),
        "rounds": rounds,
        "sentences": {
            s: {
                "tokens": times[0].tokens,
                "constrained_ms_per_token": round(median(t.constrained_s / t.tokens for t in times) * 1e3, 3),
                "free_ms_per_token": round(median(t.free_s / t.tokens for t in times) * 1e3, 3),
                "whole_s": round(median(t.whole_s for t in times), 4),
            }
            for s, times in per_sentence.items()
        },
    }


def overhead(times: Sequence[Timing]) -> float:
    """Returns what constraining adds to the time per token, as a share: the median of the paired ratios, less one."""
    return median(t.constrained_s / t.free_s for t in times) - 1.0


def rate(times: Sequence[Timing]) -> float:
    """Returns tokens per second of whole drafts, reading included."""
    return sum(t.tokens for t in times) / sum(t.whole_s for t in times)


def timed(
    network: "Grounder", encoder: "SentenceEncoder", text: str, table: EntityTable, free_first: bool = False
) -> Timing:
    """Returns the times of one sentence, decoded greedily with the mask, and the same tokens without it."""
    from planner.language.decode import decode

    tokens = decode(network, encoder, text, table, beam=1)[0].writer.tokens if free_first else []
    free_s = _free(network, encoder, text, table, tokens) if free_first else 0.0
    clock = _Clocked(network)
    began = time.perf_counter()
    best = decode(clock, encoder, text, table, beam=1)[0]  # type: ignore[arg-type]
    ended = time.perf_counter()
    tokens = best.writer.tokens
    if not free_first:
        free_s = _free(network, encoder, text, table, tokens)
    return Timing(len(tokens) - 1, ended - clock.read_at, free_s, ended - began)


def _free(
    network: "Grounder", encoder: "SentenceEncoder", text: str, table: EntityTable, tokens: Sequence[int]
) -> float:
    """Returns the time of decoding these tokens greedily when nothing is masked [s]."""
    import torch

    from planner.language.collate import inputs_of

    with torch.inference_mode():
        memory = network.remember(inputs_of(encoder, encoder.tokens([text.lower()]), [table]))
        began = time.perf_counter()
        for length in range(1, len(tokens)):
            prefix = torch.tensor([list(tokens[:length])])
            _chosen(network.write(memory, prefix)[:, -1].float())
        return time.perf_counter() - began


def _chosen(scores: "torch.Tensor") -> int:
    """Returns the likeliest token, by the same arithmetic as the constrained road."""
    import torch

    return int(torch.log_softmax(scores, -1).flatten().topk(1).indices[0])
