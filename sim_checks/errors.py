"""Errors of the `sim_checks` package.

SimChecksError
└── CertificateError  a certificate cannot be issued, loaded or trusted
"""

from skills.errors import SkillsError
from skills.finding import Finding


class SimChecksError(SkillsError):
    """A check cannot be made, or its evidence cannot be trusted; said as one typed finding."""


class CertificateError(SimChecksError):
    """A certificate cannot be issued, loaded or trusted."""


__all__ = ["CertificateError", "Finding", "SimChecksError"]
