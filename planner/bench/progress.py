"""`Progress`: how far a bench is, as lines on stderr."""

import sys
import time
from dataclasses import dataclass, field


@dataclass
class Progress:
    """Counts what is done and guesses what is left.

    Args:
        total: How much there is to do.
        done: How much of it was done before.
    """

    total: int
    done: int = 0
    _began: float = field(default_factory=time.perf_counter)
    _fresh: int = 0

    def step(self, what: str) -> None:
        """Counts one more and says so."""
        self.done += 1
        self._fresh += 1
        spent = time.perf_counter() - self._began
        left = spent / self._fresh * (self.total - self.done)
        sys.stderr.write(f"[{self.done}/{self.total}] {what}  ({_clock(spent)} spent, {_clock(left)} left)\n")
        sys.stderr.flush()


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
