"""Errors of the `sim_checks` package.

SimChecksError
├── CertificateError   a certificate cannot be issued, loaded or trusted
├── AssetError         a shape, mesh or URDF is not valid, or leaves its folder
└── SimulationError    a world cannot be built or simulated
    ├── BuildError     a placement or joint of the scene cannot be resolved
    └── EngineError    the physics engine refused a call
"""

from skills.errors import SkillsError
from skills.finding import Finding


class SimChecksError(SkillsError):
    """A check cannot be made, or its evidence cannot be trusted; said as one typed finding."""


class CertificateError(SimChecksError):
    """A certificate cannot be issued, loaded or trusted."""


class AssetError(SimChecksError):
    """A shape is not valid: bad parameters, a malformed file, or a path that leaves the scene's folder."""


class SimulationError(SimChecksError):
    """A world cannot be built or simulated."""


class BuildError(SimulationError):
    """A placement or joint of the scene cannot be resolved."""


class EngineError(SimulationError):
    """The physics engine refused a call."""


__all__ = [
    "AssetError",
    "BuildError",
    "CertificateError",
    "EngineError",
    "Finding",
    "SimChecksError",
    "SimulationError",
]
