"""Made-up benches: blocks on a table with a drawer, a sliding door and a light or two."""

import numpy as np

from planner.factory.home.say import home_frames
from planner.factory.home.world import HomeWorld
from planner.factory.world import Info
from planner.language.table import EntityTable, Row

HELD = 0.3
"""Share of benches where the hand holds a block from the start."""


class BenchMaker:
    """Makes benches from a generator.

    Args:
        rng: Source of every choice.
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng

    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def one(self, options: list[str]) -> str:
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def make(self) -> HomeWorld:
        """Returns a new bench."""
        words, world = home_frames()["bench"], HomeWorld(can={})
        label = self.one(["table", "table", "desk", "workbench", "table top"])
        world.add(
            Row("t", label, "table", (0.0, 0.0, 0.0), surface=True),
            Info({"table": "synonym", label: "name"}, (), "table", "", "table"),
        )
        holders = [0, 0, 0]
        if self.chance(0.92):
            holders.append(self._fixture(world, "drawer", words["drawer"], container=True, openable=True))
        if self.chance(0.92):
            both = self.chance(0.4)
            slider = self._fixture(world, "sliding", words["slider"], slidable=True, container=both)
            if both:
                holders.append(slider)
            elif self.chance(0.7):
                holders.append(self._fixture(world, "bin", words["cabinet"], container=True))
        if self.chance(0.9):
            self._fixture(world, "bulb", words["bulb"], switchable=True)
        if self.chance(0.85):
            self._fixture(world, "led", words["led"], switchable=True)
        self._blocks(world, holders)
        order = self.rng.permutation(len(world.rows))
        new = {int(old): k for k, old in enumerate(order)}
        for row in world.rows:
            row.support = new.get(row.support, -1)
        return HomeWorld(EntityTable([world.rows[i] for i in order]), [world.infos[i] for i in order], {})

    def _fixture(self, world: HomeWorld, shape: str, labels: list[str], **flags: bool) -> int:
        label = self.one(labels).removeprefix("the ")
        names = {
            n.removeprefix("the "): "synonym"
            for n in labels
            if shape not in ("bulb", "led") or n not in ("switch", "lever", "button", "light switch", "led button")
        }
        if shape == "sliding" and not flags.get("container"):
            names = {n: s for n, s in names.items() if "cabinet" not in n or "door" in n}
        names[label] = "name"
        x, y = self.rng.random(2) * 0.6 - 0.3
        row = Row(
            f"f{len(world.rows)}", label, "fixture", (float(x), float(y), 0.1), support=0 if self.chance(0.5) else -1
        )
        for flag, on in flags.items():
            setattr(row, flag, on)
        row.opened = row.openable and self.chance(0.45)
        row.powered = row.switchable and self.chance(0.45)
        return world.add(row, Info(names, (), "furniture", "", shape))

    def _blocks(self, world: HomeWorld, holders: list[int]) -> None:
        words = home_frames()["blocks"]
        surface = self.chance(0.85)
        noun = self.one(words["names"][:6])
        toys = self.chance(0.2)
        colours = [str(c) for c in self.rng.permutation(words["colours"])]
        held = self.chance(HELD)
        made: list[int] = []
        for k in range(int(self.rng.integers(2, 5))):
            base = self.one(words["toys"]) if toys and self.chance(0.5) else noun
            look = colours[k]
            blockish = base == noun
            names = dict.fromkeys(words["names"] if blockish else ["object", "toy"], "synonym")
            names[base] = "name"
            support = holders[int(self.rng.integers(len(holders)))]
            on_block = surface and made and self.chance(0.22)
            if on_block:
                free = [i for i in made if all(world.rows[j].support != i for j in made)]
                support = free[int(self.rng.integers(len(free)))] if free else support
            x, y = self.rng.random(2) * 0.5 - 0.25
            row = Row(f"o{k}", f"{look} {base}", "object", (float(x), float(y), 0.05), support=support)
            row.graspable, row.surface, row.inside = True, surface, world.rows[support].container
            if held and k == 0:
                row.held, row.support, row.inside = True, -1, False
            index = world.add(row, Info(names, (look,), "blocks", "", "plain"))
            if not row.held:
                made.append(index)
