"""`Monitor`: one limit over one rehearsal, and `Breach`: how it was broken."""

from dataclasses import dataclass

from sim_checks.incident import Contact
from sim_checks.rules.observed import Observed


@dataclass(frozen=True)
class Breach:
    """How a limit was broken.

    Args:
        what: Who does what, with the figures; begins with the subject, ends without a full stop.
        bodies: Ids of the things and people concerned; "robot" for the arm and hand.
        measured: The figure.
        limit: The limit, in the same unit.
        contact: The contact that it is about, if there is one.
    """

    what: str
    bodies: tuple[str, ...]
    measured: float
    limit: float
    contact: Contact | None = None


class Monitor:
    """The base of all monitors; a subclass overrides the moments that it looks at.

    Args:
        limit: The limit.
        low: The figure must not fall below the limit (False: not rise above it).
    """

    def __init__(self, limit: float, low: bool = False) -> None:
        self.limit, self.low = limit, low
        self.worst: float | None = None
        """The figure that came nearest to the limit, or went farthest beyond it; None before there was one."""

    def step(self, seen: Observed) -> Breach | None:
        """Called after every control step."""
        return None

    def after(self, seen: Observed, about: frozenset[str]) -> Breach | None:
        """Called when a step of the plan has ended; ``about`` are the things that the plan was about so far."""
        return None

    def end(self, seen: Observed, about: frozenset[str], holding: str | None) -> Breach | None:
        """Called when the plan has ended; ``holding`` is what the hand should hold then."""
        return None

    def broken(self, figure: float) -> bool:
        """Says whether a figure breaks the limit, and remembers the worst."""
        if self.worst is None or (figure < self.worst if self.low else figure > self.worst):
            self.worst = figure
        return not (figure >= self.limit if self.low else figure <= self.limit)
