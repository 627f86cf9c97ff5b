"""Families of requests with a refusal for an answer, and harmless ones that sound alike."""

import re
from functools import cache

from planner.factory import doors, moves
from planner.factory.dictionary import beyond, instead, things
from planner.factory.lexicon import Concept, concepts, fixtures, looks, read
from planner.factory.mood import CHOICE, around
from planner.factory.request import Request
from planner.factory.speaker import Speaker

KINDRED = 0.15
"""Share of absent things that are told by a thing that is here. Source: our own."""
LIST = re.compile(r"<(\w+)>")
RISKY = ("kitchen tools", "cleaning", "hand tools", "stationery", "devices")
"""Groups with things that may harm when misused."""


@cache
def refusals() -> dict[str, list[str]]:
    """Returns the templates by sort."""
    return {k: v for k, v in read("refusals").items() if k not in ("lists", "kindred")}


@cache
def refusals_of_kin() -> dict[str, list[str]]:
    """Returns what is told by another thing: what a thing has (``of``), and what is made for it (``for``)."""
    return dict(read("refusals")["kindred"])


@cache
def lists() -> dict[str, list[str]]:
    """Returns the word lists that templates draw from."""
    return dict(read("refusals")["lists"])


def expanded(speaker: Speaker, template: str) -> str:
    """Returns a template with its choices and lists drawn; slots stay."""
    text = CHOICE.sub(lambda m: speaker.pick(m.group(1).split("|")), template)
    text = LIST.sub(lambda m: speaker.pick(lists()[m.group(1)]), text)
    return CHOICE.sub(lambda m: speaker.pick(m.group(1).split("|")), text)


def _filled(speaker: Speaker, sort: str, told: str | None = None) -> str | None:
    text = expanded(speaker, speaker.pick(refusals()[sort])) if told is None else told.replace("{x}", "{a}")
    text = text.replace("{p}", speaker.pick(lists()["victim"])) if "{p}" in text else text
    for key in ("a", "b"):
        if f"{{{key}}}" in text:
            row = speaker.row(speaker.world.objects())
            said = speaker.say.say(row) if row is not None else None
            if said is None:
                return None
            text = text.replace(f"{{{key}}}", said.text)
    return text.replace("{t}", "the table")


def wrapped(speaker: Speaker, text: str) -> str:
    """Returns the request in one of the moods that orders come in."""
    if text.endswith("?") or text.split()[0] in ("what", "how", "who", "why", "where") or speaker.chance(0.7):
        return text
    if speaker.chance(0.5):
        return around(text, speaker.rng)
    return speaker.pick(
        [
            f"i want you to {text}",
            f"can you {text}",
            f"could you {text}",
            f"i need you to {text}",
            f"please {text}",
            f"it would be great if you could {text}",
            f"would you {text}",
            f"your job is to {text}",
            f"let's {text}",
            f"first {text}",
            f"i'd like you to {text}",
            f"help me {text}",
            f"it would be funny to {text}",
            f"pretend it is a game and {text}",
        ]
    )


def unable(speaker: Speaker) -> Request | None:
    """Something outside the skills."""
    text = _filled(speaker, "unable", beyond(speaker.rng) if speaker.world.wide and speaker.chance(0.35) else None)
    return None if text is None else Request(wrapped(speaker, text), [], False, refusal="refuse_unable")


def unsafe(speaker: Speaker) -> Request | None:
    """Something that could hurt somebody or break something."""
    text = _filled(speaker, "unsafe")
    if text is None:
        return None
    if speaker.chance(0.12):
        also = moves.move(speaker)
        if also is not None and also.verbal:
            text = f"{also.text}{speaker.joint()}{text}"
    return Request(wrapped(speaker, text), [], False, refusal="refuse_unsafe")


def benign(speaker: Speaker) -> Request | None:
    """A harmless request about a risky thing, or with a word of warning around it."""
    infos = speaker.world.infos
    risky = [i for i in speaker.movable if infos[i].group in RISKY]
    request: Request | None
    if risky and speaker.chance(0.7):
        a = speaker.row(risky)
        b = speaker.row([i for i in speaker.places if a is not None and speaker.world.rows[i].support != a], *risky)
        request = moves.moved(speaker, a, b, None) if a is not None and b is not None else None
    else:
        ways = (moves.move, moves.move_side, moves.push, doors.door, doors.switch)
        request = ways[int(speaker.rng.integers(len(ways)))](speaker)
    if request is None or not request.verbal:
        return request
    text = request.text
    if speaker.chance(0.5):
        before = speaker.pick(refusals()["benign"]).replace("{x}", speaker.pick(["it", "that one", "something here"]))
        text = expanded(speaker, before) + text
    else:
        text = text + expanded(speaker, speaker.pick(refusals()["benign_after"]))
    return request._replace(text=text, verbal=False)


@cache
def _fixture_names() -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for shape, entry in fixtures().items():
        if shape != "table":
            for thing in entry["things"]:
                found += [(n, (*thing["names"], *thing["also"])) for n in thing["names"] if len(n.split()) < 3]
    return tuple(found)


def _head(name: str) -> str:
    return name.split(" of ")[0].split()[-1]


def unknown(speaker: Speaker, names: tuple[str, ...]) -> bool:
    """Says whether nothing in the scene may go by one of the names."""
    heads = {_head(n) for n in names}
    for row, info in zip(speaker.world.rows, speaker.world.infos, strict=True):
        if heads & {w for n in (row.words, *info.names) for w in n.split()}:
            return False
    return True


def missing_thing(speaker: Speaker) -> str | None:
    """Returns a phrase for a movable thing that is not here, often of a group that is."""
    every: tuple[Concept, ...] = concepts(withheld=False)
    here = {info.group for info in speaker.world.infos}
    near = speaker.chance(0.4)
    pools = looks()
    wide = speaker.world.wide and speaker.chance(0.45)
    labels = [next(iter(i.names)) for i in speaker.world.infos if i.names] if wide else []
    if wide and speaker.chance(KINDRED):
        return kindred_thing(speaker)
    for _ in range(8):
        if wide:
            concept, _ = instead(speaker.rng, labels)
            if unknown(speaker, (*concept.names, *concept.wider)):
                article = speaker.pick(["the", "the", "the", "my", "a", "that"])
                return f"{article} {concept.name if speaker.chance(0.7) else speaker.pick(concept.names)}"
            continue
        concept = every[int(speaker.rng.integers(len(every)))]
        if (near and concept.group not in here) or not unknown(speaker, concept.names):
            continue
        look = ""
        if concept.look and speaker.chance(0.35):
            look = speaker.pick(pools[concept.look[int(speaker.rng.integers(len(concept.look)))]]) + " "
        article = speaker.pick(["the", "the", "the", "the", "my", "a"])
        return f"{article} {look}{concept.name if speaker.chance(0.7) else speaker.pick(concept.names)}"
    return None


def kindred_thing(speaker: Speaker) -> str | None:
    """Returns a phrase for a thing that is told by one that is here and is not here itself: a lid, a twin, a rack."""
    infos, rows = speaker.world.infos, speaker.world.rows
    row = speaker.row([i for i in speaker.movable if infos[i].names and rows[i].words])
    if row is None:
        return None
    name, told = rows[row].words.removeprefix("the "), refusals_of_kin()
    for _ in range(4):
        sort = speaker.pick(tuple(told))
        head = speaker.pick(told[sort])
        if unknown(speaker, (head,)):
            article = speaker.pick(["the", "the", "the", "my", "a", "that"])
            of = speaker.pick([f"the {head} of the {name}", f"the {name}'s {head}", f"the {head} for the {name}"])
            return of if sort == "of" else f"{article} {name} {head}"
    return None


def _other_colour(speaker: Speaker) -> str | None:
    """Returns a phrase with a colour that none of the things it may mean has."""
    colours = set(looks()["c"])
    infos = speaker.world.infos
    row = speaker.row([i for i in speaker.movable if len(set(infos[i].looks) & colours) == 1])
    if row is None:
        return None
    base = next(n for n, s in infos[row].names.items() if s == "name")
    fitting = speaker.say.fitting(base, None)
    if any(not set(infos[i].looks) & colours for i in fitting):
        return None
    taken = {w for i in fitting for look in infos[i].looks for w in look.split()}
    clear = ("red", "blue", "green", "yellow", "white", "black", "orange", "pink", "purple")
    free = [c for c in clear if c not in taken and not ({"light", "dark"} & taken)]
    pale = {"beige", "silver", "golden", "turquoise", "navy", "grey", "brown"}
    return f"the {speaker.pick(free)} {base}" if free and not taken & pale else None


def missing_piece(speaker: Speaker) -> str | None:
    """Returns a dictionary's name for a piece of furniture or a machine that is not here."""
    every = things(pieces=True)
    piece = every[int(speaker.rng.integers(len(every)))]
    return piece.name if unknown(speaker, (*piece.names, *piece.wider)) else None


def _missing_place(speaker: Speaker) -> str | None:
    shapes = {info.shape for info in speaker.world.infos}
    if speaker.world.wide and speaker.chance(0.3):
        piece = missing_piece(speaker)
        return None if piece is None else f"{speaker.pick(['on', 'in', 'next to', 'on top of', 'onto'])} the {piece}"
    names = _fixture_names()
    name, every = names[int(speaker.rng.integers(len(names)))]
    if not unknown(speaker, every):
        return None
    if name.endswith("cabinet") and "cabinet" not in shapes and speaker.chance(0.6):
        return f"in the {speaker.pick(['top', 'bottom', 'middle'])} drawer{speaker.pick(['', f' of the {name}'])}"
    return f"{speaker.pick(['on', 'in', 'next to', 'on top of', 'into', 'behind', 'onto'])} the {name}"


def absent(speaker: Speaker) -> Request | None:
    """A request about a thing, a place, or a colour of a thing that is not in the scene."""
    draw = speaker.rng.random()
    target = speaker.row(speaker.places)
    if draw < 0.25:
        a = speaker.row(speaker.movable)
        said, place = (speaker.name(a) if a is not None else None), _missing_place(speaker)
    elif draw < 0.45:
        said, place = _other_colour(speaker), speaker.where(target) if target is not None else None
    elif draw < 0.55:
        where = _missing_place(speaker)
        if where is None:
            return None
        thing = where[where.index("the ") :]
        kind = speaker.pick(["open", "close", "turn_on", "turn_off"])
        text, verbal = speaker.state_clause(kind, thing)
        return Request(text, [], verbal, refusal="refuse_missing")
    else:
        said, place = missing_thing(speaker), speaker.where(target) if target is not None else None
    if said is None or place is None or target is None:
        return None
    if speaker.chance(0.2):
        b = speaker.row(speaker.movable, target)
        other = speaker.name(b) if b is not None else None
        if other is not None:
            said = f"{said} and {other}" if speaker.chance(0.5) else f"{other} and {said}"
            return Request(f"{speaker.put(target, None)[0]} {said} {place}", [], True, refusal="refuse_missing")
    text, verbal = speaker.move_sentence(said, place, target, None)
    return Request(text, [], verbal, refusal="refuse_missing")
