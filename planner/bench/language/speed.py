"""`rehearse bench lm`: what constraining costs, how long a 10-step draft takes, and tokens per second."""

import time
from collections.abc import Sequence
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from planner.instruction import Instruction
from planner.language.grammar import Writer
from planner.language.layout import table_of
from planner.language.table import EntityTable
from skills.scene import Scene

if TYPE_CHECKING:
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
        steps: Steps of the draft.
    """

    tokens: int
    constrained_s: float
    free_s: float
    whole_s: float
    steps: int = 0


def measure(
    network: "Grounder",
    encoder: "SentenceEncoder",
    scene: Scene,
    rounds: int = ROUNDS,
    sentences: Sequence[str] = SENTENCES,
) -> dict[str, object]:
    """Returns medians over rounds; each round times every sentence both ways, alternating which comes first.

    Args:
        network: The embedded network.
        encoder: Its sentence encoder.
        scene: The shipped kitchen, or one with the same things.
        rounds: How often.
        sentences: What is read; `TEN_STEPS` is among them.
    """
    table = table_of(Instruction(TEN_STEPS, scene))
    for sentence in sentences:
        timed(network, encoder, sentence, table)  # warm up: caches, threads
    runs = [
        {s: timed(network, encoder, s, table, free_first=bool(k % 2)) for s in sentences} for k in range(rounds)
    ]  # fmt: skip
    per_sentence = {s: [run[s] for run in runs] for s in sentences}
    return {
        "constrained_overhead": round(overhead([t for times in per_sentence.values() for t in times]), 4),
        "draft_10_steps_s": round(median(t.whole_s for t in per_sentence[TEN_STEPS]), 4),
        "tokens_per_s": round(median(rate(list(run.values())) for run in runs), 1),
        "draft_10_steps_has": per_sentence[TEN_STEPS][0].steps,
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
    """Returns the times of one sentence, decoded greedily with the mask, and the same tokens without it.

    Args:
        network: The embedded network.
        encoder: Its sentence encoder.
        text: The sentence.
        table: The scene's entities.
        free_first: Which of the two comes first.
    """
    import torch

    from planner.language.collate import inputs_of
    from planner.language.decode import search

    with torch.inference_mode():
        began = time.perf_counter()
        memory = network.remember(inputs_of(encoder, encoder.tokens([text.lower()]), [table]))
        read_s = time.perf_counter() - began

        def constrained() -> tuple[Writer, float]:
            began = time.perf_counter()
            written = search(network, memory, Writer(table), 1)[0].writer
            return written, time.perf_counter() - began

        if free_first:
            written, _ = constrained()
            free_s = _free(network, memory, written.tokens)
            written, constrained_s = constrained()
        else:
            written, constrained_s = constrained()
            free_s = _free(network, memory, written.tokens)
    return Timing(len(written.tokens) - 1, constrained_s, free_s, read_s + constrained_s, len(written.steps))


def _free(network: "Grounder", memory: "Memory", tokens: Sequence[int]) -> float:
    """Returns the time of decoding these tokens greedily when nothing is masked [s]."""
    import torch

    began = time.perf_counter()
    prefixes, score = network.begin(memory), 0.0
    for token in tokens[:-1]:
        scores, prefixes = network.extend(prefixes, torch.tensor([token]))
        total = torch.tensor([score])[:, None] + torch.log_softmax(scores, -1)
        best = total.flatten().topk(1)
        score = best.values.tolist()[0] + 0.0 * best.indices.tolist()[0]
    return time.perf_counter() - began
