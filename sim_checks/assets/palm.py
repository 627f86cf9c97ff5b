"""The open hand of a person: a flat palm on a forearm, z = 0 its underside, x away from the person."""

from functools import lru_cache

from sim_checks.assets.asset import Asset
from sim_checks.assets.colours import colour_of
from sim_checks.assets.model import Model, surface
from sim_checks.assets.primitives import Link, box

PALM = "palm"
"""Region of the hand on which things can lie."""
EDGE = 0.18
"""Edge of the palm [m]: two hands held together."""
THICK = 0.025
"""Its thickness [m]."""
INNER = 0.06
"""Half of the edge of the part on which the middle of a thing must be [m]."""
FOREARM = 0.16
"""Length of the forearm [m]: up to the surface of the person."""


@lru_cache(maxsize=1)
def open_palm() -> Asset:
    """Returns the shape of a hand that is held out, palm up."""
    skin = colour_of("cream")
    palm = box((EDGE, EDGE, THICK), (0.0, 0.0, THICK / 2), skin)
    arm = box((FOREARM, 0.07, 0.05), (-(EDGE + FOREARM) / 2, 0.0, -0.005), skin)
    region = surface("base", (0.0, 0.0, THICK), (INNER, INNER))
    model = Model((Link("base", (palm, arm), 4.0),), regions={PALM: region}, friction=0.8, centre=(0.0, 0.0, THICK))
    return model.asset("open_palm")
