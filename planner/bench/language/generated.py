"""Generated examples as cases: told as a scene, judged by the exact goal."""

from collections.abc import Iterable, Sequence
from itertools import permutations
from typing import NamedTuple

from planner.bench.language.attempt import Attempt
from planner.bench.language.case import Case
from planner.bench.language.told import Told, told
from planner.factory.generate import Example, shown
from planner.language.grammar import ARGUMENTS, ASK, REFUSALS, SEP, TOKEN, VOCABULARY, WORDS
from planner.language.table import EntityTable

GoalSet = frozenset[tuple[int, ...]]
MOST_GOALS = 2000
"""Most goals that are worked out for one request; a request leaves fewer open. Source: our own."""


class Heard(NamedTuple):
    """A generated example and the scene it is told in."""

    example: Example
    told: Told


def heard(examples: Iterable[Example], count: int) -> list[Heard]:
    """Returns the first ``count`` examples whose table can be told as a scene.

    Args:
        examples: What was generated; drawn from as far as needed.
        count: How many.
    """
    found: list[Heard] = []
    for example in examples:
        scene = told(example.table)
        if scene is not None:
            found.append(Heard(example, scene))
        if len(found) >= count:
            break
    return found


def goal_of(tokens: Sequence[int]) -> GoalSet:
    """Returns a draft's goal literals as a set of token runs; neither the mark ``ask`` nor a refusal is one.

    Args:
        tokens: From BOS to EOS.
    """
    runs: list[list[int]] = []
    for token in tokens[1 : tokens.index(SEP)] if SEP in tokens else ():
        if token < WORDS and VOCABULARY[token] in ARGUMENTS:
            runs.append([token])
        elif runs:
            runs[-1].append(token)
    return frozenset(map(tuple, runs))


def asks(example: Example) -> bool:
    """Says whether several readings of an example survive."""
    return example.tokens[1] == TOKEN[ASK]


def refuses(example: Example) -> bool:
    """Says whether an example is to be refused."""
    return example.tokens[1] in {TOKEN[r] for r in REFUSALS}


def accepted(example: Example) -> frozenset[GoalSet]:
    """Returns the goals that are right: the example's own, and those with other things where its words leave it open.

    Which things the words fit is what the factory drew them from (`planner.factory.speaker.Choice`). A thing that is
    where it should go already is no alternative.

    Args:
        example: The generated example.
    """
    own = goal_of(example.tokens)
    found = {own}
    for choice in example.choices:
        for goal in tuple(found):
            for rows in permutations(choice.others, len(choice.chosen)):
                swap = {WORDS + a: WORDS + b for a, b in zip(choice.chosen, rows, strict=True)}
                found.add(frozenset(tuple(swap.get(t, t) for t in run) for run in goal))
            if len(found) > MOST_GOALS:
                break
    return frozenset(g for g in found if g == own or not any(_holds(run, example.table) for run in g - own))


def _holds(run: tuple[int, ...], table: EntityTable) -> bool:
    """Says whether a thing is on or in its target already."""
    if VOCABULARY[run[0]] not in ("on", "in") or len(run) != 3:
        return False
    return table.rows[run[1] - WORDS].support == run[2] - WORDS


def exact(made: Attempt, item: Heard) -> bool:
    """Says whether an attempt refuses where it should, or has exactly the example's goal."""
    if made.draft.question:
        return asks(item.example)
    if made.draft.refusal or refuses(item.example):
        return bool(made.draft.refusal) and refuses(item.example)
    return not asks(item.example) and item.told.goal(made.draft) in accepted(item.example)


def case_of(number: int, item: Heard, family: str | None = None) -> Case:
    """Returns an example as a case.

    Args:
        number: Its place in the suite, from 1.
        item: The example in its scene.
        family: Group that it is counted in, if not its own family.
    """
    example = item.example
    instruction = item.told.instruction(example.text, example.table)
    return Case(
        f"{example.family}/{number}",
        example.text,
        item.told.scene,
        family or example.family,
        shown(example),
        lambda made: exact(made, item),
        given=instruction,
    )
