"""`rehearse bench lm`: what constraining costs, how long a 10-step draft takes, and tokens per second."""

import math
import time
from collections.abc import Iterable, Sequence
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from planner.instruction import Instruction
from planner.language.grammar import Call, tokens_of
from planner.language.layout import table_of
from planner.language.table import EntityTable
from planner.language.writer import Writer
from skills.scene import Scene

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder
    from planner.language.network import Grounder, Memory

TEN_STEPS = "put the white mug, the red mug, the bottle, the soup can and the sponge into the basket"
"""Ten steps in the shipped kitchen: five things are picked up and put down."""
LONG = (
    TEN_STEPS,
    "put everything except the plate and the bowl into the basket",
    "put all the things on the table into the basket",
)
"""Requests for ten steps or more; the first for which the model writes so many is timed."""
STEPS = 10
SENTENCES = (
    "put the black bowl on the plate",
    "open the top drawer of the cabinet",
    "turn on the stove and put the soup can on it",
    "put both mugs into the basket",
    "put the sponge into the middle drawer and close it",
)
ROUNDS = 9


class Timing(NamedTuple):
    """Times of one sentence in one round.

    Args:
        constrained_s: Each token written with the grammar's mask [s].
        free_s: The same tokens written without it [s].
        read_s: Reading sentence and scene [s].
        steps: Steps of the draft.
    """

    constrained_s: tuple[float, ...]
    free_s: tuple[float, ...]
    read_s: float
    steps: int = 0

    @property
    def tokens(self) -> int:
        """Tokens of the draft."""
        return len(self.constrained_s)

    @property
    def whole_s(self) -> float:
        """From the sentence to the draft [s]."""
        return self.read_s + sum(self.constrained_s)


def measure(
    network: "Grounder",
    encoder: "SentenceEncoder",
    scene: Scene,
    rounds: int = ROUNDS,
    sentences: Sequence[str] = SENTENCES,
) -> dict[str, object]:
    """Returns medians over rounds; each round times every sentence.

    Args:
        network: The embedded network.
        encoder: Its sentence encoder.
        scene: The shipped kitchen, or one with the same things.
        rounds: How often.
        sentences: What is read, beside one request for ten steps.
    """
    table = table_of(Instruction(TEN_STEPS, scene))
    long, given = ten_steps(network, encoder, table)
    drafts: dict[str, Sequence[int]] = {**dict.fromkeys(sentences, ()), long: given}
    for sentence in drafts:
        timed(network, encoder, sentence, table)  # warm up: caches, threads
    runs = [
        {s: timed(network, encoder, s, table, tokens, k % 2) for s, tokens in drafts.items()} for k in range(rounds)
    ]  # fmt: skip
    per_sentence = {s: [run[s] for run in runs] for s in drafts}
    return {
        "constrained_overhead": round(overhead(per_sentence.values()), 4),
        "draft_10_steps_s": round(median(t.whole_s for t in per_sentence[long]), 4),
        "tokens_per_s": round(median(rate(list(run.values())) for run in runs), 1),
        "draft_10_steps_has": per_sentence[long][0].steps,
        "draft_10_steps_is": "given" if given else "the model's own",
        "rounds": rounds,
        "sentences": {
            s: {
                "tokens": times[0].tokens,
                "constrained_ms_per_token": round(_typical(times, "constrained_s") / times[0].tokens * 1e3, 3),
                "free_ms_per_token": round(_typical(times, "free_s") / times[0].tokens * 1e3, 3),
                "whole_s": round(median(t.whole_s for t in times), 4),
            }
            for s, times in per_sentence.items()
        },
    }


def ten_steps(network: "Grounder", encoder: "SentenceEncoder", table: EntityTable) -> tuple[str, Sequence[int]]:
    """Returns a request whose draft has ten steps or more, and the tokens to be written for it.

    The first of `LONG` for which the model writes so many; it writes its own draft then, so there are no tokens. Where
    it does so for none, the first is written as it should be: what is timed is always a draft of ten steps.

    Args:
        network: The embedded network.
        encoder: Its sentence encoder.
        table: The shipped kitchen's entities.
    """
    for sentence in LONG:
        if timed(network, encoder, sentence, table).steps >= STEPS:
            return sentence, ()
    row = {r.words: i for i, r in enumerate(table.rows)}
    basket, things = row["basket"], [row[n] for n in ("white mug", "red mug", "bottle", "soup can", "sponge")]
    goal = [Call("in", (thing, basket)) for thing in things]
    steps = [c for thing in things for c in (Call("pick", (thing,)), Call("place_in", (thing, basket)))]
    return TEN_STEPS, tokens_of(goal, steps)


def overhead(sentences: Iterable[Sequence[Timing]]) -> float:
    """Returns what constraining adds, as a share: the median over sentences of the ratio of the two times, less one.

    The time of a sentence is the sum over its tokens of the median over rounds, so that a moment in which the machine
    was busy with something else counts in neither.

    Args:
        sentences: The rounds of each sentence.
    """
    return median(_typical(times, "constrained_s") / _typical(times, "free_s") for times in sentences) - 1.0


def _typical(times: Sequence[Timing], sort: str) -> float:
    return float(sum(median(values) for values in zip(*(getattr(t, sort) for t in times), strict=True)))


def rate(times: Sequence[Timing]) -> float:
    """Returns tokens per second of whole drafts, reading included."""
    return sum(t.tokens for t in times) / sum(t.whole_s for t in times)


def timed(
    network: "Grounder",
    encoder: "SentenceEncoder",
    text: str,
    table: EntityTable,
    given: Sequence[int] = (),
    turn: int = 0,
) -> Timing:
    """Returns the times of one sentence, decoded greedily with the mask and without it.

    Both write the same tokens side by side, one token each by turns.

    Args:
        network: The embedded network.
        encoder: The sentence encoder.
        text: The sentence.
        table: The scene's entities.
        given: Tokens to be written, if not the likeliest ones.
        turn: Which of the two writes first, by its parity; they change over at each token.
    """
    import torch

    from planner.language.collate import inputs_of
    from planner.language.decode import Greedy

    constrained, free = list[float](), list[float]()
    with torch.inference_mode():
        began = time.perf_counter()
        memory = network.remember(inputs_of(encoder, encoder.tokens([text.lower()]), [table]))
        read_s = time.perf_counter() - began
        began = time.perf_counter()
        greedy = Greedy(network, memory, Writer(table), given)
        ready_s = time.perf_counter() - began
        began = time.perf_counter()
        unmasked = _Free(network, memory)
        free_ready_s = time.perf_counter() - began
        while not greedy.done:
            last = greedy.writer.tokens[-1]
            for side in (0, 1) if turn % 2 == 0 else (1, 0):
                began = time.perf_counter()
                if side == 0:
                    greedy.step()
                else:
                    unmasked.step(last)
                (constrained, free)[side].append(time.perf_counter() - began)
            turn += 1
    constrained[0] += ready_s
    free[0] += free_ready_s
    return Timing(tuple(constrained), tuple(free), read_s, len(greedy.writer.steps))


class _Free:
    """Greedy decoding when nothing is masked; what is written is given."""

    def __init__(self, network: "Grounder", memory: "Memory") -> None:
        self._network, self._prefixes, self._total = network, network.begin(memory), 0.0

    def step(self, last: int) -> int:
        """Reads the last token and returns the likeliest next one."""
        import numpy as np
        import torch

        scores, self._prefixes = self._network.extend(self._prefixes, torch.tensor([last]))
        found = scores[0].numpy()
        token = int(found.argmax())
        self._total -= math.log(float(np.exp(found - found[token]).sum()))
        return token
