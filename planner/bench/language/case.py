"""`Case`: one sentence of a suite, the scene it is said in, and what counts as right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.instruction import Instruction
from skills.scene import Scene
from skills.symbols import State

if TYPE_CHECKING:
    from planner.bench.language.attempt import Attempt


@dataclass(frozen=True)
class Case:
    """One sentence of a suite.

    Args:
        key: Tells it from the others of its suite, for example ``"open_drawer/3"``.
        text: The sentence.
        scene: The scene it is said in.
        family: Group that it is counted in.
        wanted: What is right, in words, for the list of errors.
        right: Judges an attempt.
        facts: What holds now, if not the scene's own initial state.
        given: The whole instruction, where there is more to it than text, scene and facts.
    """

    key: str
    text: str
    scene: Scene
    family: str
    wanted: str
    right: "Callable[[Attempt], bool]"
    facts: State | None = None
    given: Instruction | None = None

    @property
    def instruction(self) -> Instruction:
        """What the language model is given."""
        return self.given or Instruction(self.text, self.scene, self.facts)
