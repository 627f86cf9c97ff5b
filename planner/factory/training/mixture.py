"""What a training run draws from: generated examples, and crowd-written ones where a file of them is given."""

from pathlib import Path

import numpy as np

from planner.factory.alfred import Case, Trial, case_of, read_trials, split
from planner.factory.generate import Example, examples
from planner.instruction import Instruction
from planner.language.grammar import SKILL_OF, Call, tokens_of
from planner.language.layout import table_of

TOKEN_OF = {skill: token for token, skill in SKILL_OF.items()}


def example_of(case: Case) -> Example:
    """Returns a crowd-written case as a training example."""
    table = table_of(Instruction(case.text, case.scene))
    row = {r.id: i for i, r in enumerate(table.rows)}
    goal = [Call(g.predicate, tuple(row[a] for a in g.args)) for g in case.goal]
    steps = [Call(TOKEN_OF.get(skill, skill), tuple(row[a] for a in args)) for skill, args in case.steps]
    return Example(case.text.lower(), table, tokens_of(goal, steps), f"alfred_{case.family}", ())


class Mixture:
    """A source of examples.

    Args:
        crowd: ALFRED's file, or None for generated examples alone; held-out trials are never drawn.
        share: Share of crowd-written examples, if there is a file.
    """

    def __init__(self, crowd: Path | None = None, share: float = 0.25) -> None:
        self.share = share if crowd is not None else 0.0
        self._told: list[tuple[Trial, str]] = []
        if crowd is not None:
            self._told = [(t, s) for t in split(read_trials(crowd))[1] for s in t.sentences]

    def draw(self, rng: np.random.Generator, count: int) -> list[Example]:
        """Returns ``count`` examples drawn from ``rng``."""
        real = int(rng.binomial(count, self.share)) if self._told else 0
        drawn = list(examples(rng, count - real))
        for index in rng.integers(len(self._told), size=real) if real else ():
            trial, sentence = self._told[int(index)]
            drawn.append(example_of(case_of(trial, sentence, rng, varied=True)))
        return drawn
