"""`Perturbation`: the declared distribution of worlds that a robust plan must survive."""

import math
from dataclasses import asdict, dataclass
from typing import NamedTuple

from numpy.random import Generator


class Disturbance(NamedTuple):
    """How one thing of a perturbed world differs from the nominal one."""

    x: float
    """[m]"""
    y: float
    """[m]"""
    yaw: float
    """[rad]"""
    mass: float
    """Factor."""
    friction: float
    """Factor."""


@dataclass(frozen=True)
class Perturbation:
    """Independent uniform distributions, each within its limit on both sides.

    Args:
        position: Limit of an object's displacement in x and in y [m].
        yaw: Limit of an object's turn [rad].
        fixture_position: The same for a fixture that is not a table [m].
        fixture_yaw: The same for its turn [rad].
        mass: Limit of the relative change of mass.
        friction: Limit of the relative change of the friction coefficient, and of the vacuum of a cup, which holds in
            the place of friction.
    """

    position: float = 0.005
    yaw: float = math.radians(5.0)
    fixture_position: float = 0.002
    fixture_yaw: float = math.radians(0.5)
    mass: float = 0.2
    friction: float = 0.2

    def draw(self, rng: Generator, fixture: bool) -> Disturbance:
        """Returns one thing's disturbance; always five draws, so that the stream does not depend on the limits."""
        limits = (
            self.fixture_position if fixture else self.position,
            self.fixture_position if fixture else self.position,
            self.fixture_yaw if fixture else self.yaw,
            self.mass,
            self.friction,
        )
        x, y, yaw, mass, friction = (
            float(share) * limit for share, limit in zip(rng.uniform(-1, 1, 5), limits, strict=True)
        )
        return Disturbance(x, y, yaw, 1.0 + mass, 1.0 + friction)

    def hold(self, rng: Generator) -> float:
        """Returns the factor on the vacuum of one cup; one draw."""
        return 1.0 + self.friction * float(rng.uniform(-1, 1))

    def to_json(self) -> dict[str, float]:
        """Returns the limits, as the certificate names them."""
        return asdict(self)


STILL = Disturbance(0.0, 0.0, 0.0, 1.0, 1.0)
