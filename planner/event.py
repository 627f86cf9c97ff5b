"""`Event`: what the road tells the person while it works."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    Args:
        stage: Where on the road: ``decompose``, ``compile``, ``symbolic``, ``geometric``, ``physics``,
            ``certificate``, ``dispatch``, or a node id.
        state: ``started``, ``done``, ``failed`` or ``note``.
        detail: One line for a person.
        seconds: How long it took [s], when it ended.
    """

    stage: str
    state: str
    detail: str = ""
    seconds: float | None = None

    def to_json(self) -> dict[str, object]:
        """Returns the event as JSON-ready data."""
        return {"stage": self.stage, "state": self.state, "detail": self.detail, "seconds": self.seconds}


Listener = Callable[[Event], None]


def silent(event: Event) -> None:
    """Listens to nothing."""


@dataclass
class Stopwatch:
    """Times the stages of one request and tells a listener of each.

    Args:
        listener: Who hears of every start and end.
        seconds: Stage name -> wall time so far [s].
    """

    listener: Listener = silent
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Times the block as stage ``name``; an exception is told as a failure and goes on upwards."""
        self.listener(Event(name, "started"))
        began = time.perf_counter()
        state = "failed"
        try:
            yield
            state = "done"
        finally:
            spent = time.perf_counter() - began
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
            self.listener(Event(name, state, seconds=spent))

    def add(self, name: str, seconds: float, good: bool) -> None:
        """Counts a stage that timed itself, and tells the listener how it ended."""
        self.seconds[name] = self.seconds.get(name, 0.0) + seconds
        self.listener(Event(name, "done" if good else "failed", seconds=seconds))
