"""Made-up scenes: typed entities with places, supports and states, and the words each may be called by."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from planner.factory.dictionary import widened
from planner.factory.lexicon import Concept, concepts, fixtures, looks
from planner.factory.parts import parts_of
from planner.language.layout import PART_OFFSETS
from planner.language.table import EntityTable, Row

ROOMS = ("kitchen", "living", "study", "workshop")
FIXTURES_OF_ROOM: dict[str, tuple[list[str], list[float]]] = {
    "kitchen": (["cabinet", "oven", "stove", "rack", "sink", "shelf", "lamp", "caddy"], [6, 3, 5, 2, 1, 2, 1, 0.5]),
    "living": (["cabinet", "shelf", "lamp", "rack", "caddy", "oven"], [4, 4, 2, 2, 1, 0.5]),
    "study": (["caddy", "shelf", "cabinet", "lamp", "rack"], [5, 4, 3, 1.5, 1]),
    "workshop": (["cabinet", "shelf", "rack", "caddy", "lamp", "stove", "oven"], [4, 3, 2, 2, 1, 1, 1]),
}
"""Shapes of fixtures and their weights by room."""


@dataclass(slots=True)
class Info:
    """How a row may be called.

    Args:
        names: Base phrases with their sort: ``name``, ``synonym``, ``wider`` or ``use``.
        looks: Looks that are true of it.
        group: Lexicon group, or the fixture's shape.
        part: Part name for a part.
        shape: ``plain``, ``receptacle``, ``container``, or the fixture's shape.
    """

    names: dict[str, str]
    looks: tuple[str, ...] = ()
    group: str = ""
    part: str = ""
    shape: str = "plain"


@dataclass(slots=True)
class World:
    """A made-up scene; in a ``mobile`` one, tables are places to go to; a ``wide`` one has a dictionary's words."""

    mobile: ClassVar[bool] = False

    table: EntityTable = field(default_factory=EntityTable)
    infos: list[Info] = field(default_factory=list)
    wide: bool = field(default=False, kw_only=True)

    @property
    def rows(self) -> list[Row]:
        """The entities."""
        return self.table.rows

    def add(self, row: Row, info: Info) -> int:
        """Appends an entity and returns its row index."""
        self.table.rows.append(row)
        self.infos.append(info)
        return len(self.table.rows) - 1

    def objects(self) -> list[int]:
        """Returns the rows of movable objects."""
        return [i for i, r in enumerate(self.rows) if r.role == "object"]


def _info(concept: Concept, chosen: tuple[str, ...]) -> Info:
    names = dict.fromkeys(concept.wider, "wider")
    names.update(dict.fromkeys(concept.uses, "use"))
    names.update(dict.fromkeys(concept.names, "synonym"))
    names[concept.name] = "name"
    return Info(names, chosen, concept.group, "", concept.shape)


class Maker:
    """Makes worlds from a generator.

    Args:
        rng: Source of every choice.
        words: Concepts to draw from (all that training may see, if None).
    """

    def __init__(self, rng: np.random.Generator, words: tuple[Concept, ...] | None = None) -> None:
        self.rng = rng
        self.every = every = words or concepts(withheld=False)
        self.by_room = {room: [c for c in every if room in c.rooms] for room in ROOMS}
        self.receptacles = [c for c in every if c.shape == "receptacle"]
        self.containers = [c for c in every if c.shape == "container"]
        self.pools = looks()
        self.wide = words is None

    def pick(self, options: list[Concept] | tuple[str, ...] | list[str]):  # type: ignore[no-untyped-def]
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def make(self) -> World:
        """Returns a new world."""
        world = World(wide=self.wide)
        room = self.pick(ROOMS)
        self.spots: list[tuple[float, float]] = []
        label = self.pick(fixtures()["table"][room])
        table = world.add(
            Row("t0", label, "table", (0.0, 0.0, 0.0), surface=True),
            Info({label: "name", "table": "synonym"}, (), "table", "", "table"),
        )
        for shape in self._fixture_shapes(room):
            self._fixture(world, shape, table)
        wanted = int(self.rng.choice([1, 2, 3, 4, 5, 6, 7], p=[0.04, 0.14, 0.22, 0.22, 0.18, 0.12, 0.08]))
        if self.chance(0.45):
            concept = self.pick(self.receptacles)
            chosen = self._looks(concept, 0.4)
            for _ in range(1 + self.chance(0.4)):  # twins, so that places too are told apart
                self._object(world, concept, table, chosen)
        if self.chance(0.35):
            self._object(world, self.pick(self.containers), table, movable=False)
        pool = self.by_room[room] if self.chance(0.85) else list(self.every)
        while wanted > 0:
            concept = self.pick(pool)
            if self.chance(0.25):
                concept = self.pick([c for c in pool if c.group == concept.group])
            concept = widened(self.rng, concept) if self.wide else concept
            copies = int(self.rng.choice([1, 2, 3], p=[0.5, 0.35, 0.15]))
            row = self._line() if copies == 3 and self.chance(0.6) else []
            chosen = self._looks(concept, 0.35)
            for _ in range(copies):
                if copies > 1 and self.chance(0.25):
                    chosen = self._looks(concept, 0.9)
                spot = row.pop() if row else None
                self._object(world, concept, table, chosen, raised=0.4 if copies > 1 else 0.2, spot=spot)
            wanted -= copies
        return self._shuffled(world)

    def _fixture_shapes(self, room: str) -> list[str]:
        names, weights = FIXTURES_OF_ROOM[room]
        count = int(self.rng.choice([0, 1, 2, 3], p=[0.12, 0.4, 0.35, 0.13]))
        chances = np.array(weights) / sum(weights)
        return [str(s) for s in self.rng.choice(names, size=count, p=chances, replace=self.chance(0.25))]

    def _spot(self, near: tuple[float, float] | None = None, apart: float = 0.08) -> tuple[float, float]:
        place = (0.0, 0.0)
        for _ in range(8):
            if near is not None:
                angle, far = self.rng.random() * 6.283, 0.1 + 0.06 * self.rng.random()
                place = (near[0] + far * float(np.cos(angle)), near[1] + far * float(np.sin(angle)))
            else:
                place = (float(self.rng.random() * 0.6 - 0.35), float(self.rng.random() * 0.7 - 0.35))
            if all((place[0] - x) ** 2 + (place[1] - y) ** 2 > apart**2 for x, y in self.spots):
                break
        self.spots.append(place)
        return place

    def _line(self) -> list[tuple[float, float]]:
        """Returns three spots in a rough row, so that one of them is the middle one."""
        x, y = self.rng.random(2) * 0.3 - 0.15
        angle = self.rng.random() * 0.8 - 0.4 + (1.5708 if self.chance(0.5) else 0.0)
        gap = 0.1 + 0.1 * self.rng.random()
        steps = np.array([-gap, 0.0, gap])[:, None] * np.array([np.cos(angle), np.sin(angle)])
        spots = np.array([x, y]) + steps + 0.02 * self.rng.standard_normal((3, 2))
        return [(float(a), float(b)) for a, b in self.rng.permutation(spots)]

    def _chosen_spot(self) -> tuple[float, float]:
        """Returns a spot for an object: anywhere, near a thing, between two, or at the centre."""
        draw = self.rng.random()
        if draw < 0.2 and self.spots:
            return self._spot(self.spots[int(self.rng.integers(len(self.spots)))])
        if draw < 0.28 and len(self.spots) > 1:
            a, b = self.rng.choice(len(self.spots), 2, replace=False)
            (x, y), (u, v) = self.spots[int(a)], self.spots[int(b)]
            if (x - u) ** 2 + (y - v) ** 2 > 0.2**2:
                self.spots.append(((x + u) / 2, (y + v) / 2))
                return self.spots[-1]
        if draw > 0.96:
            x, y = self.rng.standard_normal(2) * 0.04
            self.spots.append((float(x), float(y)))
            return self.spots[-1]
        return self._spot()

    def _looks(self, concept: Concept, p: float) -> tuple[str, ...]:
        chosen: tuple[str, ...] = ()
        if concept.look and self.chance(p):
            letters = concept.look + ("t" if self.chance(0.1) else "")
            letter = letters[int(self.rng.integers(len(letters)))] if self.chance(0.5) else concept.look[0]
            chosen = (self.pick(self.pools[letter]),)
            if self.chance(0.08) and len(concept.look) > 1:
                other = self.pick(self.pools[concept.look[1]])
                if other not in chosen and concept.look[1] != letter:
                    chosen = (*chosen, other)
        return chosen

    def _object(
        self,
        world: World,
        concept: Concept,
        table: int,
        chosen: tuple[str, ...] | None = None,
        movable: bool = True,
        raised: float = 0.2,
        spot: tuple[float, float] | None = None,
    ) -> int:
        rng = self.rng
        chosen = self._looks(concept, 0.4) if chosen is None else chosen
        name = concept.name if self.chance(0.82) else concept.names[int(rng.integers(len(concept.names)))]
        words = " ".join([*chosen[::-1], name])
        support, inside = table, False
        holders = [
            i
            for i, r in enumerate(world.rows)
            if (r.surface or r.container or (r.role == "object" and self.chance(0.15)))
            and r.role != "table"
            and not any(o.support == i for o in world.rows)
        ]
        if spot is None and holders and movable and self.chance(raised):
            support = holders[int(rng.integers(len(holders)))]
            inside = world.rows[support].container
            x, y, z = world.rows[support].position
            place = (x + 0.02 * float(rng.standard_normal()), y + 0.02 * float(rng.standard_normal()))
            height = z + 0.05
        else:
            place, height = spot or self._chosen_spot(), 0.05
        shape = concept.shape
        row = Row(
            f"o{len(world.rows)}",
            words,
            "object",
            (place[0], place[1], height),
            support=support,
            inside=inside,
            surface=shape == "receptacle",
            container=shape == "container",
            graspable=shape != "container",
        )
        return world.add(row, _info(concept, chosen))

    def _fixture(self, world: World, shape: str, table: int) -> None:
        entry = self.pick(fixtures()[shape]["things"])
        label = self.pick(entry["names"])
        names = {w: "synonym" for w in entry["also"]}
        first, _, rest = label.partition(" ")
        known = {w for pool in self.pools.values() for w in pool}
        chosen: tuple[str, ...] = (first,) if rest and first in known else ()
        if not chosen and self.chance(0.12):
            look = self.pick(self.pools["c" if self.chance(0.6) else "m"])
            chosen, names[label] = (look,), "name"
            label = f"{look} {label}"
        elif chosen:
            names[rest] = "name"
        names[label] = "name"
        edge = self.chance(0.7)
        x, y = self._spot(apart=0.14)
        if edge:
            y = float(np.sign(y) or 1.0) * (0.25 + 0.08 * self.rng.random())
            self.spots[-1] = (x, y)
        whole = Row(f"f{len(world.rows)}", label, "fixture", (x, y, 0.1), support=table)
        if shape == "oven":
            whole.container = whole.openable = True
            whole.opened = self.chance(0.35)
        whole.surface = shape in ("stove", "rack")
        whole.switchable = shape in ("stove", "lamp")
        whole.powered = whole.switchable and self.chance(0.3)
        whole.container = whole.container or shape == "sink"
        whole.heater = shape == "oven" and ("microwave" in label or label.endswith("oven"))
        whole.cooler = shape == "oven" and label.endswith(("fridge", "refrigerator", "freezer"))
        whole.washer = shape == "sink"
        parent = world.add(whole, Info(names, chosen, shape, "", shape))
        for part, said, flags in parts_of(shape):
            dx, dy, dz = PART_OFFSETS[part]
            row = Row(
                f"p{len(world.rows)}", f"{said} of the {label}", "part", (x + dx, y + dy, 0.1 + dz), parent=parent
            )
            row.surface = "s" in flags
            row.container = "c" in flags
            row.openable = "o" in flags
            row.opened = row.openable and self.chance(0.3)
            world.add(row, Info({}, chosen, shape, part, shape))

    def _shuffled(self, world: World) -> World:
        order = self.rng.permutation(len(world.rows))
        new = {int(old): k for k, old in enumerate(order)}
        for row in world.rows:
            row.parent, row.support = new.get(row.parent, -1), new.get(row.support, -1)
        return World(EntityTable([world.rows[i] for i in order]), [world.infos[i] for i in order], wide=world.wide)
