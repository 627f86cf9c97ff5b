"""Errors of `planner.dispatch`.

DispatchError
├── NotCertified     something other than a valid certified plan was handed over
├── JournalError     the journal is corrupt, or it already knows of this run
└── ExecutorError    the executor is gone or answered nonsense
"""

from skills.finding import Finding


class DispatchError(Exception):
    """A fault while, or just before, a robot moves; said as one typed finding.

    Args:
        finding: What is wrong, where, and what to do about it.
    """

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


class NotCertified(DispatchError):
    """Only a certified plan may move a robot."""


class JournalError(DispatchError):
    """The journal cannot be trusted with this run."""


class ExecutorError(DispatchError):
    """The executor cannot be reached."""
