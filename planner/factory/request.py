"""`Request`: a sentence and what it means."""

from typing import NamedTuple

from planner.factory.acts import Act


class Request(NamedTuple):
    """A sentence and what it means.

    Args:
        text: The bare sentence, before chatter.
        acts: What it asks for, in order of doing.
        verbal: True when it starts with an imperative verb, so that chatter may stand before it.
        modes: How its references single out their rows.
        refusal: Refusal token, if nothing can be done.
        ask: True when the acts are only one of several readings, so that the answer is a question.
    """

    text: str
    acts: list[Act]
    verbal: bool = True
    modes: tuple[str, ...] = ()
    refusal: str | None = None
    ask: bool = False
