"""`LanguageModel`: the port that every decomposer implements."""

from typing import Protocol, runtime_checkable

from planner.instruction import Instruction
from skills.graph import Draft


@runtime_checkable
class LanguageModel(Protocol):
    """Turns an instruction into a draft. The embedded, replay and later remote models implement it."""

    name: str
    """Versioned id, for example ``"embedded.v1"``."""

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the goal and the steps, or a question, or a refusal.

        Args:
            instruction: The request and its scene.

        Raises:
            skills.errors.SkillsError: The text cannot be read as an instruction.
        """
