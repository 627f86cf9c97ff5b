"""Made-up households: rooms of furniture, appliances and people, with things on, in and under them."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from planner.factory.dictionary import widened
from planner.factory.home.words import ROOMS, Furniture, Thing, common, furniture, things, words
from planner.factory.lexicon import Concept, looks
from planner.factory.world import Info, World
from planner.language.table import EntityTable, Row

ROOM_SHARE = (0.5, 0.2, 0.18, 0.12)
"""Share of each room of `ROOMS`."""


@dataclass(slots=True)
class HomeWorld(World):
    """A household; ``can`` says what may be done with each row, ``unseen`` that training never meets its things."""

    can: dict[int, str] | None = None
    unseen: bool = False


class HomeMaker:
    """Makes households from a generator.

    Args:
        rng: Source of every choice.
        words: Concepts of the common lexicon to draw from, instead of the home's own things (None: both).
    """

    def __init__(self, rng: np.random.Generator, words: tuple[Concept, ...] | None = None) -> None:
        self.rng = rng
        self.pools = looks()
        self.own = things()
        self.common = common(words)
        self.unseen = words is not None
        if words is not None:
            self.own = self.common

    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def one(self, options: Any) -> Any:
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def make(self) -> HomeWorld:
        """Returns a new household."""
        world = HomeWorld(can={}, unseen=self.unseen, wide=not self.unseen)
        self.scale = 0.4 + 1.6 * self.rng.random()
        room = ROOMS[int(self.rng.choice(len(ROOMS), p=ROOM_SHARE))]
        ground = self._ground(world, room)
        for piece, copies in self._pieces(room):
            own = self._own_words(piece)
            for _ in range(copies):
                self._piece(world, piece, ground, own if self.chance(0.7) else self._own_words(piece))
        self._people(world)
        self._things(world, room)
        holders = [r for r in world.rows if r.container]
        if len(holders) == 1 and holders[0].role == "object":  # the grammar says no "in" about the only container
            holders[0].container, holders[0].surface = False, True
            for row in world.rows:
                row.inside = row.inside and row.support >= 0 and world.rows[row.support].container
        return shuffled(world, self.rng)[0]

    def _ground(self, world: HomeWorld, room: str) -> int:
        draw = self.rng.random()
        if draw < 0.4:
            return -1
        if draw < 0.65:
            return world.add(
                Row("g", "floor", "table", (0.0, 0.0, 0.0), surface=True),
                Info({"floor": "name", "ground": "synonym"}, (), "floor", "", "home"),
            )
        label = {"kitchen": ["kitchen table", "table", "counter"], "bath": ["counter"]}.get(room, ["table", "desk"])
        said = str(self.one(label))
        names = {said: "name"} | ({"table": "synonym"} if "table" in said else {})
        return world.add(
            Row("g", said, "table", (0.0, 0.0, 0.0), surface=True), Info(names, (), "furniture", "", "home")
        )

    def _pieces(self, room: str) -> list[tuple[Furniture, int]]:
        pool = furniture()[room]
        weights = np.array([p.often for p in pool])
        count = min(len(pool), int(self.rng.integers(4, 10)))
        chosen = self.rng.choice(len(pool), count, replace=False, p=weights / weights.sum())
        pieces = []
        for k in chosen:
            piece = pool[int(k)]
            copies = 1 if piece.most == 1 or self.chance(0.55) else int(self.rng.integers(2, piece.most + 1))
            pieces.append((piece, copies))
        return pieces

    def _own_words(self, piece: Furniture) -> tuple[str, str]:
        """Returns a label for a piece, and a look of it or nothing."""
        label = piece.name if self.chance(0.75) or not piece.also else str(self.one(piece.also))
        look = ""
        if self.chance(0.15):
            look = str(self.one(self.pools["c" if self.chance(0.6) else "m"]))
        return label, look

    def _piece(self, world: HomeWorld, piece: Furniture, ground: int, own: tuple[str, str]) -> None:
        label, look = own
        angle, far = self.rng.random() * 6.283, self.scale * (0.5 + self.rng.random())
        x, y = far * float(np.cos(angle)), far * float(np.sin(angle))
        names = dict.fromkeys(piece.also, "synonym")
        names[piece.name] = "synonym"
        names[label] = "name"
        said = f"{look} {label}" if look else label
        kind = piece.kind
        row = Row(f"f{len(world.rows)}", said, "fixture", (x, y, 0.4), support=ground)
        row.surface = kind in ("surface", "burner", "machine")
        row.container = kind in ("bin", "cupboard", "drawer")
        row.openable = kind in ("cupboard", "drawer")
        row.opened = row.openable and self.chance(0.12)
        row.switchable = kind in ("lamp", "burner", "machine")
        row.powered = row.switchable and self.chance(0.15)
        row.slidable = kind == "sliding"
        row.heater, row.cooler, row.washer = (piece.does == d for d in ("heater", "cooler", "washer"))
        chosen = (look,) if look else ()
        shape = "oven" if kind == "cupboard" else kind
        parent = world.add(row, Info(names, chosen, "furniture", "", shape))
        if kind == "cupboard":
            top = Row(f"p{parent}", f"top of the {said}", "part", (x, y, 0.65), parent=parent, surface=True)
            world.add(top, Info({}, chosen, "furniture", "top_side", shape))

    def _people(self, world: HomeWorld) -> None:
        people = words()["people"]
        count = int(self.rng.choice(3, p=[0.25, 0.6, 0.15]))
        used: list[str] = []
        for k in range(count):
            sort = "speaker" if k == 0 and self.chance(0.75) else "names" if self.chance(0.7) else "roles"
            label = str(self.one([w for w in people[sort] if w not in used]))
            used.append(label)
            x, y = self.rng.standard_normal(2) * self.scale
            row = Row(f"h{k}", label, "person", (float(x), float(y), 0.0))
            info = Info({label: "name"}, (), sort, "", "person")
            world.add(row, info)

    def _things(self, world: HomeWorld, room: str) -> None:
        wanted = int(self.rng.integers(5, 13))
        holders = [i for i, r in enumerate(world.rows) if r.surface or r.container]
        while wanted > 0:
            source = self.own if self.chance(0.72) else self.common
            pool = source[room] or things()[room]
            thing: Thing = self.one(pool)
            if self.chance(0.2):
                thing = self.one([t for t in pool if t.concept.group == thing.concept.group])
            if world.wide and (concept := widened(self.rng, thing.concept)) is not thing.concept:
                thing = Thing(concept, "")
            copies = int(self.rng.choice([1, 2, 3], p=[0.68, 0.24, 0.08]))
            chosen = self._looks(thing.concept, 0.3)
            together = self._holder(world, holders) if self.chance(0.5) else None
            for _ in range(copies):
                if copies > 1 and self.chance(0.2):
                    chosen = self._looks(thing.concept, 0.9)
                support = self._holder(world, holders) if together is None else together
                self._thing(world, thing, support, chosen)
            wanted -= copies

    def _holder(self, world: HomeWorld, holders: list[int]) -> int:
        """Returns where a thing lies: furniture mostly, now and then a dish."""
        dishes = [i for i in world.objects() if world.rows[i].surface or world.rows[i].container]
        if dishes and self.chance(0.1):
            return int(self.one(dishes))
        options = [i for i in holders if world.rows[i].role != "part" or self.chance(0.3)]
        return int(self.one(options)) if options else int(self.one(holders)) if holders else -1

    def _looks(self, concept: Concept, p: float) -> tuple[str, ...]:
        if concept.look and self.chance(p):
            return (str(self.one(self.pools[str(self.one(concept.look))])),)
        return ()

    def _thing(self, world: HomeWorld, thing: Thing, support: int, chosen: tuple[str, ...]) -> int:
        concept = thing.concept
        x, y, z = world.rows[support].position if support >= 0 else (0.0, 0.0, 0.0)
        dx, dy = self.rng.standard_normal(2) * 0.12
        name = concept.name if self.chance(0.8) else str(self.one(concept.names))
        row = Row(
            f"o{len(world.rows)}",
            " ".join([*chosen[::-1], name]),
            "object",
            (x + float(dx), y + float(dy), z + 0.05),
            support=support,
            inside=support >= 0 and world.rows[support].container,
            graspable=True,
        )
        vessel = concept.shape == "vessel" and self.chance(0.5)
        row.container = vessel
        row.surface = concept.shape in ("vessel", "dish", "receptacle") and not vessel
        info = _info(concept, chosen)
        index = world.add(row, info)
        assert world.can is not None
        world.can[index] = thing.can
        return index


def shuffled(world: HomeWorld, rng: np.random.Generator) -> tuple[HomeWorld, dict[int, int]]:
    """Returns a copy of a household with its rows in another order, and the new index of each old one."""
    order = rng.permutation(len(world.rows))
    new = {int(old): k for k, old in enumerate(order)}
    rows = [
        replace(r, parent=new.get(r.parent, -1), support=new.get(r.support, -1), was=new.get(r.was, -1))
        for r in world.rows
    ]
    can = {new[i]: letters for i, letters in (world.can or {}).items()}
    return HomeWorld(
        EntityTable([rows[i] for i in order]), [world.infos[i] for i in order], can, world.unseen, wide=world.wide
    ), new


def _info(concept: Concept, chosen: tuple[str, ...]) -> Info:
    names = dict.fromkeys(concept.wider, "wider")
    names.update(dict.fromkeys(concept.uses, "use"))
    names.update(dict.fromkeys(concept.names, "synonym"))
    names[concept.name] = "name"
    return Info(
        names, chosen, concept.group, "", "receptacle" if concept.shape in ("vessel", "dish") else concept.shape
    )


def copied(world: World) -> World:
    """Returns a copy whose rows may be changed."""
    rows = EntityTable([replace(r) for r in world.rows])
    if isinstance(world, HomeWorld):
        return HomeWorld(rows, list(world.infos), world.can, world.unseen, wide=world.wide)
    return World(rows, list(world.infos), wide=world.wide)
