"""`Verdict`: what a gate says. Truthy only when it passed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from skills.finding import Finding

if TYPE_CHECKING:
    from sim_checks.counterexample import Counterexample


class Outcome(StrEnum):
    """PASS, FAIL, INCONCLUSIVE (two time steps differ) or UNKNOWN (skipped, crashed, timed out): never a pass."""

    PASS = "pass"
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """The result of one gate.

    Args:
        gate: ``symbolic``, ``geometric`` or ``physics``.
        outcome: PASS, FAIL, INCONCLUSIVE or UNKNOWN.
        findings: Why it did not pass, and warnings.
        evidence: Canonical-JSON-ready figures (seeds, counts, clearances); bound by the certificate.
        seconds: Wall time spent; never bound by the certificate.
        counterexample: For a plan that did not pass, the rehearsal that shows why.
    """

    gate: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    evidence: Mapping[str, object] = field(default_factory=dict)
    seconds: float = field(default=0.0, compare=False)
    counterexample: "Counterexample | None" = None

    def __bool__(self) -> bool:
        """True only for PASS."""
        return self.outcome is Outcome.PASS

    def to_json(self) -> dict[str, object]:
        """Returns what the certificate binds (no wall time)."""
        data: dict[str, object] = {
            "gate": self.gate,
            "outcome": self.outcome.value,
            "findings": [f.to_json() for f in self.findings],
            "evidence": dict(self.evidence),
        }
        if self.counterexample is not None:
            data["counterexample"] = self.counterexample.to_json()
        return data
