"""`Shelf`: the phrases for goods by kind and quality."""

from typing import Any

from planner.factory.home.canteen import CanteenWorld
from planner.factory.home.goods import Good, Want, kind_names, words
from planner.factory.home.nouns import MASS, a, plural
from planner.factory.home.say import Home
from planner.factory.mood import CHOICE
from planner.factory.speaker import Speaker


def many_of(noun: str) -> str:
    """Returns the plural of a noun, or a mass noun as it is."""
    return noun if " of " not in noun and noun.split()[-1] in MASS else plural(noun)


class Shelf(Home):
    """Says requests about the goods of an office kitchen.

    Args:
        speaker: Source of words and of every choice.
    """

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(speaker)
        world = speaker.world
        self.goods: dict[int, Good] = (world.goods or {}) if isinstance(world, CanteenWorld) else {}

    def drawn(self, options: list[Any]) -> Any:
        """Returns one of the options."""
        return options[int(self.s.rng.integers(len(options)))]

    def said(self, template: str) -> str:
        """Returns a template with its choices drawn."""
        return CHOICE.sub(lambda m: self.s.pick(m[1].split("|")), template)

    def fitting(self, want: Want, among: list[int] | None = None) -> list[int] | None:
        """Returns the rows that a want means, or None where people would argue about one."""
        found = {i: want.fits(g) for i, g in self.goods.items() if among is None or i in among}
        return None if None in found.values() else [i for i, fits in found.items() if fits]

    def kinds(self) -> list[tuple[Want, dict[str, Any], list[int]]]:
        """Returns the kinds that something here belongs to."""
        found = []
        for entry in words()["kinds"]:
            want = Want(entry["of"])
            rows = self.fitting(want)
            if rows:
                found.append((want, entry, rows))
        return found

    def qualities(self) -> list[tuple[Want, dict[str, Any], list[int]]]:
        """Returns the wants for a quality that something here meets and something else does not."""
        found = []
        for entry in words()["wants"]:
            quality, lacking = (entry["not"], True) if "not" in entry else (entry["is"], False)
            kinds: list[str | None] = [*entry["of"], *([None] if entry.get("something") else [])]
            for kind in kinds:
                want = Want(kind, str(quality), lacking)
                rows = self.fitting(want)
                if rows and len(rows) < len(self.goods):
                    found.append((want, entry, rows))
        return found

    def phrase(self, want: Want, entry: dict[str, Any]) -> str:
        """Returns an indefinite noun phrase for a want."""
        s = self.s
        if want.quality is None:
            return str(self.drawn(entry["say"]))
        if want.kind is None:
            if entry.get("also") and s.chance(0.3):
                return str(self.drawn(entry["also"]))
            return f"something {self.drawn(entry['something'])}"
        noun = s.pick(kind_names(want.kind))
        post = entry.get("post")
        if post and s.chance(0.5):
            return f"{a(noun)} {self.drawn(post)}"
        return a(f"{self.drawn(entry['adj'])} {noun}")

    def listener(self) -> int | None:
        """Returns who asks, or somebody."""
        mine = [i for i in self.people if self.infos[i].group == "speaker"]
        return self.s.row(mine or self.people)

    def ordered(self, rows: list[int]) -> list[int]:
        """Returns rows from left to right."""
        return sorted(rows, key=lambda i: (self.rows[i].position[1], self.rows[i].position[0]))
