"""`Slot`: where a thing stands among those that a plan brings to one place, and what is still to come."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """One placement among those of a plan that share a target.

    Args:
        index: How many were brought there before.
        count: How many there are in all.
        later: The things that the plan brings there afterwards, in that order.
    """

    index: int = 0
    count: int = 1
    later: tuple[str, ...] = ()
