"""Colour names that scene files may use, as (red, green, blue, alpha), 0 to 1."""

from sim_checks.errors import AssetError
from skills.errors import did_you_mean

Colour = tuple[float, float, float, float]

COLOURS: dict[str, Colour] = {
    "black": (0.09, 0.09, 0.10, 1.0),
    "white": (0.93, 0.93, 0.91, 1.0),
    "grey": (0.55, 0.56, 0.58, 1.0),
    "silver": (0.75, 0.77, 0.79, 1.0),
    "dark": (0.22, 0.23, 0.25, 1.0),
    "red": (0.78, 0.14, 0.13, 1.0),
    "green": (0.20, 0.55, 0.25, 1.0),
    "blue": (0.18, 0.36, 0.72, 1.0),
    "yellow": (0.95, 0.79, 0.20, 1.0),
    "orange": (0.95, 0.55, 0.13, 1.0),
    "brown": (0.36, 0.20, 0.11, 1.0),
    "wood": (0.66, 0.46, 0.27, 1.0),
    "oak": (0.76, 0.60, 0.40, 1.0),
    "walnut": (0.43, 0.28, 0.17, 1.0),
    "cream": (0.94, 0.88, 0.73, 1.0),
    "purple": (0.45, 0.20, 0.50, 1.0),
    "pink": (0.90, 0.55, 0.62, 1.0),
    "stone": (0.70, 0.69, 0.66, 1.0),
}


def colour_of(name: str) -> Colour:
    """Returns the colour called ``name``.

    Raises:
        AssetError: There is none; the remedy names the nearest one.
    """
    if name not in COLOURS:
        raise AssetError.at(
            "unknown-colour", "params.colour", f"There is no colour {name!r}.", did_you_mean(name, COLOURS)
        )
    return COLOURS[name]


def darker(colour: Colour, share: float = 0.7) -> Colour:
    """Returns the colour with its brightness multiplied by ``share`` (over 1: lighter)."""
    red, green, blue = (min(1.0, part * share) for part in colour[:3])
    return (red, green, blue, colour[3])
