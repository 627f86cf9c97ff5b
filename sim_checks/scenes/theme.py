"""`Theme`: what a kind of table-top holds, and where its fixtures stand.

Places are in the table's frame [m]; the robot stands on the -x side, and fixtures look to the middle.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple


class Stand(NamedTuple):
    """Where one kind of fixture may stand beside the middle of the table.

    Args:
        x: Range along the table [m].
        aside: Range of the distance from the middle line [m], to either side.
        yaw: Heading on the left side of the robot's view (+y) [rad]; mirrored on the other side.
    """

    x: tuple[float, float]
    aside: tuple[float, float]
    yaw: float = -math.pi / 2


BESIDE = Stand((-0.02, 0.10), (0.29, 0.34))
LOW = Stand((-0.28, -0.02), (0.27, 0.32), 0.0)
STANDS: dict[str, Stand] = {
    **dict.fromkeys(("wooden_cabinet", "white_cabinet", "cabinet"), BESIDE),
    "microwave": Stand((0.02, 0.10), (0.29, 0.34)),
    "flat_stove": LOW,
    "stove": LOW,
    **dict.fromkeys(("wine_rack", "rack"), Stand((-0.22, 0.02), (0.27, 0.32))),
    **dict.fromkeys(("wooden_two_layer_shelf", "shelf"), Stand((-0.10, 0.04), (0.30, 0.34))),
    **dict.fromkeys(("desk_caddy", "caddy"), Stand((-0.20, 0.04), (0.22, 0.30))),
}
"""Fixture kind -> where it stands."""


@dataclass(frozen=True)
class Theme:
    """One kind of table-top.

    Args:
        name: Name of the theme.
        table: Kind of the table.
        fixtures: Groups of kinds that may stand in for one another; a scene draws from several groups.
        things: Kinds that belong here.
        containers: Movable containers that belong here.
        distractors: Kinds that are left lying about.
    """

    name: str
    table: str
    fixtures: tuple[tuple[str, ...], ...]
    things: tuple[str, ...]
    containers: tuple[str, ...]
    distractors: tuple[str, ...]


THEMES: dict[str, Theme] = {
    t.name: t
    for t in (
        Theme(
            "kitchen",
            "kitchen_table",
            (("wooden_cabinet", "white_cabinet"), ("flat_stove", "stove"), ("microwave",), ("wine_rack",)),
            ("bowl", "akita_black_bowl", "plate", "mug", "can", "ketchup", "milk", "butter", "moka_pot", "sponge"),
            ("basket", "wooden_tray"),
            ("glazed_rim_porcelain_ramekin", "cream_cheese", "tomato_sauce", "orange_juice", "chefmate_8_frypan"),
        ),
        Theme(
            "dining",
            "living_room_table",
            (("white_cabinet", "cabinet"), ("wine_rack", "rack"), ("flat_stove",), ("wooden_two_layer_shelf",)),
            ("plate", "white_bowl", "porcelain_mug", "red_coffee_mug", "wine_bottle", "salad_dressing", "cookies"),
            ("basket", "tray"),
            ("chocolate_pudding", "cream_cheese", "alphabet_soup", "bbq_sauce", "book"),
        ),
        Theme(
            "office",
            "study_table",
            (("desk_caddy", "caddy"), ("shelf", "wooden_two_layer_shelf"), ("cabinet",), ("microwave",)),
            ("black_book", "yellow_book", "mug", "box", "block", "cookies", "bottle"),
            ("tray",),
            ("sponge", "can", "white_yellow_mug", "plate", "butter"),
        ),
        Theme(
            "workbench",
            "counter",
            (("cabinet", "wooden_cabinet"), ("caddy",), ("stove",), ("rack",)),
            ("block", "box", "can", "sponge", "bottle", "bowl", "mug"),
            ("tray", "basket"),
            ("orange_juice", "butter", "cookies", "tomato_sauce", "plate"),
        ),
    )
}
"""Theme name -> theme."""
COLOURS = ("red", "blue", "green", "yellow", "white", "orange")
"""Colours that kinds without one of their own are painted in."""
PAINTED = frozenset(("block", "box", "mug", "bowl", "book", "bottle"))
"""Kinds that are painted."""
LOW_THINGS = frozenset(("butter", "cream_cheese", "chocolate_pudding", "sponge", "cookies"))
"""Kinds that fit in a drawer."""
