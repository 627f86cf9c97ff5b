"""`build_asset`: the one door to the generators. A kind is a generator with its usual parameters."""

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sim_checks.assets import (
    boxes,
    button,
    cabinet,
    containers,
    conveyor,
    flats,
    hinged,
    holder,
    rounds,
    shelf,
    stove,
    table,
    vessels,
)
from sim_checks.assets.asset import Asset
from sim_checks.assets.model import Model
from sim_checks.errors import AssetError
from skills.errors import did_you_mean

Value = float | str
LARGEST = 5.0
"""Largest size of a generated thing [m]."""


@dataclass(frozen=True)
class Recipe:
    """A generator and the parameters that make it one kind.

    Args:
        generator: Function with keyword-only parameters, each with a default.
        params: Parameters that differ from the defaults.
    """

    generator: Callable[..., Model]
    params: Mapping[str, Value] = field(default_factory=dict)


def _recipe(generator: Callable[..., Model], **params: Value) -> Recipe:
    return Recipe(generator, params)


RECIPES: dict[str, Recipe] = {
    "alphabet_soup": _recipe(rounds.can, mark="red"),
    "tomato_sauce": _recipe(rounds.can, mark="green", height=0.086),
    "can": _recipe(rounds.can, mark="blue"),
    "bbq_sauce": _recipe(rounds.bottle, colour="brown", mark="yellow", cap="black", height=0.15),
    "ketchup": _recipe(rounds.bottle, colour="red", mark="white", cap="white", height=0.15),
    "salad_dressing": _recipe(rounds.bottle, colour="green", mark="cream", cap="green", height=0.155),
    "new_salad_dressing": _recipe(rounds.bottle, colour="cream", mark="green", cap="green", height=0.155),
    "wine_bottle": _recipe(rounds.bottle, colour="purple", mark="cream", cap="black", height=0.17, mass=0.35),
    "bottle": _recipe(rounds.bottle, colour="blue", mark="white", cap="white"),
    "milk": _recipe(boxes.carton, colour="white", mark="blue"),
    "orange_juice": _recipe(boxes.carton, colour="orange", mark="white"),
    "butter": _recipe(boxes.packet, length=0.09, width=0.045, height=0.036, colour="yellow", mark="white"),
    "cream_cheese": _recipe(boxes.packet, length=0.08, width=0.048, height=0.038, colour="white", mark="blue"),
    "chocolate_pudding": _recipe(boxes.packet, length=0.08, width=0.05, height=0.04, colour="brown", mark="cream"),
    "cookies": _recipe(boxes.packet, length=0.11, width=0.06, height=0.045, colour="blue", mark="orange"),
    "box": _recipe(boxes.packet, length=0.08, width=0.055, height=0.06, colour="oak"),
    "block": _recipe(boxes.packet, length=0.05, width=0.05, height=0.05, colour="red"),
    "sponge": _recipe(boxes.sponge),
    "peg": _recipe(rounds.can, radius=0.013, height=0.10, colour="oak", mark="walnut", mass=0.06),
    "peg_holder": _recipe(holder.holder),
    "akita_black_bowl": _recipe(vessels.bowl, colour="black"),
    "white_bowl": _recipe(vessels.bowl, colour="white"),
    "bowl": _recipe(vessels.bowl, colour="blue"),
    "glazed_rim_porcelain_ramekin": _recipe(vessels.ramekin),
    "porcelain_mug": _recipe(vessels.mug, colour="white"),
    "red_coffee_mug": _recipe(vessels.mug, colour="red"),
    "white_yellow_mug": _recipe(vessels.mug, colour="white", edge="yellow"),
    "mug": _recipe(vessels.mug, colour="blue"),
    "moka_pot": _recipe(vessels.moka),
    "chefmate_8_frypan": _recipe(vessels.pan),
    "pan": _recipe(vessels.pan),
    "plate": _recipe(flats.plate),
    "black_book": _recipe(flats.book, colour="black"),
    "yellow_book": _recipe(flats.book, colour="yellow"),
    "book": _recipe(flats.book, colour="blue"),
    "basket": _recipe(containers.crate),
    "wooden_tray": _recipe(containers.crate, length=0.26, width=0.20, height=0.03, headroom=0.08, colour="walnut"),
    "tray": _recipe(containers.crate, length=0.26, width=0.20, height=0.03, headroom=0.08, colour="grey"),
    "desk_caddy": _recipe(containers.caddy),
    "caddy": _recipe(containers.caddy, colour="grey"),
    "sink": _recipe(containers.sink),
    "wooden_cabinet": _recipe(cabinet.cabinet, colour="wood"),
    "white_cabinet": _recipe(cabinet.cabinet, colour="white"),
    "cabinet": _recipe(cabinet.cabinet, colour="grey"),
    "microwave": _recipe(hinged.cupboard),
    "fridge": _recipe(hinged.cupboard, width=0.30, depth=0.28, height=0.39, colour="silver", mass=25.0),
    "flat_stove": _recipe(stove.stove),
    "stove": _recipe(stove.stove, colour="black"),
    "wooden_two_layer_shelf": _recipe(shelf.shelf),
    "shelf": _recipe(shelf.shelf, colour="white"),
    "wine_rack": _recipe(shelf.rack),
    "rack": _recipe(shelf.rack, colour="grey"),
    "kitchen_table": _recipe(table.table, colour="oak"),
    "living_room_table": _recipe(table.table, colour="walnut"),
    "study_table": _recipe(table.table, colour="stone"),
    "table": _recipe(table.table, colour="oak"),
    "counter": _recipe(table.counter),
    "floor": _recipe(table.floor),
    "call_button": _recipe(button.button),
    "conveyor": _recipe(conveyor.conveyor),
}

FALLBACK = _recipe(boxes.packet, colour="pink")
"""What stands in for an unknown kind: a box of 6 cm."""


def build_asset(kind: str, params: Mapping[str, Value] | None = None) -> Asset:
    """Returns the generated asset of a kind.

    Args:
        kind: Kind name; an unknown one becomes a box (the scene's findings warn of it).
        params: Parameters of the generator (sizes [m], colour names, ``mass`` [kg]); others keep their defaults.

    Raises:
        AssetError: A parameter does not exist, has the wrong type, or is out of range.
    """
    return _built(kind, tuple(sorted((params or {}).items())))


@lru_cache(maxsize=512)
def _built(kind: str, params: tuple[tuple[str, Value], ...]) -> Asset:
    recipe = RECIPES.get(kind, FALLBACK)
    known = inspect.signature(recipe.generator).parameters
    for name, value in params:
        _check(kind, name, value, {n: p.default for n, p in known.items()})
    try:
        model = recipe.generator(**{**recipe.params, **dict(params)})
        return model.asset(kind)
    except (ValueError, ZeroDivisionError, ArithmeticError) as error:
        raise AssetError.at(
            "bad-params", f"{kind}.params", f"These sizes make no shape: {error}.", "Use sizes that fit one another."
        ) from error


def _check(kind: str, name: str, value: Value, defaults: Mapping[str, Value]) -> None:
    """Raises `AssetError` if the parameter does not suit the generator."""
    where = f"{kind}.params.{name}"
    if name not in defaults:
        raise AssetError.at(
            "unknown-param", where, f"{kind!r} has no parameter {name!r}.", did_you_mean(name, defaults)
        )
    if isinstance(defaults[name], str) != isinstance(value, str):
        wanted = "a colour name" if isinstance(defaults[name], str) else "a number"
        raise AssetError.at("bad-param", where, f"{value!r} is not {wanted}.", f"Give {wanted}.")
    if not isinstance(value, str):
        most = 1000.0 if name in {"mass", "friction"} else LARGEST
        if not math.isfinite(value) or not 0.0 < value <= most:
            raise AssetError.at(
                "bad-param", where, f"{value!r} is not between 0 and {most:g}.", "Give a positive, finite size."
            )
