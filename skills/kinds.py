"""The kinds of things a scene can hold, as symbols: words, parts and what they afford.

Shapes live in `sim_checks.assets`; here is only what symbols and sentences need.
A part's entity id is ``<thing id>_<part name>``. A part marked ``main`` stands for the whole
thing (``basket_1`` and ``basket_1_contain_region`` are one entity, ``basket_1``).
"""

from dataclasses import dataclass, replace
from typing import Literal

Category = Literal["object", "fixture", "table"]


@dataclass(frozen=True)
class Part:
    """One named part of a kind.

    Args:
        name: Suffix of the part's entity id.
        words: What people call it, relative to the whole ("top drawer").
        surface: Things can be placed on it.
        container: Things can be placed in it.
        openable: It has a drawer slide or door that must be open for access.
        switchable: It has a knob or switch that stays where it is put.
        pressable: It has a button that springs back.
        main: It is the same entity as the whole thing.
    """

    name: str
    words: str
    surface: bool = False
    container: bool = False
    openable: bool = False
    switchable: bool = False
    pressable: bool = False
    main: bool = False


@dataclass(frozen=True)
class Kind:
    """One kind of thing.

    Args:
        name: The kind's id, for example ``"akita_black_bowl"``.
        category: ``object`` can be moved, ``fixture`` stays, ``table`` carries everything.
        words: The usual name in English, for example ``"black bowl"``.
        parts: Named parts, possibly none.
        graspable: The gripper can pick it (False: it can only be pushed or used in place).
        stackable: Other objects may be placed on or in it as a movable receptacle (bowl, plate).
        slidable: It can be slid sideways although it is no object (a sliding door).
        heater: It heats what is put into it.
        cooler: It cools what is put into it.
        washer: It has running water.
        wipes: Surfaces can be wiped with it.
        peg: It is made to stand in a slot.
        slotted: What it contains are pegs, each in a slot that fits.
        vessel: It is open at its top and holds what is poured into it.
        conveys: It carries what is put on its start to its end.
        shaped: There is a shape for it; without one it is known to symbols and words alone.
    """

    name: str
    category: Category
    words: str
    parts: tuple[Part, ...] = ()
    graspable: bool = True
    stackable: bool = False
    slidable: bool = False
    heater: bool = False
    cooler: bool = False
    washer: bool = False
    wipes: bool = False
    peg: bool = False
    slotted: bool = False
    vessel: bool = False
    conveys: bool = False
    shaped: bool = True

    def part(self, name: str) -> Part | None:
        """Returns the part called ``name``, or None."""
        return next((p for p in self.parts if p.name == name), None)

    @property
    def main(self) -> Part | None:
        """The part that stands for the whole thing, if there is one."""
        return next((p for p in self.parts if p.main), None)


def _drawers() -> tuple[Part, ...]:
    drawers = tuple(
        Part(f"{level}_region", f"{level} drawer", container=True, openable=True)
        for level in ("top", "middle", "bottom")
    )
    return (*drawers, Part("top_side", "top", surface=True))


_HOLDS = Part("contain_region", "inside", container=True, main=True)
_TOP = Part("top_side", "top", surface=True)


def _objects() -> list[Kind]:
    plain = {
        "alphabet_soup": "alphabet soup",
        "bbq_sauce": "bbq sauce",
        "butter": "butter",
        "black_book": "black book",
        "yellow_book": "yellow book",
        "chocolate_pudding": "chocolate pudding",
        "cookies": "cookie box",
        "cream_cheese": "cream cheese box",
        "ketchup": "ketchup",
        "milk": "milk",
        "moka_pot": "moka pot",
        "new_salad_dressing": "salad dressing",
        "orange_juice": "orange juice",
        "porcelain_mug": "white mug",
        "red_coffee_mug": "red mug",
        "salad_dressing": "salad dressing",
        "tomato_sauce": "tomato sauce",
        "white_yellow_mug": "yellow and white mug",
        "wine_bottle": "wine bottle",
        "mug": "mug",
        "bottle": "bottle",
        "can": "can",
        "box": "box",
        "block": "block",
        "book": "book",
        "sponge": "sponge",
        "peg": "peg",
    }
    receptacles = {
        "akita_black_bowl": "black bowl",
        "white_bowl": "white bowl",
        "glazed_rim_porcelain_ramekin": "ramekin",
        "plate": "plate",
        "chefmate_8_frypan": "frying pan",
        "bowl": "bowl",
        "pan": "pan",
    }
    vessels = {
        *("porcelain_mug", "red_coffee_mug", "white_yellow_mug", "mug", "akita_black_bowl", "white_bowl", "bowl"),
        "glazed_rim_porcelain_ramekin",
    }
    containers = {"basket": "basket", "wooden_tray": "wooden tray", "tray": "tray"}
    return [
        *(Kind(n, "object", w, wipes=n == "sponge", peg=n == "peg", vessel=n in vessels) for n, w in plain.items()),
        *(Kind(n, "object", w, stackable=True, vessel=n in vessels) for n, w in receptacles.items()),
        *(Kind(n, "object", w, parts=(_HOLDS,), graspable=False) for n, w in containers.items()),
    ]


def _fixtures() -> list[Kind]:
    switch = Part("cook_region", "burner", surface=True, switchable=True, main=True)
    oven = Part("heating_region", "inside", container=True, openable=True, main=True)
    layers = (
        Part("top_region", "shelf", container=True),
        Part("bottom_region", "lower level, under the shelf", container=True),
        _TOP,
    )
    compartments = tuple(
        Part(f"{side}_contain_region", f"{side} compartment", container=True)
        for side in ("front", "back", "left", "right")
    )
    rack = Part("top_region", "top", surface=True, main=True)
    slot = Part("slot_region", "slot", container=True, main=True)
    basin = Part("basin_region", "basin", container=True, main=True)
    ends = (Part("start_region", "start", surface=True), Part("end_region", "end", surface=True))
    return [
        Kind("wooden_cabinet", "fixture", "wooden cabinet", _drawers()),
        Kind("white_cabinet", "fixture", "white cabinet", _drawers()),
        Kind("cabinet", "fixture", "cabinet", _drawers()),
        Kind("microwave", "fixture", "microwave", (oven, _TOP), heater=True),
        Kind("fridge", "fixture", "fridge", (oven, _TOP), cooler=True),
        Kind("flat_stove", "fixture", "stove", (switch,)),
        Kind("stove", "fixture", "stove", (switch,)),
        Kind("sink", "fixture", "sink", (basin,), washer=True),
        Kind("wine_rack", "fixture", "wine rack", (rack,)),
        Kind("rack", "fixture", "rack", (rack,)),
        Kind("wooden_two_layer_shelf", "fixture", "wooden shelf", layers),
        Kind("shelf", "fixture", "shelf", layers),
        Kind("desk_caddy", "fixture", "desk caddy", compartments),
        Kind("caddy", "fixture", "caddy", compartments),
        Kind("peg_holder", "fixture", "peg holder", (slot,), slotted=True),
        Kind("conveyor", "fixture", "conveyor", ends, conveys=True),
        Kind("call_button", "fixture", "call button", (Part("button", "button", pressable=True, main=True),)),
    ]


def _household() -> list[Kind]:
    """Returns generic furniture and things, known to symbols and words alone so far; scenes label them."""
    inside = Part("inside", "inside", container=True, main=True)
    shut = Part("inside", "inside", container=True, openable=True, main=True)
    top = Part("surface", "top", surface=True, main=True)
    knob = Part("switch", "switch", switchable=True, main=True)
    kinds = [
        Kind("item", "object", "thing"),
        Kind("dish", "object", "dish", stackable=True),
        Kind("vessel", "object", "vessel", (inside,)),
        Kind("furniture", "fixture", "furniture", (top,)),
        Kind("bin", "fixture", "bin", (inside,)),
        Kind("cupboard", "fixture", "cupboard", (shut, _TOP)),
        Kind("drawer", "fixture", "drawer", (shut,)),
        Kind("lamp", "fixture", "lamp", (knob,)),
        Kind("sliding_door", "fixture", "sliding door", slidable=True),
        Kind("burner", "fixture", "burner", (Part("plate", "plate", surface=True, switchable=True, main=True),)),
        Kind(
            "coffee_machine",
            "fixture",
            "coffee machine",
            (Part("tray", "tray", surface=True, switchable=True, main=True),),
        ),
    ]
    return [replace(kind, shaped=False) for kind in kinds]


def _tables() -> list[Kind]:
    words = {
        "kitchen_table": "kitchen table",
        "living_room_table": "living room table",
        "study_table": "study table",
        "table": "table",
        "counter": "counter",
        "floor": "floor",
    }
    top = Part("top_surface", "top", surface=True, main=True)
    return [Kind(n, "table", w, (top,)) for n, w in words.items()]


KINDS: dict[str, Kind] = {k.name: k for k in (*_objects(), *_fixtures(), *_household(), *_tables())}


def kind_of(name: str) -> Kind:
    """Returns the kind called ``name``; an unknown one becomes a plain graspable object.

    The fallback is never silent: whoever loads a scene adds an ``unknown-kind`` warning finding.
    """
    return KINDS.get(name) or Kind(name, "object", name.replace("_", " "))
