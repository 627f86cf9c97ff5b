"""Families of requests: each picks rows of a world, says what should be done with them, and means acts."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from planner.factory.acts import Act
from planner.factory.lexicon import speech
from planner.factory.refer import Reference, Referrer
from planner.factory.target import target_words
from planner.factory.world import World
from skills.symbols import SIDES


class Request(NamedTuple):
    """A sentence and what it means.

    Args:
        text: The bare sentence, before chatter.
        acts: What it asks for, in order of doing.
        verbal: True when it starts with an imperative verb, so that chatter may stand before it.
        modes: How its references single out their rows.
        refusal: Refusal token, if nothing can be done.
    """

    text: str
    acts: list[Act]
    verbal: bool = True
    modes: tuple[str, ...] = ()
    refusal: str | None = None


PRONOUNS = ["it", "it", "it", "that", "this one", "it"]


def plural(noun: str) -> str:
    """Returns the plural of a noun phrase."""
    head, _, tail = noun.partition(" of ")
    if head.endswith(("s", "x", "ch", "sh")):
        many = head if head.endswith("s") and not head.endswith("ss") else head + "es"
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        many = head[:-1] + "ies"
    elif head.endswith("knife"):
        many = head[:-2] + "ves"
    else:
        many = head + "s"
    return f"{many} of {tail}" if tail else many


class Speaker:
    """Says requests about one world.

    Args:
        world: The scene.
        rng: Source of every choice.
    """

    def __init__(self, world: World, rng: np.random.Generator) -> None:
        self.world, self.rng = world, rng
        self.say = Referrer(world, rng)
        rows = world.rows
        self.movable = [i for i, r in enumerate(rows) if r.graspable]
        self.places = [i for i, r in enumerate(rows) if (r.surface or r.container) and r.role != "table"]
        self.doors = [i for i, r in enumerate(rows) if r.openable]
        self.switches = [i for i, r in enumerate(rows) if r.switchable]
        self.modes: list[str] = []

    # choices
    def chance(self, p: float) -> bool:
        """Returns True with probability ``p``."""
        return bool(self.rng.random() < p)

    def pick(self, options: list[str] | tuple[str, ...]) -> str:
        """Returns one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def row(self, rows: list[int], *but: int) -> int | None:
        """Returns one of the rows that is not excluded, or None."""
        left = [i for i in rows if i not in but]
        return left[int(self.rng.integers(len(left)))] if left else None

    def verb(self, sort: str) -> list[str]:
        """Returns the forms of a verb."""
        options = speech()[sort]
        found: list[str] = options[int(self.rng.integers(len(options)))]
        return found

    def joint(self) -> str:
        """Returns words that join two clauses."""
        return self.pick(speech()["then"])

    def noted(self, reference: Reference | None) -> str | None:
        """Returns a reference's text and remembers its mode."""
        if reference is None:
            return None
        self.modes.append(reference.mode)
        return reference.text

    def name(self, row: int) -> str | None:
        """Returns an expression for a row."""
        return self.noted(self.say.say(row))

    def where(self, row: int, side: str | None = None, known: str | None = None) -> str | None:
        """Returns preposition and place."""
        it = Reference(known, "pronoun") if known else None
        return self.noted(target_words(self.say, row, side, it))

    # clauses
    def put(self, row: int, side: str | None) -> list[str]:
        """Returns a verb that fits the target."""
        inside = side is None and self.world.rows[row].container
        return self.verb("put_in" if inside and self.chance(0.15) else "put")

    def move_clause(self, thing: str, place: str, target: int, side: str | None, plain: bool = False) -> str:
        """Returns an imperative clause that moves a thing to a place."""
        put = self.put(target, side)
        if plain or self.chance(0.5):
            return f"{put[0]} {thing} {place}"
        take, it = self.verb("take"), "it" if not plain else thing
        if take[0] == "pick up" and self.chance(0.15):
            start = f"pick {thing} up"
        else:
            start = f"{take[0]} {thing}"
        join = self.pick([" and ", " and ", " and ", " and then ", ", then ", ", and ", " to "])
        return f"{start}{join}{put[0]} {it} {place}"

    def move_sentence(self, thing: str, place: str, target: int, side: str | None) -> tuple[str, bool]:
        """Returns a sentence that moves a thing to a place, and whether it starts with a verb."""
        if self.chance(0.66):
            return self.move_clause(thing, place, target, side), True
        put, take = self.put(target, side), self.verb("take")
        options = [
            f"{thing} {self.pick(['should go', 'goes', 'belongs', 'should be', 'needs to go', 'has to go', 'needs to be', 'must be', 'ought to be', 'should end up', 'should sit'])} {place}",
            f"i {self.pick(['want', 'need', 'would like', 'd like', 'prefer'])} {thing} {place}",
            f"i {self.pick(['want', 'need', 'would like'])} {thing} {self.pick(['to be', 'to go', 'to end up', 'moved', put[2], 'to sit'])} {place}",
            f"{self.pick(speech()['opening_gerund'])} {put[1]} {thing} {place}",
            f"{self.pick(speech()['opening_gerund'])} {take[1]} {thing} and {put[1]} it {place}",
            f"{place}, {put[0]} {thing}",
            f"{thing} {self.pick(['should be', 'needs to be', 'must be', 'is to be', 'has to be'])} {put[2]} {place}",
            f"make sure {thing} {self.pick(['is', 'ends up', 'gets', 'sits', 'lies'])} {place}",
            f"see to it that {thing} is {place}",
            f"get {thing} {place}",
            f"{thing}, {put[0]} it {place}",
            f"{thing} {place}",
            f"{thing} is in the way, {put[0]} it {place}",
            f"there is {thing}; {put[0]} it {place}",
            f"{put[1]} {thing} {place} would help",
            f"we keep {thing} {place}, so {put[0]} it there",
            f"find {thing} and {put[0]} it {place}",
            f"use your gripper to {put[0]} {thing} {place}",
            f"{thing} needs to find its way {place}",
            f"i'd like to have {thing} {place}",
            f"{self.pick(['can', 'could', 'should', 'may'])} {thing} go {place}",
            f"{put[0]} {thing} so that it {self.pick(['is', 'sits', 'stands', 'rests', 'ends up'])} {place}",
            f"{put[0]} {thing} so it's {place}",
            f"{take[0]} {thing}, {self.pick(['carry it over', 'lift it', 'move your arm'])} and {put[0]} it {place}",
            f"{take[0]} {thing} {place}",
            f"{put[0]} {place} {thing}",
            f"we want {thing} {place}",
            f"{thing} has to end up {place}",
            f"{thing} is supposed to be {place}",
            f"look for {thing}, then {put[0]} it {place}",
        ]
        return self.pick(options), False

    def door_words(self, row: int, known: str | None = None) -> str | None:
        """Returns how an openable thing is called, sometimes by its door."""
        said = known or self.name(row)
        if said is None:
            return None
        if self.world.infos[row].shape == "oven" and self.chance(0.2) and known is None:
            return self.pick([f"the door of {said}", f"{said} door", f"{said}'s door"])
        return said

    def state_clause(self, kind: str, thing: str) -> tuple[str, bool]:
        """Returns a clause that opens, closes or switches a thing, and whether it starts with a verb."""
        verb = self.verb(kind)
        first, _, rest = verb[0].partition(" ")
        split = f"{first} {thing} {rest}" if rest else f"{verb[0]} {thing}"
        if self.chance(0.66):
            return (split if self.chance(0.4) and len(thing.split()) < 7 else f"{verb[0]} {thing}"), True
        adjective = {"open": "open", "close": self.pick(["closed", "shut"]), "turn_on": self.pick(["on", "running"]), "turn_off": "off"}[kind]
        options = [
            f"{thing} {self.pick(['should be', 'needs to be', 'must be', 'has to be', 'ought to be'])} {self.pick([adjective, verb[2]])}",
            f"i {self.pick(['want', 'need', 'would like'])} {thing} {self.pick([adjective, verb[2], 'to be ' + adjective])}",
            f"make sure {thing} is {adjective}",
            f"see that {thing} is {adjective}",
            f"{self.pick(speech()['opening_gerund'])} {verb[1]} {thing}",
            f"get {thing} {adjective}",
            f"leave {thing} {adjective}" if kind in ("open", "close") else f"set {thing} to {adjective}",
        ]
        if kind == "open":
            options += [f"i need to get into {thing}", f"give me access to {thing}", f"i want to look into {thing}"]
        if kind == "close":
            options += [f"{thing} is still open, {verb[0]} it", f"don't leave {thing} open", f"{thing} must not stay open"]
        if kind == "turn_off":
            options += [f"{thing} is still on, {verb[0]} it", f"we don't need {thing} any more, {verb[0]} it", f"don't leave {thing} on"]
        if kind == "turn_on":
            options += [f"get {thing} going", f"heat up {thing}", f"get {thing} running", f"let {thing} run", f"warm up {thing}", f"get {thing} hot"]
        return self.pick(options), False

    # families
    def _pair(self, side: bool = False) -> tuple[int, int, str | None] | None:
        a = self.row(self.movable)
        if a is None:
            return None
        if side:
            rows = self.world.rows
            b = self.row([i for i, r in enumerate(rows) if r.role in ("object", "fixture") and r.support != a], a)
            return None if b is None else (a, b, self.pick(SIDES))
        rows = self.world.rows
        at = rows[a].support
        if at >= 0 and rows[at].role != "table" and self.chance(0.15):
            return a, next(i for i, r in enumerate(rows) if r.role == "table"), None
        b = self.row([i for i in self.places if rows[i].support != a], a)
        return None if b is None else (a, b, None)

    def _move(self, a: int, b: int, side: str | None) -> Request | None:
        thing, place = self.name(a), self.where(b, side)
        if thing is None or place is None:
            return None
        if self.chance(0.02):
            other = self.row(self.movable, a, b)
            said = self.name(other) if other is not None else None
            thing = f"{thing}, not {said}," if said is not None else thing
        text, verbal = self.move_sentence(thing, place, b, side)
        return Request(text, [Act("move", (a, b), side)], verbal)

    def move(self) -> Request | None:
        """Put one thing on or in another."""
        pair = self._pair()
        return self._move(*pair) if pair else None

    def move_twin(self) -> Request | None:
        """Put one of several like things somewhere: relations decide."""
        labels = [r.words for r in self.world.rows]
        twins = [i for i in self.movable if labels.count(labels[i]) > 1]
        twin_places = [i for i in self.places if labels.count(labels[i]) > 1]
        a = self.row(twins) if twins else self.row(self.movable)
        if a is None:
            return None
        free = [i for i in self.places if self.world.rows[i].support != a]
        targets = [i for i in twin_places if i in free] if twin_places and self.chance(0.35) else free
        b = self.row(targets, a)
        if b is None:
            return None
        return self._move(a, b, None)

    def move_part(self) -> Request | None:
        """Put one thing in a drawer, on a level, in a compartment, or on top of a fixture."""
        a = self.row(self.movable)
        parts = [i for i in self.places if self.world.rows[i].role == "part"]
        b = self.row(parts)
        return None if a is None or b is None else self._move(a, b, None)

    def move_side(self) -> Request | None:
        """Put one thing beside another."""
        pair = self._pair(side=True)
        return self._move(*pair) if pair else None

    def move_from(self) -> Request | None:
        """Move a thing from where it is to another place."""
        rows = self.world.rows
        held = [i for i in self.movable if rows[i].support >= 0 and rows[rows[i].support].role != "table"]
        a = self.row(held) if held else None
        if a is None:
            return None
        b = self.row([i for i in self.places if rows[i].support != a], a, rows[a].support)
        if b is None:
            return None
        source = rows[a].support
        thing, place = self.name(a), self.where(b)
        origin = rows[source].parent if self.world.infos[source].part == "top_side" else source
        said = self.name(origin)
        if thing is None or place is None or said is None:
            return None
        put = self.put(b, None)
        out = ["out of", "from", "out of", "from inside"] if rows[a].inside else ["from", "off", "off of", "from the top of"]
        if self.chance(0.25):
            table = next(i for i, r in enumerate(rows) if r.role == "table")
            verb = self.pick(["take", "remove", "get", "move", "take", "fetch", "clear", "lift"])
            rest = self.pick(["", "", "", " and put it on the table", " and leave it on the table", " onto the table"])
            return Request(f"{verb} {thing} {self.pick(out)} {said}{rest}", [Act("move", (a, table))])
        text = self.pick(
            [
                f"{self.pick(['take', 'move', 'get', 'remove', 'pick', 'lift'])} {thing} {self.pick(out)} {said} and {put[0]} it {place}",
                f"move {thing} from {said} {place.replace('on ', 'to ', 1) if place.startswith('on ') else place}",
                f"transfer {thing} from {said} {place}",
                f"{thing} should go from {said} {place}",
            ]
        )
        return Request(text, [Act("move", (a, b))], not text.startswith(thing))

    def door(self) -> Request | None:
        """Open or close one thing."""
        d = self.row(self.doors)
        if d is None:
            return None
        kind = "close" if self.world.rows[d].opened != self.chance(0.12) else "open"
        thing = self.door_words(d)
        if thing is None:
            return None
        text, verbal = self.state_clause(kind, thing)
        return Request(text, [Act(kind, (d,))], verbal)

    def switch(self) -> Request | None:
        """Turn one thing on or off."""
        s = self.row(self.switches)
        if s is None:
            return None
        kind = "turn_off" if self.world.rows[s].powered != self.chance(0.12) else "turn_on"
        thing = self.name(s)
        if thing is None:
            return None
        text, verbal = self.state_clause(kind, thing)
        return Request(text, [Act(kind, (s,))], verbal)

    def open_and_put(self) -> Request | None:
        """Open a drawer or door and put something in."""
        d, a = self.row([i for i in self.doors if self.world.rows[i].container]), self.row(self.movable)
        if d is None or a is None:
            return None
        door, thing = self.door_words(d), self.name(a)
        if door is None or thing is None:
            return None
        opened, put = self.verb("open"), self.put(d, None)
        inside = self.pick(["inside", "in it", "in it", "into it", "inside it", "in", "inside of it", "in there", "within"])
        move = self.pick([f"{put[0]} {thing} {inside}", f"{self.verb('take')[0]} {thing} and {put[0]} it {inside}", f"{put[0]} {thing} {inside}"])
        text = self.pick(
            [
                f"{opened[0]} {door}{self.joint()}{move}",
                f"{opened[0]} {door}{self.joint()}{move}",
                f"{opened[0]} {door} to {put[0]} {thing} {inside}",
                f"after {opened[1]} {door}, {move}",
                f"{opened[0]} {door} so that {thing} can go {inside}",
                f"first {opened[0]} {door}, then {move}",
                f"before {put[1]} {thing} in {door}, {opened[0]} it",
                f"{put[0]} {thing} in {door} after {opened[1]} it",
                f"with {door} {opened[2]}, {move}",
            ]
        )
        return Request(text, [Act("open", (d,)), Act("move", (a, d))], text.startswith(opened[0]) or text.startswith(put[0]))

    def put_and_close(self) -> Request | None:
        """Put something in and close it, perhaps opening it first."""
        d, a = self.row([i for i in self.doors if self.world.rows[i].container]), self.row(self.movable)
        if d is None or a is None:
            return None
        door, thing = self.name(d), self.name(a)
        if door is None or thing is None:
            return None
        close, put = self.verb("close"), self.put(d, None)
        first, _, rest = close[0].partition(" ")
        it = self.pick(["it", "it", "it", "it", "the drawer" if self.world.infos[d].shape == "cabinet" else "the door", "it again", "it afterwards", "it after that"])
        closing = f"{first} {it} {rest}".strip() if rest and self.chance(0.5) else f"{close[0]} {it}"
        prep = self.pick(["in", "in", "in", "into", "inside"])
        move = self.move_clause(thing, f"{prep} {door}", d, None)
        acts = [Act("move", (a, d)), Act("close", (d,))]
        options = [
            f"{move}{self.joint()}{closing}",
            f"{move}{self.joint()}{closing}",
            f"{move}{self.joint()}{closing}",
            f"after {put[1]} {thing} {prep} {door}, {closing}",
            f"{close[0]} {door} {self.pick(['after', 'once'])} {put[1]} {thing} {self.pick(['inside', 'in it'])}",
            f"{put[0]} {thing} {prep} {door} before {close[1]} it",
            f"before {close[1]} {door}, {put[0]} {thing} {self.pick(['inside', 'in it', 'in there'])}",
            f"{thing} goes {prep} {door}, then {closing}",
            f"i want {thing} {prep} {door} and {self.pick(['the drawer' if self.world.infos[d].shape == 'cabinet' else 'the door', 'it'])} {close[2]}",
            f"{close[0]} {door} with {thing} inside",
            f"hide {thing} {prep} {door} and {closing}",
        ]
        if self.chance(0.2):
            opening = self.verb("open")
            acts.insert(0, Act("open", (d,)))
            options = [
                f"{opening[0]} {door}{self.joint()}{put[0]} {thing} {self.pick(['inside', 'in it', 'in'])}{self.joint()}{closing}",
                f"{opening[0]} {door}, {put[0]} {thing} {self.pick(['inside', 'in it', 'in'])} and {closing}",
            ]
        return Request(self.pick(options), acts, True)

    def close_and_top(self) -> Request | None:
        """Close (or open) a drawer and put something on top of the same fixture."""
        rows = self.world.rows
        tops = [i for i in self.places if self.world.infos[i].part == "top_side"]
        t, a = self.row(tops), self.row(self.movable)
        if t is None or a is None:
            return None
        owner = rows[t].parent
        d = owner if rows[owner].openable else self.row([i for i in self.doors if rows[i].parent == owner])
        if d is None:
            return None
        door, thing = self.door_words(d), self.name(a)
        if door is None or thing is None:
            return None
        kind = "close" if rows[d].opened or self.chance(0.6) else "open"
        verb = self.verb(kind)
        back = self.pick(["it", "it", "the cabinet" if self.world.infos[d].shape == "cabinet" else "it"])
        over = self.pick(["on top of", "on top of", "on", "atop", "onto the top of"])
        move = self.move_clause(thing, f"{over} {back}", t, None)
        if self.chance(0.2):
            place = self.where(t)
            if place is None:
                return None
            text = f"{self.move_clause(thing, place, t, None)}{self.joint()}{verb[0]} {door}"
            return Request(text, [Act("move", (a, t)), Act(kind, (d,))], True)
        text = self.pick([f"{verb[0]} {door}{self.joint()}{move}", f"after {verb[1]} {door}, {move}", f"first {verb[0]} {door} and then {move}"])
        return Request(text, [Act(kind, (d,)), Act("move", (a, t))], True)

    def switch_and_put(self) -> Request | None:
        """Turn a stove on (or off) and put something on it."""
        rows = self.world.rows
        s, a = self.row([i for i in self.switches if rows[i].surface]), self.row(self.movable)
        if s is None or a is None or rows[s].support == a:
            return None
        stove, thing = self.name(s), self.name(a)
        if stove is None or thing is None:
            return None
        kind = "turn_on" if self.chance(0.8) else "turn_off"
        verb, put = self.verb(kind), self.put(s, None)
        first, _, rest = verb[0].partition(" ")
        on = self.pick(["on", "on", "on", "onto", "on top of"])
        turn = f"{first} {stove} {rest}" if rest and self.chance(0.4) else f"{verb[0]} {stove}"
        it = f"{first} it {rest}".strip() if rest else f"{verb[0]} it"
        forward = [Act(kind, (s,)), Act("move", (a, s))]
        if self.chance(0.6):
            move = self.move_clause(thing, f"{on} {self.pick(['it', 'it', 'it', 'the burner', 'top of it'] if on == 'on' else ['it'])}", s, None)
            text = self.pick([f"{turn}{self.joint()}{move}", f"{turn}{self.joint()}{move}", f"after {verb[1]} {stove}, {move}", f"first {turn}, then {move}", f"with {stove} {verb[2]}, {move}"])
            return Request(text, forward, True)
        move = self.move_clause(thing, f"{on} {stove}", s, None)
        options = [f"{move}{self.joint()}{it}", f"{move}{self.joint()}{it}", f"after {put[1]} {thing} {on} {stove}, {it}", f"{put[0]} {thing} {on} {stove}, which should be {verb[2]}"]
        return Request(self.pick(options), forward[::-1], True)

    def both(self) -> Request | None:
        """Put two named things in one place."""
        a = self.row(self.movable)
        b = self.row(self.movable, *([a] if a is not None else []))
        if a is None or b is None:
            return None
        rows = self.world.rows
        targets = [i for i in self.places if rows[i].container or rows[i].role != "object"]
        t = self.row([i for i in (targets or self.places) if rows[i].support not in (a, b)], a, b)
        if t is None:
            return None
        first, second, place = self.name(a), self.name(b), self.where(t)
        if first is None or second is None or place is None:
            return None
        put, take = self.put(t, None), self.verb("take")
        pair = self.pick([f"both {first} and {second}", f"{first} and {second}", f"{first} as well as {second}", f"{first} together with {second}", f"both {first} and {second}", f"{first} along with {second}"])
        text, verbal = self.pick(
            [
                f"{put[0]} {pair} {place}",
                f"{put[0]} {pair} {place}",
                f"{put[0]} {pair} {place}",
                f"{take[0]} {pair} and {put[0]} {self.pick(['them', 'them both', 'both'])} {place}",
                f"{put[0]} {first} {place} and {self.pick(['also ', ''])}{second}{self.pick([' too', ' as well', ''])}",
                f"{put[0]} {first} {place} and do the same with {second}",
                f"~{pair} should {self.pick(['go', 'be', 'both be'])} {place}",
                f"~{pair} belong {place}",
                f"~i want {pair} {place}",
                f"{put[0]} {first} {place}{self.joint()}{put[0]} {second} {self.pick(['there too', 'there as well', 'in the same place', 'next to it there'])}",
            ]
        ), True
        if text.startswith("~"):
            text, verbal = text[1:], False
        return Request(text, [Act("move", (a, t)), Act("move", (b, t))], verbal)

    def every(self) -> Request | None:
        """Put both, or all, of a sort in one place."""
        sorts: dict[tuple[str, str | None], list[int]] = {}
        for i, info in enumerate(self.world.infos):
            if self.world.rows[i].role == "object":
                for name, sort in info.names.items():
                    if sort != "use":
                        sorts.setdefault((name, None), []).append(i)
                        for look in info.looks:
                            sorts.setdefault((name, look), []).append(i)
        many = [(k, v) for k, v in sorts.items() if 2 <= len(v) <= 4 and all(self.world.rows[i].graspable for i in v)]
        if not many:
            return None
        (base, look), members = many[int(self.rng.integers(len(many)))]
        supports = {self.world.rows[i].support for i in range(len(self.world.rows)) if self.world.rows[i].support in members}
        t = self.row([i for i in self.places if self.world.rows[i].support not in members], *members, *supports)
        if t is None or (self.world.rows[t].surface and self.world.rows[t].role == "object" and self.chance(0.6)):
            return None
        place = self.where(t)
        if place is None:
            return None
        noun = plural(self.say.spoken(base, look))
        count = {2: ["both", "both", "both the", "the two", "both of the", "all the", "all"], 3: ["all three", "the three", "all the", "all", "all of the", "every one of the"], 4: ["all four", "all the", "all of the", "all"]}[len(members)]
        said = f"{self.pick(count)} {noun}"
        if len(members) > 2 and self.chance(0.15):
            said = f"{self.pick(['every', 'each'])} {self.say.spoken(base, look)}"
        put, take = self.put(t, None), self.verb("take")
        self.modes.append("every")
        text = self.pick([f"{put[0]} {said} {place}", f"{put[0]} {said} {place}", f"{take[0]} {said} and {put[0]} them {place}", f"{said} should go {place}", f"i want {said} {place}", f"get {said} {place}"])
        order = sorted(members, key=lambda i: (self.world.rows[i].position[1], i))
        return Request(text, [Act("move", (i, t)) for i in order], not text.startswith((said, "i want")))

    def two_places(self) -> Request | None:
        """Two things to two places."""
        rows = self.world.rows
        a = self.row(self.movable)
        b = self.row(self.movable, *([a] if a is not None else []))
        if a is None or b is None:
            return None
        options = [i for i in self.places if rows[i].support not in (a, b)]
        t = self.row(options, a, b)
        if t is None:
            return None
        side: str | None = None
        if self.chance(0.3):
            u, side = self.row([i for i, r in enumerate(rows) if r.role in ("object", "fixture")], a, b), self.pick(SIDES)
            if self.chance(0.4):
                u = t if rows[t].role in ("object", "fixture") else u
        else:
            u = self.row(options, a, b, t)
        if u is None:
            return None
        first, second, one, two = self.name(a), self.name(b), self.where(t), self.where(u, side)
        if first is None or second is None or one is None or two is None:
            return None
        acts = [Act("move", (a, t)), Act("move", (b, u), side)]
        put = self.put(t, None)
        if self.chance(0.3):
            text = self.pick([f"{put[0]} {first} {one} and {second} {two}", f"{put[0]} {first} {one}, {second} {two}", f"{first} goes {one} and {second} {two}", f"{first} {one} and {second} {two} please"])
        elif self.chance(0.12):
            text = f"before {self.put(u, side)[1]} {second} {two}, {self.move_clause(first, one, t, None, True)}"
        elif self.chance(0.12):
            text, acts = f"{self.move_clause(second, two, u, side, True)} after {put[1]} {first} {one}", acts
        else:
            text = f"{self.move_clause(first, one, t, None)}{self.joint()}{self.move_clause(second, two, u, side)}"
        return Request(text, acts, not text.startswith((first, "before")))

    def stack(self) -> Request | None:
        """Stack one thing on another, perhaps both into a container."""
        rows = self.world.rows
        b = self.row([i for i in self.movable if rows[i].surface])
        if b is None:
            return None
        alike = [i for i in self.movable if rows[i].words == rows[b].words and i != b]
        a = self.row(alike if alike and self.chance(0.6) else self.movable, b)
        if a is None or rows[b].support == a:
            return None
        first, second = self.name(a), self.name(b)
        if first is None or second is None:
            return None
        verb = self.verb("stack")
        on = self.pick(["on", "on top of", "onto", "on", "atop"])
        text = f"{verb[0]} {first} {on} {second}"
        t = self.row([i for i in self.places if (rows[i].container or rows[i].surface) and rows[i].support not in (a, b)], a, b)
        if t is None or self.chance(0.45):
            if self.chance(0.2):
                text = self.pick([f"{first} should be stacked {on} {second}", f"{first} goes {on} {second}", f"make a stack with {first} {on} {second}", f"i want {first} stacked {on} {second}"])
            return Request(text, [Act("move", (a, b))], text.startswith(verb[0]))
        place = self.where(t)
        if place is None:
            return None
        put = self.put(t, None)
        text = self.pick(
            [
                f"{text}{self.joint()}{put[0]} {self.pick(['them', 'them', 'them both', 'both', 'the stack', 'the pile', 'both of them'])} {place}",
                f"{text}{self.joint()}{put[0]} them {place}",
                f"{put[0]} {second} {place} and {verb[0]} {first} on {self.pick(['it', 'top of it', 'top'])}",
                f"after {verb[1]} {first} {on} {second}, {put[0]} them {place}",
                f"{put[0]} {first} and {second} {place}, with {first} on top",
            ]
        )
        return Request(text, [Act("move", (b, t)), Act("move", (a, b))], True)

    def push(self) -> Request | None:
        """Push a thing beside another."""
        rows = self.world.rows
        a = self.row(self.world.objects())
        b = self.row([i for i, r in enumerate(rows) if r.role in ("object", "fixture") and r.support != a], *([a] if a is not None else []))
        if a is None or b is None:
            return None
        side = self.pick(SIDES)
        thing, place = self.name(a), self.where(b, side)
        if thing is None or place is None:
            return None
        verb = self.verb("push")
        text = self.pick([f"{verb[0]} {thing} {place}", f"{verb[0]} {thing} {place}", f"{verb[0]} {thing} over {place}", f"{thing} should be {verb[2]} {place}", f"{verb[0]} {thing} so that it is {place}", f"{verb[0]} {thing} until it is {place}", f"{verb[0]} {thing} so it's {place}", f"give {thing} a push so that it ends up {place}"])
        return Request(text, [Act("push", (a, b), side)], text.startswith(verb[0]))

    def two_doors(self) -> Request | None:
        """Two doors or switches."""
        pool = [*self.doors, *self.switches]
        a = self.row(pool)
        b = self.row(pool, *([a] if a is not None else []))
        if a is None or b is None:
            return None
        acts, parts = [], []
        for row in (a, b):
            kind = self._fresh(row)
            thing = self.name(row)
            if thing is None:
                return None
            acts.append(Act(kind, (row,)))
            parts.append((self.verb(kind), thing))
        (v, x), (w, y) = parts
        if acts[0].kind == acts[1].kind and self.chance(0.35):
            text = f"{v[0]} {self.pick(['', 'both '])}{x} and {y}"
        else:
            text = self.pick([f"{v[0]} {x}{self.joint()}{w[0]} {y}", f"{v[0]} {x}{self.joint()}{w[0]} {y}", f"{v[0]} {x} and {w[0]} {y}", f"before {w[1]} {y}, {v[0]} {x}", f"after {v[1]} {x}, {w[0]} {y}", f"{w[0]} {y} after {v[1]} {x}"])
        return Request(text, acts, text.startswith(v[0]))

    def _fresh(self, row: int) -> str:
        r = self.world.rows[row]
        if r.openable and (not r.switchable or self.chance(0.5)):
            return "close" if r.opened else "open"
        return "turn_off" if r.powered else "turn_on"

    def put_and_state(self) -> Request | None:
        """A move and an unrelated door or switch."""
        pair, d = self._pair(side=self.chance(0.2)), self.row([*self.doors, *self.switches])
        if pair is None or d is None:
            return None
        a, b, side = pair
        thing, place, door = self.name(a), self.where(b, side), self.name(d)
        if thing is None or place is None or door is None:
            return None
        kind = self._fresh(d)
        verb, move = self.verb(kind), self.move_clause(thing, place, b, side)
        if self.chance(0.5):
            return Request(f"{move}{self.joint()}{verb[0]} {door}", [Act("move", (a, b), side), Act(kind, (d,))])
        return Request(f"{verb[0]} {door}{self.joint()}{move}", [Act(kind, (d,)), Act("move", (a, b), side)])

    def nest(self) -> Request | None:
        """A into B, and B onto or into C; or two on one chain."""
        rows = self.world.rows
        b = self.row([i for i in self.movable if rows[i].surface])
        a = self.row(self.movable, *([b] if b is not None else []))
        if a is None or b is None:
            return None
        c = self.row([i for i in self.places if rows[i].support not in (a, b)], a, b)
        if c is None or rows[b].support == a:
            return None
        first, second, one, two = self.name(a), self.name(b), self.where(b), self.where(c)
        if first is None or second is None or one is None or two is None:
            return None
        put = self.put(c, None)
        prep = self.pick(["in", "on"])
        text = self.pick(
            [
                f"{put[0]} {second} {two}{self.joint()}{self.put(b, None)[0]} {first} {prep} it",
                f"{put[0]} {first} {one}{self.joint()}{put[0]} {second} {two}",
                f"{put[0]} {second} {two} with {first} {prep} it",
            ]
        )
        return Request(text, [Act("move", (b, c)), Act("move", (a, b))])

    def unable(self) -> Request | None:
        """Something outside the skills."""
        text = self.pick(speech()["unable"])
        for key in ("a", "b"):
            if f"{{{key}}}" in text:
                row = self.row(self.world.objects())
                said = self.name(row) if row is not None else None
                if said is None:
                    return None
                text = text.replace(f"{{{key}}}", said, 1)
        text = text.replace("{t}", "the table")
        return Request(text, [], True, refusal="refuse_unable")


FAMILIES: dict[str, tuple[float, Callable[[Speaker], Request | None]]] = {
    "move": (16, Speaker.move),
    "move_twin": (14, Speaker.move_twin),
    "move_part": (10, Speaker.move_part),
    "move_side": (7, Speaker.move_side),
    "move_from": (3, Speaker.move_from),
    "door": (5, Speaker.door),
    "switch": (3, Speaker.switch),
    "open_and_put": (5, Speaker.open_and_put),
    "put_and_close": (6, Speaker.put_and_close),
    "close_and_top": (4, Speaker.close_and_top),
    "switch_and_put": (5, Speaker.switch_and_put),
    "both": (5, Speaker.both),
    "every": (4, Speaker.every),
    "two_places": (6, Speaker.two_places),
    "stack": (7, Speaker.stack),
    "push": (3, Speaker.push),
    "two_doors": (4, Speaker.two_doors),
    "put_and_state": (3, Speaker.put_and_state),
    "nest": (2, Speaker.nest),
    "missing": (2, Speaker.move),
    "unable": (2.5, Speaker.unable),
}
"""Every family with its weight; ``missing`` takes a move and removes its object from the scene."""
