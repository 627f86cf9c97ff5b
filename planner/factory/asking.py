"""Requests that several entities fit: those that call for a question, and their near misses that do not."""

from typing import NamedTuple

import numpy as np

from planner.factory.acts import Act
from planner.factory.doors import fresh
from planner.factory.lexicon import broader, vague_words
from planner.factory.reference import Reference
from planner.factory.request import Request
from planner.factory.several import plural
from planner.factory.speaker import Speaker
from planner.factory.target import target_words
from planner.factory.world import World
from skills.symbols import SIDES


class Vague(NamedTuple):
    """A noun phrase that several rows fit equally.

    Args:
        noun: The phrase without article.
        rows: The rows that fit it.
        base: Base phrase, if it is one of the lexicon's.
        look: Look in it, or None.
    """

    noun: str
    rows: tuple[int, ...]
    base: str = ""
    look: str | None = None


def situation(world: World, row: int) -> tuple[object, ...]:
    """Returns what makes it matter which row is meant; like objects on one support count as the same."""
    r = world.rows[row]
    if r.role != "object":
        return (row,)
    held = tuple(o.words for o in world.rows if o.support == row)
    return (r.words, r.support, r.inside, held)


def foremost(world: World, rows: tuple[int, ...]) -> int:
    """Returns the row that is taken where the speaker does not care: the leftmost, of drawers the topmost."""

    def order(i: int) -> tuple[float, float, float]:
        x, y, z = world.rows[i].position
        return (round(y, 3), -round(z, 3), round(x, 3))

    return min(rows, key=order)


def vague(speaker: Speaker, pool: list[int]) -> list[Vague]:
    """Returns the phrases that at least two rows fit, all of them in a pool."""
    world = speaker.world
    fits: dict[tuple[str, str | None], list[int]] = {}
    for i, info in enumerate(world.infos):
        for name, sort in info.names.items():
            if sort != "use":
                for look in (None, *info.looks):
                    fits.setdefault((name, look), []).append(i)
    found = []
    kindred = broader()
    for (base, look), named_so in fits.items():
        wide = base in kindred or base in vague_words()
        members = speaker.say.fitting(base, look) if wide else named_so
        if not 2 <= len(members) <= 4 or not set(members) <= set(pool) or (look and base.startswith(look)):
            continue
        named = [f" {base} " in f" {world.rows[i].words} " for i in members]
        others = any(
            f" {base} " in f" {r.words} " for i, r in enumerate(world.rows) if r.role != "part" and i not in members
        )
        words = f"{look} {base}" if look else base
        exact = [world.rows[i].words == words for i in members]
        alike = len({(world.rows[i].container, world.rows[i].surface) for i in members}) == 1
        if len(set(named)) == 1 and len(set(exact)) == 1 and not others and alike:
            found.append(Vague(words, tuple(members), base, look))
    return found


def one_of(speaker: Speaker, options: list[Vague]) -> Vague:
    """Returns one of the phrases: more often a plain name than a wide word."""
    infos = speaker.world.infos
    weigh = {"name": 6.0, "synonym": 3.0, "wider": 1.0}
    weights = np.array([weigh.get(infos[v.rows[0]].names.get(v.base, "name"), 1.0) for v in options])
    return options[int(speaker.rng.choice(len(options), p=weights / weights.sum()))]


def drawers(speaker: Speaker) -> list[Vague]:
    """Returns phrases that mean a drawer or compartment without saying which."""
    rows, infos = speaker.world.rows, speaker.world.infos
    found = []
    every = [i for i, f in enumerate(infos) if f.shape == "cabinet" and rows[i].openable]
    owners = sorted({rows[i].parent for i in every})
    if every:
        found.append(Vague("drawer", tuple(every)))
    for owner in owners:
        mine = tuple(i for i in every if rows[i].parent == owner)
        said = speaker.say.say(owner, simple=True)
        if said is not None and said.text.startswith("the "):
            name = said.text.removeprefix("the ")
            found.append(Vague(f"drawer of the {name}", mine))
            if "drawer" not in name:
                found.append(Vague(speaker.pick([name, f"{name} drawer"]), mine))
    slots = [i for i, f in enumerate(infos) if f.shape == "caddy" and rows[i].role == "part"]
    if len(slots) == 4:
        said = speaker.say.say(rows[slots[0]].parent, simple=True)
        found.append(Vague(speaker.pick(["compartment", "section", "slot"]), tuple(slots)))
        if said is not None and said.text.startswith("the "):
            found.append(Vague(said.text.removeprefix("the "), tuple(slots)))
    return found


def indefinite(speaker: Speaker, noun: str, count: int) -> str:
    """Returns a phrase that leaves the choice to the robot."""
    head, _, tail = noun.partition(" of ")
    many = f"{plural(head)} of {tail}" if tail else plural(noun)
    article = "an" if noun[0] in "aeiou" else "a"
    forms = [f"{article} {noun}", f"{article} {noun}", f"any {noun}", f"one of the {many}", f"any of the {many}"]
    forms += [
        f"one {noun}",
        f"some {noun}",
        f"any one of the {many}",
        f"whichever {noun} you like",
        f"one of these {many}",
    ]
    forms += [f"just any {noun}", f"{article} {noun}, no matter which,", f"{article} {noun} of your choice"]
    if count == 2:
        forms += [f"either {noun}", f"either of the {many}", f"one of the two {many}"]
    return speaker.pick(forms)


class Case(NamedTuple):
    """An under-specified phrase in its request.

    Args:
        kind: ``thing``, ``target``, or what is done to a door or switch.
        phrase: The phrase.
        readings: The rows that it may mean here.
        other: The target of a thing, or the thing for a target.
        side: Side of the target, if the place beside it is meant.
    """

    kind: str
    phrase: Vague
    readings: tuple[int, ...]
    other: int = -1
    side: str | None = None


def _thing(speaker: Speaker, already: bool) -> Case | None:
    rows = speaker.world.rows
    options = vague(speaker, speaker.movable)
    if not options:
        return None
    phrase = one_of(speaker, options)
    held = {rows[i].support for i in phrase.rows}
    free = [i for i in speaker.places if rows[i].support not in phrase.rows]
    t = speaker.row([i for i in free if (i in held) == already], *phrase.rows)
    if t is None:
        return None
    return Case("thing", phrase, tuple(i for i in phrase.rows if rows[i].support != t), t)


def _target(speaker: Speaker, already: bool) -> Case | None:
    rows = speaker.world.rows
    side = speaker.pick(SIDES) if not already and speaker.chance(0.12) else None
    parts = drawers(speaker) if side is None else []
    pool = speaker.places if side is None else [i for i, r in enumerate(rows) if r.role in ("object", "fixture")]
    options = parts if parts and speaker.chance(0.6) else vague(speaker, pool)
    if not options:
        return None
    phrase = one_of(speaker, options)
    opened = tuple(i for i in phrase.rows if rows[i].openable and rows[i].opened)
    if len(opened) > 1 or (already and not opened):
        return None
    a = speaker.row([i for i in speaker.movable if rows[i].support not in phrase.rows], *phrase.rows)
    if a is None or any(rows[i].support == a for i in phrase.rows):
        return None
    return Case("target", phrase, opened or phrase.rows, a, side)


def _state(speaker: Speaker, already: bool) -> Case | None:
    rows = speaker.world.rows
    pool = [*speaker.doors, *speaker.switches]
    options = [*drawers(speaker), *vague(speaker, pool)]
    options = [v for v in options if all(i in pool for i in v.rows)]
    if not options:
        return None
    phrase = one_of(speaker, options)
    kind = fresh(speaker, phrase.rows[int(speaker.rng.integers(len(phrase.rows)))])
    want = kind in ("open", "turn_on")
    change = tuple(i for i in phrase.rows if (rows[i].opened if rows[i].openable else rows[i].powered) != want)
    return Case(kind, phrase, change) if (len(change) == 1) == already else None


WAYS = (_thing, _thing, _thing, _target, _target, _state)


def case_of(speaker: Speaker, already: bool) -> Case | None:
    """Returns an under-specified phrase in a request; with one reading left (``already``) or with several."""
    for k in speaker.rng.permutation(len(WAYS))[:4]:
        case = WAYS[int(k)](speaker, already)
        if case is not None and case.readings and (len(case.readings) == 1) == already:
            return case
    return None


def worded(speaker: Speaker, case: Case, text: str, row: int, ask: bool) -> Request | None:
    """Returns the request with the phrase said in some way and one row as what it means."""
    if case.kind == "thing":
        place = speaker.where(case.other)
        if place is None:
            return None
        said, verbal = speaker.move_sentence(text, place, case.other, None)
        acts = [Act("move", (row, case.other))]
    elif case.kind == "target":
        thing = speaker.name(case.other)
        place = speaker.noted(target_words(speaker.say, row, case.side, Reference(text, "vague")))
        if thing is None or place is None:
            return None
        said, verbal = speaker.move_sentence(thing, place, row, case.side)
        acts = [Act("move", (case.other, row), case.side)]
    else:
        said, verbal = speaker.state_clause(case.kind, text)
        acts = [Act(case.kind, (row,))]
    return Request(said, acts, verbal, ask=ask)


def ask(speaker: Speaker) -> Request | None:
    """An under-specified request: several entities fit, they differ, and nothing singles one out."""
    case = case_of(speaker, already=False)
    if case is None or len({situation(speaker.world, i) for i in case.readings}) < 2:
        return None
    row = case.readings[int(speaker.rng.integers(len(case.readings)))]
    speaker.modes.append("vague")
    return worded(speaker, case, f"{speaker.pick(['the', 'the', 'the', 'the', 'that'])} {case.phrase.noun}", row, True)


def ask_near(speaker: Speaker) -> Request | None:
    """A request that seems under-specified and is not: the choice is left open, or one entity is singled out."""
    inferred = speaker.chance(0.4)
    case = case_of(speaker, already=True) if inferred else None
    if case is not None:
        speaker.modes.append("inferred")
        return worded(speaker, case, f"the {case.phrase.noun}", case.readings[0], False)
    case = case_of(speaker, already=False)
    if case is None:
        return None
    row = case.readings[int(speaker.rng.integers(len(case.readings)))]
    if speaker.chance(0.4):
        speaker.modes.append("indefinite")
        row = foremost(speaker.world, case.readings)
        text = indefinite(speaker, case.phrase.noun, len(case.phrase.rows))
        speaker.leave_open(text, (row,), case.readings)
        return worded(speaker, case, text, row, False)
    phrase = case.phrase
    if not phrase.base:
        told = speaker.say.say(row)
    else:
        looks = [w for w in speaker.world.infos[row].looks if w != phrase.look]
        unique = [w for w in looks if speaker.say.fitting(phrase.base, w) == [row]]
        told = Reference(f"the {unique[0]} {phrase.noun}", "look") if unique and speaker.chance(0.6) else None
        told = told or speaker.say.told_apart(row, list(phrase.rows), phrase.base, phrase.look)
    said = speaker.noted(told)
    return None if said is None else worded(speaker, case, said, row, False)
