"""Generated examples as cases: told as a scene, judged by the exact goal."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planner.bench.language.attempt import Attempt
from planner.bench.language.case import Case
from planner.bench.language.told import Told, told
from planner.factory.generate import Example, shown
from planner.language.grammar import ARGUMENTS, ASK, REFUSALS, SEP, TOKEN, VOCABULARY, WORDS

GoalSet = frozenset[tuple[int, ...]]


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


def exact(made: Attempt, item: Heard) -> bool:
    """Says whether an attempt refuses where it should, or has exactly the example's goal."""
    if made.draft.question:
        return asks(item.example)
    if made.draft.refusal or refuses(item.example):
        return bool(made.draft.refusal) and refuses(item.example)
    return not asks(item.example) and item.told.goal(made.draft) == goal_of(item.example.tokens)


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
