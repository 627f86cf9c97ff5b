"""Families of requests that move one thing."""

from planner.factory.acts import Act
from planner.factory.request import Request
from planner.factory.speaker import Speaker
from skills.symbols import SIDES


def pair(speaker: Speaker, side: bool = False) -> tuple[int, int, str | None] | None:
    """Returns a movable row, a place for it, and the side of the place that is meant (or None)."""
    a = speaker.row(speaker.movable)
    if a is None:
        return None
    if side:
        rows = speaker.world.rows
        b = speaker.row([i for i, r in enumerate(rows) if r.role in ("object", "fixture") and r.support != a], a)
        return None if b is None else (a, b, speaker.pick(SIDES))
    rows = speaker.world.rows
    at = rows[a].support
    if at >= 0 and rows[at].role != "table" and speaker.chance(0.15):
        return a, next(i for i, r in enumerate(rows) if r.role == "table"), None
    b = speaker.row([i for i in speaker.places if rows[i].support != a], a)
    return None if b is None else (a, b, None)


def moved(speaker: Speaker, a: int, b: int, side: str | None) -> Request | None:
    """Returns a request to move one row to (a side of) another."""
    thing, place = speaker.name(a), speaker.where(b, side)
    if thing is None or place is None:
        return None
    if speaker.chance(0.02):
        other = speaker.row(speaker.movable, a, b)
        said = speaker.name(other) if other is not None else None
        thing = f"{thing}, not {said}," if said is not None else thing
    text, verbal = speaker.move_sentence(thing, place, b, side)
    if speaker.chance(0.05):
        text += leaving_be(speaker, a, b)
    return Request(text, [Act("move", (a, b), side)], verbal)


def leaving_be(speaker: Speaker, *used: int) -> str:
    """Returns words that ask to leave other things where they are, which changes no goal."""
    other = speaker.row(speaker.movable, *used)
    said = speaker.name(other) if other is not None else None
    return speaker.frame("but", other=said or "anything else")


def move(speaker: Speaker) -> Request | None:
    """Put one thing on or in another."""
    found = pair(speaker)
    return moved(speaker, *found) if found else None


def move_twin(speaker: Speaker) -> Request | None:
    """Put one of several like things somewhere: relations decide."""
    labels = [r.words for r in speaker.world.rows]
    twins = [i for i in speaker.movable if labels.count(labels[i]) > 1]
    twin_places = [i for i in speaker.places if labels.count(labels[i]) > 1]
    a = speaker.row(twins) if twins else speaker.row(speaker.movable)
    if a is None:
        return None
    free = [i for i in speaker.places if speaker.world.rows[i].support != a]
    targets = [i for i in twin_places if i in free] if twin_places and speaker.chance(0.35) else free
    b = speaker.row(targets, a)
    if b is None:
        return None
    return moved(speaker, a, b, None)


def move_part(speaker: Speaker) -> Request | None:
    """Put one thing in a drawer, on a level, in a compartment, or on top of a fixture."""
    a = speaker.row(speaker.movable)
    parts = [i for i in speaker.places if speaker.world.rows[i].role == "part"]
    b = speaker.row(parts)
    return None if a is None or b is None else moved(speaker, a, b, None)


def move_side(speaker: Speaker) -> Request | None:
    """Put one thing beside another."""
    found = pair(speaker, side=True)
    return moved(speaker, *found) if found else None


def move_from(speaker: Speaker) -> Request | None:
    """Move a thing from where it is to another place."""
    rows = speaker.world.rows
    held = [i for i in speaker.movable if rows[i].support >= 0 and rows[rows[i].support].role != "table"]
    a = speaker.row(held) if held else None
    if a is None:
        return None
    b = speaker.row([i for i in speaker.places if rows[i].support != a], a, rows[a].support)
    if b is None:
        return None
    source = rows[a].support
    thing, place = speaker.name(a), speaker.where(b)
    origin = rows[source].parent if speaker.world.infos[source].part == "top_side" else source
    said = speaker.name(origin)
    if thing is None or place is None or said is None:
        return None
    put = speaker.put(b, None)
    out = (
        ["out of", "from", "out of", "from inside"] if rows[a].inside else ["from", "off", "off of", "from the top of"]
    )
    slots = {"thing": thing, "source": said, "out": speaker.pick(out), "at": "in" if rows[a].inside else "on"}
    if speaker.chance(0.25):
        table = next(i for i, r in enumerate(rows) if r.role == "table")
        text = speaker.frame("take_out", **slots)
        return Request(text, [Act("move", (a, table))], not text.startswith(thing))
    text = speaker.frame("move_from", place=place, put=put[0], **slots)
    passive = (thing, "i don't", "instead", "you will", "from")
    return Request(text, [Act("move", (a, b))], not text.startswith(passive))


def push(speaker: Speaker) -> Request | None:
    """Push a thing beside another."""
    rows = speaker.world.rows
    a = speaker.row(speaker.world.objects())
    b = speaker.row(
        [i for i, r in enumerate(rows) if r.role in ("object", "fixture") and r.support != a],
        *([a] if a is not None else []),
    )
    if a is None or b is None:
        return None
    side = speaker.pick(SIDES)
    thing, place = speaker.name(a), speaker.where(b, side)
    if thing is None or place is None:
        return None
    verb = speaker.verb("push")
    text = speaker.frame("push", thing=thing, place=place, push=verb[0], pushing=verb[1], pushed=verb[2])
    return Request(text.removeprefix("~"), [Act("push", (a, b), side)], not text.startswith("~"))
