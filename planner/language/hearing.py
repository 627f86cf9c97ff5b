"""What a sentence is in a conversation: a new request, a reply, "undo", "why ...?", told by the sentence encoder.

Each move is given by reviewed examples (``moves.yaml``); a sentence is the move whose nearest examples are nearest, if
it is so by a margin, else what is expected: a request, or, after a question, a reply. Nothing here moves a robot:
every move ends in a draft that passes the gates, or in words.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

from planner.language.phrases import Examples, read_data

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder

Move = Literal["request", "answer", "other", "same_again", "undo", "why", "never_mind"]
AFTER_TURN: tuple[Move, ...] = ("request", "other", "same_again", "undo", "why")
AFTER_QUESTION: tuple[Move, ...] = ("answer", "request", "never_mind", "undo", "why")
MARGIN = 0.05
"""Least lead over the next move. Source: the errors on the examples left out lie below it, most right ones above."""


class Hearing:
    """Tells conversational moves apart.

    Args:
        encoder: The sentence encoder (default: loaded at the first sentence that needs it).
    """

    def __init__(self, encoder: "SentenceEncoder | None" = None) -> None:
        self._given = encoder

    @cached_property
    def encoder(self) -> "SentenceEncoder":
        """The sentence encoder."""
        if self._given is not None:
            return self._given
        from planner.language.encoder import SentenceEncoder

        return SentenceEncoder()

    @cached_property
    def examples(self) -> Examples:
        """The reviewed examples of every move."""
        return Examples(self.encoder, cast("dict[str, list[str]]", read_data("moves.yaml")))

    def move(self, text: str, asked: bool, turns: bool) -> Move:
        """Returns what a sentence is.

        Args:
            text: What was said.
            asked: Whether a question is open.
            turns: Whether there was a request before.
        """
        if not (asked or turns):
            return "request"
        expected: Move = "answer" if asked else "request"
        among = AFTER_QUESTION if asked else AFTER_TURN
        if not turns:
            among = tuple(m for m in among if m not in ("undo", "why"))
        near = self.examples.near(text, among)
        return cast("Move", near.name) if near.margin >= MARGIN else expected

    def likeness(self, text: str, phrases: list[str]) -> list[float]:
        """Returns how near each phrase is to a text in meaning, as cosines."""
        from planner.language.phrases import meanings, plain

        if not phrases:
            return []
        vectors = meanings(self.encoder, [plain(text), *(plain(p) for p in phrases)])
        return cast("list[float]", (vectors[1:] @ vectors[0]).tolist())
