"""Made-up office kitchens: tables and counters, a trash can, a drawer, a person, and many different goods."""

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from planner.factory.home.goods import Good, goods, kind_names
from planner.factory.home.words import words as home_words
from planner.factory.home.world import HomeWorld
from planner.factory.world import Info
from planner.language.layout import PART_OFFSETS
from planner.language.table import EntityTable, Row

TABLES = (*("table",) * 6, "kitchen table", "dining table", "round table", "coffee table", "lunch table")
COUNTERS = (
    *((("counter", ()),),) * 4,
    (("close counter", ("near counter", "nearby counter")), ("far counter", ("distant counter",))),
    (("close counter", ("near counter",)), ("far counter", ())),
    (("left counter", ()), ("right counter", ())),
    (("counter", ("countertop",)), ("kitchen island", ("island",))),
    (("counter", ()), ("side table", ("small table",))),
    (("white counter", ()), ("black counter", ())),
    (("sideboard", ()),),
)
"""Sets of further places: label and what else it is called."""
BINS = (("trash can", ("trash", "garbage can", "bin", "waste bin", "trash bin", "garbage", "rubbish bin")),) * 4 + (
    ("bin", ("trash can", "trash", "garbage bin")),
    ("garbage can", ("trash can", "trash", "garbage", "bin")),
)
TWICE = 0.12
"""Share of goods of which there are two or three."""


@dataclass(slots=True)
class CanteenWorld(HomeWorld):
    """An office kitchen; ``goods`` says what each movable row is."""

    mobile: ClassVar[bool] = True

    goods: dict[int, Good] | None = None


class CanteenMaker:
    """Makes office kitchens from a generator.

    Args:
        rng: Source of every choice.
        unseen: Draw mostly from the goods that training never meets.
    """

    def __init__(self, rng: np.random.Generator, unseen: bool = False) -> None:
        self.rng = rng
        self.pool = goods(True) * 10 + goods() if unseen else goods()

    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def one(self, options: Any) -> Any:
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def make(self) -> CanteenWorld:
        """Returns a new office kitchen."""
        world = CanteenWorld(can={}, goods={})
        rng, spots = self.rng, [(float(x), float(y)) for x in (-1.8, 0.0, 1.8) for y in (-1.8, 0.0, 1.8)]
        rng.shuffle(spots)
        label = str(self.one(TABLES))
        tops = [self._place(world, label, ("table",), "table", spots.pop(), surface=True)]
        for name, also in self.one(COUNTERS):
            also = also if "counter" not in name or name == "counter" else (*also, "counter")
            role = "table" if self.chance(0.5) else "fixture"
            tops.append(self._place(world, name, also, role, spots.pop(), surface=True))
        holders = list(tops)
        if self.chance(0.9):
            bin_, called = self.one(BINS)
            self._place(world, bin_, called, "fixture", spots.pop(), container=True)
        if self.chance(0.75):
            holders.append(self._place(world, "drawer", (), "fixture", spots.pop(), container=True, openable=True))
        if self.chance(0.35):
            name, also = self.one((("shelf", ()), ("cabinet", ("cupboard",)), ("fridge", ("refrigerator",))))
            shut, spot = name != "shelf", spots.pop()
            flags = {"container": shut, "openable": shut, "surface": not shut, "cooler": name == "fridge"}
            holders.append(self._place(world, name, also, "fixture", spot, **flags))
            if shut:
                world.infos[-1].shape = "oven"
                height = world.rows[holders[-1]].position[2] + PART_OFFSETS["top_side"][2]
                top = Row("p0", f"top of the {name}", "part", (*spot, height), parent=holders[-1], surface=True)
                world.add(top, Info({}, (), "furniture", "top_side", "oven"))
        people = home_words()["people"]
        who = str(self.one(people["speaker"] if self.chance(0.85) else people["names"]))
        x, y = spots.pop()
        sort = "speaker" if who in people["speaker"] else "names"
        world.add(Row("h0", who, "person", (x, y, 0.0)), Info({who: "name"}, (), sort, "", "person"))
        if self.chance(0.2):
            other = str(self.one([n for n in people["names"] if n != who]))
            x, y = spots.pop()
            world.add(Row("h1", other, "person", (x, y, 0.0)), Info({other: "name"}, (), "names", "", "person"))
        self._goods(world, tops, holders)
        return self._shuffled(world)

    def _place(
        self,
        world: CanteenWorld,
        label: str,
        also: tuple[str, ...],
        role: str,
        spot: tuple[float, float],
        **flags: bool,
    ) -> int:
        names = dict.fromkeys(also, "synonym") | {label: "name"}
        row = Row(f"f{len(world.rows)}", label, role, (*spot, 0.0))
        for flag, on in flags.items():
            setattr(row, flag, on)
        row.opened = row.openable and self.chance(0.12)
        return world.add(row, Info(names, (), "furniture", "", "home" if role == "table" else "surface"))

    def _goods(self, world: CanteenWorld, tops: list[int], holders: list[int]) -> None:
        count = int(self.rng.integers(5, 17))
        chosen = {g.name: g for k in self.rng.integers(len(self.pool), size=count) for g in (self.pool[int(k)],)}
        number = 0
        for good in chosen.values():
            for _ in range(int(self.rng.integers(2, 4)) if self.chance(TWICE) else 1):
                at = self.one(holders) if self.chance(0.15) else self.one(tops)
                x, y, _ = world.rows[at].position
                spot = (x + 0.12 * (number % 4) - 0.18, y + 0.12 * (number // 4) - 0.3, 0.05)
                number += 1
                name = good.name if self.chance(0.75) else str(self.one(good.names))
                row = Row(f"o{len(world.rows)}", name, "object", spot, support=at, graspable=True)
                row.inside = world.rows[at].container
                names = dict.fromkeys((n for k in sorted(good.kinds) for n in kind_names(k)), "wider")
                names.update(dict.fromkeys(good.names, "synonym"))
                names[good.name] = "name"
                index = world.add(row, Info(names, (), min(good.kinds, default=good.name), "", "plain"))
                assert world.goods is not None
                world.goods[index] = good

    def _shuffled(self, world: CanteenWorld) -> CanteenWorld:
        order = self.rng.permutation(len(world.rows))
        new = {int(old): k for k, old in enumerate(order)}
        for row in world.rows:
            row.parent, row.support = new.get(row.parent, -1), new.get(row.support, -1)
        return CanteenWorld(
            EntityTable([world.rows[i] for i in order]),
            [world.infos[i] for i in order],
            {},
            world.unseen,
            {new[i]: good for i, good in (world.goods or {}).items()},
        )
