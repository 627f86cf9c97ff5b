"""Pairs from one world: a sentence that calls for a question, and near ones that do not; and replies to questions."""

from dataclasses import replace
from typing import NamedTuple

from planner.factory.acts import Act
from planner.factory.asking import Case, case_of, foremost, indefinite, situation, worded
from planner.factory.reference import Reference
from planner.factory.request import Request
from planner.factory.speaker import Choice, Speaker
from planner.factory.world import World
from planner.language.asking import joined
from planner.language.table import EntityTable

HOLE = "\1"
"""Stands in a sentence where the phrase goes."""
CARELESS = ("it doesn't matter", "any of them", "whichever", "i don't care", "you choose", "any", "either one")
ANSWERS = (*("{}",) * 3, "{} please", "i mean {}", "i meant {}", "{}, please", "that would be {}", "take {}")


class Told(NamedTuple):
    """A request and the world that it is about."""

    request: Request
    world: World
    modes: tuple[str, ...]
    choices: tuple[Choice, ...] = ()


def moved(world: World, row: int, target: int) -> World:
    """Returns a copy of a world in which a thing is on or in a target already."""
    rows = [replace(r) for r in world.rows]
    x, y, z = rows[target].position
    rows[row].position, rows[row].support = (x + 0.02, y - 0.02, z + 0.05), target
    rows[row].inside = rows[target].container
    return World(EntityTable(rows), list(world.infos), wide=world.wide)


def without(world: World, gone: set[int]) -> tuple[World, dict[int, int]]:
    """Returns a copy of a world without some things, and the new index of each row that is left."""
    keep = [i for i in range(len(world.rows)) if i not in gone]
    new = {old: k for k, old in enumerate(keep)}
    rows = [replace(world.rows[i]) for i in keep]
    for row in rows:
        row.parent, row.support, row.was = (new.get(i, -1) for i in (row.parent, row.support, row.was))
    return World(EntityTable(rows), [world.infos[i] for i in keep], wide=world.wide), new


def _question(speaker: Speaker) -> Case | None:
    """Returns an under-specified phrase in its request, with readings that differ."""
    case = case_of(speaker, already=False)
    if case is None or len({situation(speaker.world, i) for i in case.readings}) < 2:
        return None
    return case


def _apart(speaker: Speaker, case: Case, row: int, one: bool = False) -> Reference | None:
    """Returns what singles a row out: a look, or a place; of "one" if it answers a question."""
    phrase = case.phrase
    if not phrase.base:
        return speaker.say.say(row)
    noun = "one" if one and speaker.chance(0.75) else phrase.noun
    looks = [w for w in speaker.world.infos[row].looks if w != phrase.look]
    unique = [w for w in looks if speaker.say.fitting(phrase.base, w) == [row]]
    if unique and speaker.chance(0.5):
        return Reference(f"the {unique[0]} {noun}", "look")
    base, look = ("one", None) if noun == "one" else (phrase.base, phrase.look)
    return speaker.say.told_apart(row, list(phrase.rows), base, look)


def contrast(speaker: Speaker) -> list[Told]:
    """Returns a request that calls for a question and one or two of its near ones, all from one world."""
    case = _question(speaker)
    if case is None:
        return []
    world = speaker.world
    row = case.readings[int(speaker.rng.integers(len(case.readings)))]
    frame = worded(speaker, case, HOLE, row, True)
    if frame is None or frame.text.count(HOLE) != 1:
        return []
    modes = (*speaker.modes, "vague")
    plain = f"the {case.phrase.noun}"

    def put(text: str, row: int, ask: bool = False) -> Request:
        acts = [a._replace(rows=_with(case, a, row)) for a in frame.acts]
        return frame._replace(text=frame.text.replace(HOLE, text), acts=acts, ask=ask)

    found = [Told(put(plain, row, True), world, modes)]
    near: list[Told] = []
    told = _apart(speaker, case, row)
    if told is not None:
        near.append(Told(put(told.text, row), world, (*modes[:-1], told.mode)))
    if speaker.chance(0.3):
        first = foremost(world, case.readings)
        any_one = indefinite(speaker, case.phrase.noun, len(case.phrase.rows))
        free = (Choice(any_one, (first,), case.readings),)
        near.append(Told(put(any_one, first), world, ("indefinite",), free))
    others = set(case.phrase.rows) - {row}
    loose = not others & {r.support for r in world.rows} and all(world.rows[i].role == "object" for i in others)
    if loose and not set(frame.acts[0].rows) & others and "inferred" not in modes:
        safe = modes[:-1] == () or all(m in ("name", "synonym", "look", "wider") for m in modes[:-1])
        if safe:  # what else is told by its place must not lose what it is told by
            small, new = without(world, others)
            request = put(plain, row)
            acts = [a._replace(rows=tuple(new[r] for r in a.rows)) for a in request.acts]
            near.append(Told(request._replace(acts=acts), small, ("inferred",)))
            if case.kind == "thing" and case.side is None and len(others) == 1:
                near.append(Told(put(plain, row), moved(world, others.pop(), case.other), ("inferred",)))
    speaker.rng.shuffle(near)
    return [*found, *near[: 1 + speaker.chance(0.4)]] if near else []


def _with(case: Case, act: Act, row: int) -> tuple[int, ...]:
    """Returns an act's rows with another row for the phrase."""
    return (row, *act.rows[1:]) if case.kind != "target" else (act.rows[0], row)


def pair(speaker: Speaker) -> Request | None:
    """Returns the first of a contrast."""
    found = contrast(speaker)
    return found[0].request if found else None


def reply(speaker: Speaker) -> Request | None:
    """An under-specified request with what was answered to the question."""
    case = _question(speaker)
    if case is None:
        return None
    row = case.readings[int(speaker.rng.integers(len(case.readings)))]
    request = worded(speaker, case, f"the {case.phrase.noun}", row, False)
    if request is None:
        return None
    draw = speaker.rng.random()
    if draw < 0.08:
        row = foremost(speaker.world, case.readings)
        words = speaker.pick(CARELESS)
        speaker.modes.append("indefinite")
        speaker.leave_open(words, (row,), case.readings)
        acts = [a._replace(rows=_with(case, a, row)) for a in request.acts]
    elif draw < 0.2 and case.kind == "thing" and len(case.readings) < 4:
        rows = speaker.world.rows
        both = ["both", "both of them", "the two of them", "both, please", "i mean both"]
        every = ["all of them", "all three", "all", "i mean all of them", "every one of them"]
        words = speaker.pick(both if len(case.readings) == 2 else every)
        order = sorted(case.readings, key=lambda i: (rows[i].position[1], i))
        acts = [a._replace(rows=(i, *a.rows[1:])) for i in order for a in request.acts]
        speaker.modes.append("every")
    else:
        told = _apart(speaker, case, row, one=True)
        if told is None:
            return None
        speaker.modes.append(told.mode)
        words = told.text
        if words.startswith("the ") and words.endswith(" one") and len(words.split()) == 3 and speaker.chance(0.25):
            words = words.split()[1]
        words = speaker.pick(ANSWERS).format(words)
        acts = request.acts
    return Request(joined(request.text, words), acts, request.verbal)
