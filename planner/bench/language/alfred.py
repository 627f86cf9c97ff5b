"""Suite ``alfred``: crowd-written sentences kept out of training by trial; right when the goal's literals are exact."""

from pathlib import Path
from typing import Protocol

from planner.bench.language.attempt import Attempt
from planner.bench.language.case import Case
from planner.bench.language.source import BenchmarkError, malformed, read_json
from skills.scene import Scene
from skills.symbols import Literal

COUNT = 2000
"""How many sentences are kept out of training."""


class Sentence(Protocol):
    """What `planner.factory.alfred.heldout` yields."""

    @property
    def text(self) -> str:
        """The sentence."""

    @property
    def scene(self) -> Scene:
        """A scene that fits its trial."""

    @property
    def accepted(self) -> tuple[frozenset[Literal], ...]:
        """The goals that count as right."""

    @property
    def family(self) -> str:
        """Its task type."""


def cases(file: Path | None, count: int = COUNT) -> list[Case]:
    """Returns one case for each sentence that training never sees.

    Args:
        file: ``alfred_train_instructions.json``.
        count: How many.

    Raises:
        BenchmarkError: The file is missing or is another one.
    """
    read_json(file, "trials")
    assert file is not None
    try:
        from planner.factory.alfred import heldout
    except ImportError as error:
        what = "This installation holds no reader of ALFRED's trials."
        raise BenchmarkError.at("no-reader", "planner.factory.alfred", what, "Update the package.") from error
    try:
        return [case_of(number, sentence) for number, sentence in enumerate(heldout(file, count), 1)]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise malformed(file, error) from error


def case_of(number: int, sentence: Sentence) -> Case:
    """Returns the case of a sentence.

    Args:
        number: Its place among the sentences, from 1.
        sentence: Text, scene and accepted goals.
    """

    def right(made: Attempt) -> bool:
        return frozenset(made.draft.goal.literals) in sentence.accepted

    wanted = " or ".join(" and ".join(sorted(map(str, goal))) for goal in sentence.accepted)
    return Case(f"{sentence.family}/{number}", sentence.text, sentence.scene, sentence.family, wanted, right)
