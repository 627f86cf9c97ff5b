"""`LanguageModel`: the port that every decomposer implements."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from planner.instruction import Instruction
from skills.finding import Finding
from skills.graph import Draft, Option
from skills.symbols import Goal


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


@runtime_checkable
class Redrafter(Protocol):
    """What a language model may also do: answer findings with another draft. Large models implement it."""

    def redraft(self, instruction: Instruction, draft: Draft, findings: Sequence[Finding]) -> Draft:
        """Returns another draft, or the same one when the model stays with it. Called after a refusal, a few times.

        Args:
            instruction: The request, as before.
            draft: The draft that failed.
            findings: Why; those of gates name the skill call beside the node.

        Raises:
            skills.errors.SkillsError: The model gave no draft.
        """


@runtime_checkable
class Clarifier(Protocol):
    """What a language model may also do: read a reply to its question, and read a request in another way."""

    def choose(self, instruction: Instruction, options: Sequence[Option], reply: str) -> Draft:
        """Returns the reading that a reply means, or the question again.

        Args:
            instruction: The request that the question was about.
            options: What the question offered.
            reply: What was answered.

        Raises:
            skills.errors.SkillsError: The request cannot be read.
        """

    def another(self, instruction: Instruction, excluded: Sequence[Goal]) -> Draft:
        """Returns another reading of a request, or a refusal.

        Args:
            instruction: The request.
            excluded: Goals that were not meant, oldest first.

        Raises:
            skills.errors.SkillsError: The request cannot be read.
        """
