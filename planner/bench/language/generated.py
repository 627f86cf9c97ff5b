"""Reading generated examples: exact goals, the example's or the model's draft in words, a line for the table."""

from collections.abc import Sequence

from planner.bench.language.reader import KeywordReader, Reader, Reading
from planner.bench.language.table import Line
from planner.bench.progress import Progress
from planner.factory.generate import Example, shown
from planner.language.grammar import ARGUMENTS, ASK, EOS, REFUSALS, SEP, TOKEN, VOCABULARY, WORDS

GoalSet = frozenset[tuple[int, ...]]


def goal_of(tokens: Sequence[int]) -> GoalSet:
    """Returns a draft's goal literals (or its refusal) as a set of token runs; the mark ``ask`` is no part of it.

    Args:
        tokens: From BOS to EOS.
    """
    inner = tokens[1 : tokens.index(SEP)] if SEP in tokens else [t for t in tokens[1:] if t != EOS]
    runs: list[list[int]] = []
    for token in inner:
        if token < WORDS and (VOCABULARY[token] in ARGUMENTS or VOCABULARY[token] in REFUSALS):
            runs.append([token])
        elif runs:
            runs[-1].append(token)
    return frozenset(map(tuple, runs))


def asks(tokens: Sequence[int]) -> bool:
    """Says whether a draft is marked as one of several readings."""
    return TOKEN[ASK] in tokens[:2]


def refuses(tokens: Sequence[int]) -> bool:
    """Says whether a draft is a refusal."""
    return any(t < WORDS and VOCABULARY[t] in REFUSALS for t in tokens[:2])


def exact(reading: Reading, example: Example) -> bool:
    """Says whether the goal, and whether to ask, are exactly the example's."""
    return goal_of(reading.tokens) == goal_of(example.tokens) and reading.asked == asks(example.tokens)


def read_all(examples: Sequence[Example], reader: Reader) -> tuple[Line, ...]:
    """Returns one line for each example: goal exact, by the model and by the baseline.

    Args:
        examples: What to read.
        reader: The model.
    """
    progress, lines, baseline = Progress(len(examples)), [], KeywordReader()
    for number, example in enumerate(examples, 1):
        made = reader.read(example.text, example.table)
        line = line_of(number, example, made, exact(made, example), exact(baseline.read(*example[:2]), example))
        if number % 50 == 0 or number == len(examples):
            progress.step(f"{number} read")
        else:
            progress.done += 1
        lines.append(line)
    return tuple(lines)


def line_of(number: int, example: Example, made: Reading, right: bool, baseline: bool) -> Line:
    """Returns the line of an example."""
    said = words_of(example, made.tokens)
    wanted = words_of(example, example.tokens)
    key = f"{example.family}/{number}"
    return Line(key, example.family, example.text, wanted, said, right, baseline, made.confidence)


def words_of(example: Example, tokens: Sequence[int]) -> str:
    """Returns a draft about the example's table in words."""
    whole = list(tokens) if tokens and tokens[-1] == EOS else [*tokens, EOS]
    return shown(example._replace(tokens=whole))
