"""Referring expressions: says which entity is meant, so that it is the only one that fits."""

from collections.abc import Callable

import numpy as np

from planner.factory.lexicon import said_otherwise
from planner.factory.parts import part_words
from planner.factory.reference import Reference
from planner.factory.world import World

MARGIN_M = 0.045
"""Least lead in a direction for "the left one" [m]. Source: our own."""

SIDE_WORDS = {
    "left": (
        ["left", "leftmost", "left-hand"],
        [
            "on the left",
            "to the left",
            "on the left side",
            "on the left-hand side",
            "at the left",
            "on the far left",
            "furthest left",
            "to the very left",
        ],
    ),
    "right": (
        ["right", "rightmost", "right-hand"],
        [
            "on the right",
            "to the right",
            "on the right side",
            "on the right-hand side",
            "at the right",
            "on the far right",
            "furthest right",
            "to the very right",
        ],
    ),
    "front": (
        ["front", "frontmost", "closest", "nearest", "foremost"],
        ["at the front", "in front", "in the front", "closest to me", "nearest to me", "towards the front", "up front"],
    ),
    "back": (
        ["back", "rear", "farthest", "furthest", "far", "rearmost"],
        [
            "at the back",
            "in the back",
            "farthest from me",
            "at the rear",
            "behind the others",
            "furthest away",
            "towards the back",
        ],
    ),
    "middle": (
        ["middle", "center", "centre", "central"],
        [
            "in the middle",
            "in the center",
            "in the centre",
            "in between the others",
            "between the other two",
            "at the center",
        ],
    ),
}
MIDDLE_SPREAD = 1.4


class Referrer:
    """Makes referring expressions for the rows of one world.

    Args:
        world: The scene.
        rng: Source of every choice.
    """

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.place = np.array([r.position[:2] for r in world.rows])

    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def pick(self, options: list[str] | tuple[str, ...]) -> str:
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def fitting(self, base: str, look: str | None) -> list[int]:
        """Returns the rows that a base phrase (with a look) may mean."""
        return [
            i for i, info in enumerate(self.world.infos) if base in info.names and (look is None or look in info.looks)
        ]

    def base(self, row: int, plain: bool = False) -> tuple[str, str | None, str]:
        """Returns a base phrase for a row, a look or None, and the phrase's sort."""
        info = self.world.infos[row]
        names = list(info.names.items())
        wanted = self.rng.random()
        sort = (
            "name"
            if wanted < (0.72 if plain else 0.46)
            else "synonym"
            if wanted < (1.0 if plain else 0.72)
            else "wider"
            if wanted < 0.82
            else "use"
        )
        options = [n for n, s in names if s == sort] or [n for n, s in names if s == "name"] or [names[0][0]]
        base = self.pick(options)
        look = None
        if info.looks and self.chance(0.55 if sort != "use" else 0.1):
            look = info.looks[int(self.rng.integers(len(info.looks)))]
            if base.startswith(look):
                look = None
        return base, look, info.names[base]

    def spoken(self, base: str, look: str | None, pre: str | None = None) -> str:
        """Returns the noun phrase without article."""
        if look is not None and self.chance(0.3):
            look = self.pick((look, *said_otherwise().get(look, ())))
        return " ".join(w for w in (pre, look, base) if w)

    def say(self, row: int, simple: bool = False) -> Reference | None:
        """Returns an expression that only this row fits, or None if none was found.

        Args:
            row: Row index.
            simple: Names only, no relation (for anchors).
        """
        if self.world.rows[row].role == "part":
            return part_words(self, row)
        for _ in range(4):
            base, look, sort = self.base(row, simple)
            fitting = self.fitting(base, look)
            if sort == "use":
                group = self.world.infos[row].group
                fitting = [i for i, f in enumerate(self.world.infos) if f.group == group and i in fitting or i == row]
                if sum(f.group == group for f in self.world.infos) > 1 and self.chance(0.8):
                    continue
            noun = self.spoken(base, look)
            if fitting == [row]:
                if not simple and self.chance(0.1):
                    told = self.told_apart(row, [row], base, look)
                    if told is not None:
                        return told
                return Reference(self.article(noun), "look" if look else sort)
            if simple:
                continue
            told = self.told_apart(row, fitting, base, look)
            if told is not None:
                return told
        return None

    def article(self, noun: str) -> str:
        """Returns the noun with its article."""
        return (
            f"{self.pick(['the', 'the', 'the', 'the', 'the', 'the', 'the', 'that', 'my', 'our'])} {noun}"
            if self.chance(0.95)
            else noun
        )

    def told_apart(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        """Returns an expression that tells a row from the others that fit, by place or relation."""
        ways: list[Callable[[], Reference | None]] = [
            lambda: self._side(row, fitting, base, look),
            lambda: self._side(row, fitting, base, look),
            lambda: self._support(row, fitting, base, look),
            lambda: self._near(row, fitting, base, look),
            lambda: self._between(row, fitting, base, look),
            lambda: self._beyond(row, fitting, base, look),
            lambda: self._centre(row, fitting, base, look),
        ]
        for k in self.rng.permutation(len(ways)):
            told = ways[int(k)]()
            if told is not None:
                return told
        return None

    def _joined(self, base: str, look: str | None, post: str, mode: str) -> Reference:
        link = self.pick(["", "", "", "", "that is ", "which is ", "that's "])
        if mode in ("on", "in", "next") and self.chance(0.2):
            link = self.pick(
                {
                    "on": ["sitting ", "lying ", "standing ", "resting "],
                    "in": ["lying ", "that sits ", "stored "],
                    "next": ["standing ", "sitting ", "right "],
                }[mode]
            )
        return Reference(f"the {self.spoken(base, look)} {link}{post}", mode)

    def _side(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        others = [i for i in fitting if i != row]
        if not others:
            return None
        lead = self.place[row] - self.place[others]
        options = []
        if (lead[:, 0] > MARGIN_M).all():
            options.append(("front", lead[:, 0].min()))
        if (lead[:, 0] < -MARGIN_M).all():
            options.append(("back", -lead[:, 0].max()))
        if (lead[:, 1] > MARGIN_M).all():
            options.append(("right", lead[:, 1].min()))
        if (lead[:, 1] < -MARGIN_M).all():
            options.append(("left", -lead[:, 1].max()))
        if len(fitting) == 3:
            spread = np.ptp(self.place[fitting], 0)
            axis = int(spread[1] > spread[0])
            if spread[axis] > MIDDLE_SPREAD * spread[1 - axis]:
                ordered = sorted(fitting, key=lambda i: self.place[i][axis])
                gaps = np.diff(self.place[ordered][:, axis])
                if ordered[1] == row and gaps.min() > MARGIN_M:
                    options.append(("middle", gaps.min()))
        if not options:
            return None
        side = options[int(self.rng.integers(len(options)))][0]
        before, after = SIDE_WORDS[side]
        if self.chance(0.5):
            return Reference(
                f"the {self.spoken(base, look, before[0] if self.chance(0.6) else self.pick(before))}", side
            )
        return self._joined(base, look, after[0] if self.chance(0.5) else self.pick(after), side)

    def _support(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        rows = self.world.rows
        support = rows[row].support
        if support < 0:
            return None
        whole = rows[support].parent

        def there(i: int) -> bool:
            at = rows[i].support
            return i != row and (at == support or (whole >= 0 and at >= 0 and rows[at].parent == whole))

        if any(there(i) for i in fitting):
            return None
        if rows[support].role == "table":
            if len(fitting) < 2:
                return None
            return self._joined(base, look, f"on the {self.pick(['table', rows[support].words])}", "on")
        if rows[row].inside:
            said = self.say(support, simple=True)
            word = self.pick(["in", "in", "in", "in", "inside", "from", "inside of"])
            return None if said is None else self._joined(base, look, f"{word} {said.text}", "in")
        target = whole if whole >= 0 and self.world.infos[support].part == "top_side" else support
        said = self.say(target, simple=True)
        if said is None:
            return None
        return self._joined(
            base, look, f"{self.pick(['on', 'on', 'on', 'on top of', 'atop', 'from'])} {said.text}", "on"
        )

    def _anchors(self, row: int, fitting: list[int]) -> list[int]:
        rows = self.world.rows
        return [
            i
            for i, r in enumerate(rows)
            if r.role in ("object", "fixture") and i not in fitting and i != rows[row].support and r.support != row
        ]

    def _near(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        anchors = self._anchors(row, fitting)
        others = [i for i in fitting if i != row]
        self.rng.shuffle(anchors)
        for anchor in anchors[:5]:
            mine = float(np.hypot(*(self.place[row] - self.place[anchor])))
            rest = [float(np.hypot(*(self.place[i] - self.place[anchor]))) for i in others]
            least = min(rest, default=9.0)
            words: list[str] = []
            if mine < 0.2 and least > max(1.6 * mine, 0.16):
                words = [
                    "next to",
                    "next to",
                    "next to",
                    "beside",
                    "near",
                    "by",
                    "close to",
                    "right next to",
                    "adjacent to",
                    "alongside",
                ]
            elif others and least > 1.35 * mine + 0.03:
                words = ["closest to", "nearest to", "nearer to", "closer to", "near"]
            elif others and mine > 1.35 * max(rest) + 0.03:
                words = ["farthest from", "furthest from", "away from", "far from"]
            if not words:
                continue
            said = self.say(anchor, simple=True)
            if said is not None:
                return self._joined(base, look, f"{self.pick(words)} {said.text}", "next")
        return None

    def _between(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        anchors = self._anchors(row, fitting)
        if len(anchors) < 2:
            return None
        spots = self.place[anchors]
        gap = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))

        def detour(i: int) -> np.ndarray:
            d = np.hypot(*(spots - self.place[i]).T)
            found: np.ndarray = d[:, None] + d[None] - gap + np.eye(len(d)) * 9
            return found

        good = (detour(row) < 0.05) & (gap > 0.15)
        for i in fitting:
            if i != row:
                good &= detour(i) > 0.14
        pairs = np.argwhere(good)
        if not len(pairs):
            return None
        a, b = pairs[int(self.rng.integers(len(pairs)))]
        first, second = self.say(anchors[a], simple=True), self.say(anchors[b], simple=True)
        if first is None or second is None:
            return None
        return self._joined(
            base, look, f"{self.pick(['between', 'between', 'in between'])} {first.text} and {second.text}", "between"
        )

    def _beyond(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        anchors = self._anchors(row, fitting)
        self.rng.shuffle(anchors)
        ways = {
            (1, -1): ["to the left of", "left of", "on the left of"],
            (1, 1): ["to the right of", "right of", "on the right of"],
            (0, 1): ["in front of", "in the front of"],
            (0, -1): ["behind", "in back of"],
        }
        for anchor in anchors[:3]:
            delta = self.place[row] - self.place[anchor]
            for (axis, sign), words in ways.items():
                if (
                    sign * delta[axis] < 0.06
                    or abs(delta[1 - axis]) > 0.5 * abs(delta[axis]) + 0.03
                    or abs(delta[axis]) > 0.3
                ):
                    continue
                if any(sign * (self.place[i] - self.place[anchor])[axis] > 0.0 for i in fitting if i != row):
                    continue
                said = self.say(anchor, simple=True)
                if said is not None:
                    return self._joined(base, look, f"{self.pick(words)} {said.text}", "beyond")
        return None

    def _centre(self, row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
        rows = self.world.rows
        others = [i for i in fitting if i != row]
        support = rows[row].support
        if not others or support < 0 or rows[support].role != "table":
            return None
        away = np.hypot(*(self.place - self.place[support]).T)
        if away[row] > 0.11 or away[others].min() < 0.2:
            return None
        where = self.pick(
            [
                "in the center of the table",
                "in the middle of the table",
                "at the center of the table",
                "from the table center",
                "at the table centre",
                "in the table center",
            ]
        )
        return self._joined(base, look, where, "centre")
