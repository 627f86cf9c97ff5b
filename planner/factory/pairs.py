"""Families of requests that put two things in one place or in two."""

from planner.factory.acts import Act
from planner.factory.mood import CLAUSES, wished
from planner.factory.request import Request
from planner.factory.speaker import Speaker
from skills.symbols import SIDES


def told(text: str) -> tuple[str, bool]:
    """Returns a frame's text without its mark, and whether it starts with a verb."""
    return (text[1:], False) if text.startswith("~") else (text, True)


def two_movable(speaker: Speaker, twins: float = 0.3) -> tuple[int, int] | None:
    """Returns two movable rows, with some chance two of a name."""
    rows = speaker.world.rows
    a = speaker.row(speaker.movable)
    if a is None:
        return None
    alike = [i for i in speaker.movable if i != a and rows[i].words.split()[-1] == rows[a].words.split()[-1]]
    b = speaker.row(alike if alike and speaker.chance(twins) else speaker.movable, a)
    return None if b is None else (a, b)


def other_one(speaker: Speaker, a: int, b: int) -> str | None:
    """Returns "the other one", if the two rows are the only ones of a name."""
    shared = [
        n
        for n, s in speaker.world.infos[a].names.items()
        if s == "name" and sorted(speaker.say.fitting(n, None)) == sorted((a, b))
    ]
    return (
        None if not shared else f"the {speaker.pick(['other', 'other', 'remaining'])} {speaker.pick(['one', *shared])}"
    )


def both(speaker: Speaker) -> Request | None:
    """Put two named things in one place."""
    found = two_movable(speaker)
    if found is None:
        return None
    a, b = found
    rows = speaker.world.rows
    targets = [i for i in speaker.places if rows[i].container or rows[i].role != "object"]
    free = [i for i in (targets or speaker.places) if rows[i].support not in (a, b)]
    t = speaker.row(free, a, b)
    if t is None:
        return None
    first, second, place = speaker.name(a), speaker.name(b), speaker.where(t)
    if first is None or second is None or place is None:
        return None
    put, take = speaker.put(t, None), speaker.verb("take")
    pair = speaker.pick(
        [
            f"both {first} and {second}",
            f"both {first} and {second}",
            f"{first} and {second}",
            f"{first} and {second}",
            f"{first} and also {second}",
            f"{first} as well as {second}",
            f"{first} together with {second}",
            f"{first} along with {second}",
            f"{first} plus {second}",
            f"{first} & {second}",
            f"{first}, {second}",
        ]
    )
    again = (speaker.where(t) if speaker.chance(0.6) else place) or place
    slots = {"pair": pair, "first": first, "second": second, "place": place, "again": again, "join": speaker.joint()}
    text, verbal = told(speaker.frame("both", put=put[0], putting=put[1], placed=put[2], take=take[0], **slots))
    return Request(text, [Act("move", (a, t)), Act("move", (b, t))], verbal)


def two_places(speaker: Speaker) -> Request | None:
    """Two things to two places."""
    rows = speaker.world.rows
    found = two_movable(speaker, 0.45)
    if found is None:
        return None
    a, b = found
    options = [i for i in speaker.places if rows[i].support not in (a, b)]
    t = speaker.row(options, a, b)
    if t is None:
        return None
    side: str | None = None
    known: str | None = None
    if speaker.chance(0.3):
        u = speaker.row([i for i, r in enumerate(rows) if r.role in ("object", "fixture")], a, b)
        side = speaker.pick(SIDES)
        if speaker.chance(0.5) and rows[t].role in ("object", "fixture"):
            u, known = t, "it" if speaker.chance(0.35) else None
    else:
        twins = [i for i in options if rows[i].words.split()[-1] == rows[t].words.split()[-1] and i not in (a, b, t)]
        u = speaker.row(twins if twins and speaker.chance(0.65) else options, a, b, t)
    if u is None:
        return None
    second = other_one(speaker, a, b) if known is None and speaker.chance(0.35) else None
    first, second = speaker.name(a), second or speaker.name(b)
    one, two = speaker.where(t), speaker.where(u, side, known)
    if first is None or second is None or one is None or two is None:
        return None
    put, lay = speaker.put(t, None), speaker.put(u, side)
    if speaker.chance(0.5):
        lay = put
    slots = {"first": first, "second": second, "one": one, "two": two, "join": speaker.joint()}
    slots |= {"put": put[0], "putting": put[1], "placed": put[2], "lay": lay[0], "laying": lay[1]}
    if speaker.chance(CLAUSES):
        text = "~" + wished("two_moves", speaker.rng, thing=first, place=one, other=second, elsewhere=two)
    else:
        text = speaker.frame("two_places", take=speaker.verb("take")[0], grab=speaker.verb("take")[0], **slots)
    if (known or " other " in second or " remaining " in second) and text.find(two) < text.find(one):
        return None
    text, verbal = told(text)
    return Request(text, [Act("move", (a, t)), Act("move", (b, u), side)], verbal)
