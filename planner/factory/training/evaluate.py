"""Scores a model on held-out examples, family by family."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from planner.factory.generate import Example, examples, shown
from planner.factory.lexicon import concepts
from planner.language.collate import inputs_of
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import ARGUMENTS, ASK, BOS, EOS, REFUSALS, SEP, TOKEN, VOCABULARY, WORDS, rows_of_slot
from planner.language.writer import Writer

if TYPE_CHECKING:
    from planner.language.network import Grounder, Memory

HELD_OUT_SEED = 990_001
"""Seed of the held-out examples; training draws from pairs (seed, chunk), never from this."""
UNSEEN_SHARE = 4
"""How often each withheld thing is entered for each known receptacle, so that unseen names prevail."""


@dataclass
class Scores:
    """Shares of exact answers.

    Args:
        goal: Share of drafts whose set of goal literals is exact.
        draft: Share whose steps are exact too.
        families: Goal-exact share and count by family.
        modes: Goal-exact share and count by the way of referring.
        misses: Some wrong answers, for reading.
    """

    goal: float
    draft: float
    families: dict[str, tuple[float, int]]
    modes: dict[str, tuple[float, int]]
    misses: list[str] = field(default_factory=list)


def held_out(count: int, seed: int = HELD_OUT_SEED, unseen: bool = False, evenly: bool = False) -> list[Example]:
    """Returns held-out examples.

    Args:
        count: How many.
        seed: Seed of the generator.
        unseen: Fill the scenes with things whose names are withheld from training, beside known receptacles.
        evenly: Draw every family equally often.
    """
    words = None
    if unseen:
        places = tuple(c for c in concepts(withheld=False) if c.shape != "plain")
        words = concepts(withheld=True) * UNSEEN_SHARE + places
    return list(examples(np.random.default_rng(seed), count, words, evenly))


def goal_runs(tokens: list[int]) -> frozenset[tuple[int, ...]]:
    """Returns the goal's literals, or the refusal, as a set of token runs; a question's mark is a run of its own."""
    inner = tokens[1 : tokens.index(SEP)] if SEP in tokens else tokens[1:-1]
    runs: list[list[int]] = []
    for t in inner:
        if t < WORDS and (VOCABULARY[t] in ARGUMENTS or VOCABULARY[t] == ASK or VOCABULARY[t] in REFUSALS):
            runs.append([t])
        else:
            runs[-1].append(t)
    return frozenset(map(tuple, runs))


def same_goal(said: frozenset[tuple[int, ...]], meant: frozenset[tuple[int, ...]]) -> bool:
    """Says whether a draft is right: the same goal; where a question is due, any draft that asks."""
    question = (TOKEN[ASK],)
    return question in said if question in meant else said == meant


def greedy(
    model: "Grounder", encoder: SentenceEncoder, batch: list[Example], memory: "Memory | None" = None
) -> list[list[int]]:
    """Returns the greedy drafts of a batch as tokens."""
    import torch

    tables = [e.table for e in batch]
    with torch.inference_mode():
        memory = memory or model.remember(inputs_of(encoder, encoder.tokens([e.text for e in batch]), tables))
        writers = [Writer(t) for t in tables]
        for _ in range(model.size.longest - 1):
            if all(w.done for w in writers):
                break
            longest = max(len(w.tokens) for w in writers)
            tokens = torch.tensor([w.tokens + [0] * (longest - len(w.tokens)) for w in writers])
            scores = model.write(memory, tokens)
            for b, w in enumerate(writers):
                if not w.done:
                    mask = torch.from_numpy(w.allowed())
                    row = scores[b, len(w.tokens) - 1, : len(mask)].float().masked_fill(~mask, -1e9)
                    w.push(int(row.argmax()))
    return [w.tokens for w in writers]


def evaluate(model: "Grounder", encoder: SentenceEncoder, tests: list[Example], most_misses: int = 40) -> Scores:
    """Returns the scores of a model on examples."""
    families: dict[str, list[bool]] = defaultdict(list)
    modes: dict[str, list[bool]] = defaultdict(list)
    goals: list[bool] = []
    drafts: list[bool] = []
    misses: list[str] = []
    order = sorted(tests, key=lambda e: (len(e.text), len(e.table)))
    for start in range(0, len(order), 32):
        batch = order[start : start + 32]
        for example, tokens in zip(batch, greedy(model, encoder, batch), strict=True):
            right = same_goal(goal_runs(tokens), goal_runs(example.tokens))
            goals.append(right)
            drafts.append(right and tokens == example.tokens)
            families[example.family].append(right)
            for mode in set(example.modes):
                modes[mode].append(right)
            if not right and len(misses) < most_misses:
                said = shown(example._replace(tokens=tokens if tokens[-1] == EOS else [*tokens, EOS]))
                misses.append(f"[{example.family}] {example.text}\n    want {shown(example)}\n    got  {said}")
    share = {k: (float(np.mean(v)), len(v)) for k, v in sorted(families.items())}
    by_mode = {k: (float(np.mean(v)), len(v)) for k, v in sorted(modes.items())}
    return Scores(float(np.mean(goals)), float(np.mean(drafts)), share, by_mode, misses)


__all__ = ["BOS", "HELD_OUT_SEED", "Scores", "evaluate", "greedy", "held_out", "rows_of_slot"]
