"""`Finding`: the one thing that the repair loop and the user read about a problem."""

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One typed problem with its place and its remedy.

    Args:
        code: Stable machine code in kebab case, for example ``"unknown-skill"``.
        where: Path into the input, for example ``"steps[2].args.target"``.
        what: What is wrong, one sentence; values are quoted with ``!r``.
        remedy: What to do, one imperative sentence.
        severity: ``"error"`` rejects, ``"warning"`` informs.
    """

    code: str
    where: str
    what: str
    remedy: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Returns the finding as one line of text."""
        return f"{self.code} at {self.where}: {self.what} {self.remedy}"

    def to_json(self) -> dict[str, str]:
        """Returns the finding as a JSON-ready mapping."""
        return asdict(self)
