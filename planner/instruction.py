"""`Instruction`: what a person said, and the world it was said in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from skills.errors import SkillsError
from skills.geometry import Pose
from skills.scene import Scene
from skills.symbols import State

MAX_CHARACTERS = 2000
"""Longest instruction that is read. Source: our own; a spoken request is far shorter."""


class InstructionError(SkillsError):
    """The text cannot be read as an instruction."""


@dataclass(frozen=True)
class Instruction:
    """One request in plain language.

    Args:
        text: What was said.
        scene: The scene it was said in.
        facts: What holds now, if that is not the scene's own initial state.
        poses: world_from_thing as observed now, by entity id, where it differs from the scene file.
        recent: Ids of the things that the turn before this one was about.
        before: Where each of those things was before that turn: id of its support or container.
    """

    text: str
    scene: Scene
    facts: State | None = None
    poses: Mapping[str, Pose] = field(default_factory=dict)
    recent: frozenset[str] = frozenset()
    before: Mapping[str, str] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The facts that hold now."""
        return self.scene.initial_state() if self.facts is None else self.facts

    def checked(self) -> str:
        """Returns the text with its white space collapsed.

        Raises:
            InstructionError: The text is no string, is empty, or is too long.
        """
        if not isinstance(self.text, str):
            raise InstructionError.at(
                "instruction-not-text", "instruction", f"{type(self.text).__name__!r} is not text.", "Give a string."
            )
        text = " ".join(self.text.split())
        if not any(c.isalnum() for c in text):
            raise InstructionError.at(
                "empty-instruction", "instruction", "The instruction holds no words.", "Say what should be done."
            )
        if len(text) > MAX_CHARACTERS:
            raise InstructionError.at(
                "long-instruction",
                "instruction",
                f"The instruction has {len(text)} characters, the limit is {MAX_CHARACTERS}.",
                "Split it into several requests.",
            )
        return text
