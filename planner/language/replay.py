"""`ReplayModel`: recorded drafts, for tests and for audits."""

from collections.abc import Mapping

from planner.instruction import Instruction
from skills.errors import SkillsError, did_you_mean
from skills.graph import Draft


class ReplayError(SkillsError):
    """No draft was recorded for this instruction."""


class ReplayModel:
    """Answers with what was recorded, word for word.

    Args:
        recorded: Draft by instruction text (white space collapsed).
    """

    name = "replay.v1"

    def __init__(self, recorded: Mapping[str, Draft]) -> None:
        self._recorded = {" ".join(text.split()): draft for text, draft in recorded.items()}

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the recorded draft.

        Raises:
            InstructionError: The text cannot be read.
            ReplayError: Nothing was recorded for it.
        """
        text = instruction.checked()
        if text not in self._recorded:
            raise ReplayError.at(
                "not-recorded", "instruction", f"No draft is recorded for {text!r}.", did_you_mean(text, self._recorded)
            )
        return self._recorded[text]
