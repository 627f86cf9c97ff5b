"""`Home`: the phrases that household requests are made of."""

from functools import cache
from typing import Any, NamedTuple

from planner.factory.home.nouns import a, plural
from planner.factory.home.world import HomeWorld, copied
from planner.factory.lexicon import read
from planner.factory.mood import CHOICE, wished
from planner.factory.request import Request
from planner.factory.speaker import Speaker
from planner.factory.target import target_words

PARTICLES = ("up", "down", "off", "over", "out", "away")


@cache
def home_frames() -> dict[str, Any]:
    """Returns the verbs, adjectives and frames of the home."""
    return dict(read("home_frames"))


class Verb(NamedTuple):
    """A verb with its object: imperative and gerund, and its participle without."""

    do: str
    doing: str
    done: str


class Home:
    """Says household requests about one world.

    Args:
        speaker: Source of words and of every choice.
    """

    def __init__(self, speaker: Speaker) -> None:
        self.s = speaker
        world = speaker.world
        self.rows, self.infos = world.rows, world.infos
        self.can = (world.can or {}) if isinstance(world, HomeWorld) else {}
        self.loaded = {r.support for r in self.rows if r.role == "object"}
        self.free = [i for i in speaker.movable if i not in self.loaded and not self.rows[i].held]
        self.people = [i for i, r in enumerate(self.rows) if r.role == "person"]

    def fresh(self) -> None:
        """Gives the speaker a copy of its world, whose rows may be changed."""
        self.s.__init__(copied(self.s.world), self.s.rng)  # type: ignore[misc]
        self.__init__(self.s)  # type: ignore[misc]

    def able(self, letter: str) -> list[int]:
        """Returns the free things that something may be done with."""
        return [i for i in self.free if letter in self.can.get(i, "")]

    def having(self, flag: str) -> list[int]:
        """Returns the rows with a flag."""
        return [i for i, r in enumerate(self.rows) if getattr(r, flag)]

    def spots(self, *but: int) -> list[int]:
        """Returns where things may be put: furniture mostly, dishes too."""
        return [
            i
            for i in self.s.places
            if i not in but
            and (self.rows[i].role != "object" or i in self.free)
            and not any(self.rows[i].support == b for b in but if self.rows[i].role == "object")
        ]

    def spot(self, *but: int) -> int | None:
        """Returns one place; furniture is likelier than tops and dishes."""
        rows, options = self.rows, self.spots(*but)
        main = [i for i in options if rows[i].role in ("fixture", "table")]
        return self.s.row(main if main and self.s.chance(0.8) else options)

    # words
    def verb(self, sort: str, thing: str) -> Verb:
        """Returns a verb of a sort with its object."""
        options = home_frames()["verbs"][sort]
        verb = options[int(self.s.rng.integers(len(options)))]
        do, doing = (v.replace("_", thing) if "_" in v else _joined(v, thing) for v in verb[:2])
        return Verb(do, doing, verb[2] if len(verb) > 2 else "")

    def right(self, verb: Verb) -> Verb:
        """Returns a verb about the left as one about the right."""
        return Verb(*(_righted(v) for v in verb))

    def one(self, sort: str, of: str = "") -> str:
        """Returns one of the words of a sort."""
        words = home_frames()[sort]
        return str(self.s.pick(words[of] if of else words))

    def thing(self, row: int, adj: str = "", slices: bool = False, definite: bool = False) -> str | None:
        """Returns a noun phrase for a thing, with an adjective before the noun, or None."""
        s = self.s
        if not adj and not slices and s.chance(0.06):
            said = self.excluded(row)
            if said is not None:
                s.modes.append("except")
                return said
        for _ in range(3):
            base, look, sort = s.say.base(row, plain=s.chance(0.55))
            if (slices or adj) and sort in ("use", "wider") and s.chance(0.85):
                continue
            if base.startswith(("something", "what ")):
                if adj or slices or not self._sole(row, base, look):
                    continue
                s.modes.append("use")
                return base
            if base.endswith(" thing") and not adj and not slices and s.say.fitting(base, None) == [row]:
                if s.chance(0.6):
                    s.modes.append("use")
                    return f"something {base.removesuffix(' thing')}"
            noun = s.say.spoken(base, look)
            told = self._told(row, base, look, noun, sort, definite)
            if told is None:
                continue
            article, noun, rest, mode = told
            if slices:
                noun = self.one("slices").format(n=noun)
            if adj:
                noun = f"{adj} {noun}"
            s.modes.append(mode)
            said = a(noun) if article == "a" else f"{article} {noun}".strip()
            if mode == "any":
                s.leave_open(said, (row,), self.alike(row))
            return f"{said}{rest}"
        return None

    def excluded(self, row: int) -> str | None:
        """Returns a class and what of it is not meant ("a fruit that is not an apple"), or None."""
        s, info = self.s, self.infos[row]
        for wider in (n for n, sort in info.names.items() if sort == "wider" and not n.startswith("something")):
            others = [i for i in s.say.fitting(wider, None) if i != row]
            kinds = {next((n for n, sort in self.infos[i].names.items() if sort == "name"), "") for i in others}
            if len(kinds) != 1 or not others or kinds & info.names.keys() or len(others) > 3:
                continue
            name = kinds.pop()
            if not name:
                continue
            said = s.pick(
                (f"that is not {a(name)}", f"that isn't {a(name)}", f"other than the {name}", f"but not {a(name)}")
            )
            article = "the" if s.chance(0.4) else "a"
            return f"{a(wider) if article == 'a' else f'the {wider}'} {said}"
        return None

    def _sole(self, row: int, base: str, look: str | None) -> bool:
        fitting = self.s.say.fitting(base, look)
        group = self.infos[row].group
        return fitting == [row] and sum(f.group == group for f in self.infos) == 1

    def _told(
        self, row: int, base: str, look: str | None, noun: str, sort: str, definite: bool
    ) -> tuple[str, str, str, str] | None:
        s = self.s
        fitting = s.say.fitting(base, look)
        if sort in ("use", "wider") and len(fitting) == 1:
            group = self.infos[row].group
            if sort == "use" and sum(f.group == group for f in self.infos) > 1 and s.chance(0.6):
                return None
        if fitting == [row]:
            draw = s.rng.random()
            article = "the" if draw < 0.56 or definite else "a" if draw < 0.88 else "my" if draw < 0.92 else ""
            return article, noun, "", "look" if look else sort
        alike = self.alike(row)
        if set(fitting) <= set(alike) and self.first(alike) == row and s.chance(0.6) and not definite:
            draw = s.rng.random()
            if draw < 0.7:
                return "a", noun, "", "any"
            if draw < 0.85:
                return "any" if draw < 0.78 else "one of the", noun if draw < 0.78 else plural(noun), "", "any"
            return "", noun, "", "any"
        told = s.say.told_apart(row, fitting, base, look)
        if told is None or not told.text.startswith("the "):
            return None
        return "the", told.text.removeprefix("the "), "", told.mode

    def alike(self, row: int) -> list[int]:
        """Returns the things exchangeable with one: same words, same kind."""
        info, words = self.infos[row], self.rows[row].words
        return [
            i
            for i, f in enumerate(self.infos)
            if f.group == info.group and self.rows[i].words == words and f.names.keys() == info.names.keys()
        ]

    def first(self, rows: list[int]) -> int:
        """Returns the row that "a cup" means of several cups: the leftmost."""
        return min(rows, key=lambda i: (self.rows[i].position[1], self.rows[i].position[0]))

    def goal(self, row: int) -> str | None:
        """Returns what a place is called, without preposition."""
        if self.rows[row].role in ("part", "table"):
            return self.s.name(row)
        return self.thing(row)

    def place(self, row: int) -> str | None:
        """Returns preposition and place."""
        s, r = self.s, self.rows[row]
        if r.role in ("part", "table") or s.chance(0.25):
            return s.noted(target_words(s.say, row, None))
        said = self.goal(row)
        if said is None:
            return None
        if r.container:
            word = s.pick(("in", "in", "in", "into", "inside", "inside of", "in to"))
        elif self.infos[row].shape == "receptacle" and not {"plate", "tray", "cutting board"} & set(
            self.infos[row].names
        ):
            word = s.pick(("in", "in", "on", "into"))
        else:
            word = s.pick(("on", "on", "on", "on", "onto", "on top of", "on to", "upon"))
        return f"{word} {said}"

    def source(self, row: int) -> tuple[str, str, str] | None:
        """Returns where a thing is: ``on`` or ``in``, the words for taking it from there, and the place's name."""
        r = self.rows[row]
        if r.support < 0 or (self.rows[r.support].role == "table" and not self.s.world.mobile):
            return None
        at = self.rows[r.support].parent if self.infos[r.support].part == "top_side" else r.support
        said = self.goal(at)
        if said is None:
            return None
        s = self.s
        out = s.pick(("out of", "from", "out of", "from inside") if r.inside else ("from", "from", "off", "off of"))
        return "in" if r.inside else "on", out, said

    def whom(self, row: int) -> tuple[str, str]:
        """Returns a person as an object ("me") and as a subject ("i")."""
        s = self.s
        info, words = self.infos[row], self.rows[row].words.removeprefix("the ")
        mine = [i for i in self.people if self.infos[i].group == "speaker"] or self.people
        if mine == [row] and (words == "you" or s.chance(0.75 if info.group == "speaker" else 0.45)):
            return "me", "i"
        if info.group == "names":
            return words, words
        return f"the {words}", f"the {words}"

    def shut(self, sort: str, it: str = "it") -> str:
        """Returns a verb for a door or switch with a pronoun, before its particle if it has one."""
        first, _, rest = self.s.verb(sort)[0].partition(" ")
        return f"{first} {it} {rest}".strip()

    def told(self, frame: str, **slots: str) -> Request:
        """Returns a request without acts from a frame of a sort."""
        options = home_frames()[frame]
        return self.written(str(options[int(self.s.rng.integers(len(options)))]), **slots)

    def wished(self, sort: str, **slots: str) -> Request:
        """Returns a request without acts, said as a wish that something be so."""
        return Request(wished(sort, self.s.rng, **slots), [], False)

    def written(self, text: str, **slots: str) -> Request:
        """Returns a request without acts from a frame."""
        s = self.s
        if "[" in text:
            text = CHOICE.sub(lambda m: s.pick(m.group(1).split("|")), text)
        text = text.format_map(slots)
        return Request(text.removeprefix("~").strip(), [], not text.startswith("~"))


def _joined(verb: str, thing: str) -> str:
    """Returns a verb with its object; a pronoun stands before a particle."""
    first, _, last = verb.rpartition(" ")
    return f"{first} {thing} {last}" if thing == "it" and last in PARTICLES else f"{verb} {thing}"


def _righted(text: str) -> str:
    for old, new in (("anticlockwise", "clockwise"), ("anti-clockwise", "clockwise"), ("left", "right")):
        text = text.replace(old, new)
    return text.replace("counterclockwise", "clockwise").replace("counter-clockwise", "clockwise")
