"""Families of requests about several things."""

from planner.factory.acts import Act
from planner.factory.doors import fresh
from planner.factory.moves import pair
from planner.factory.request import Request
from planner.factory.speaker import Speaker
from skills.symbols import SIDES


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


def both(speaker: Speaker) -> Request | None:
    """Put two named things in one place."""
    a = speaker.row(speaker.movable)
    b = speaker.row(speaker.movable, *([a] if a is not None else []))
    if a is None or b is None:
        return None
    rows = speaker.world.rows
    targets = [i for i in speaker.places if rows[i].container or rows[i].role != "object"]
    t = speaker.row([i for i in (targets or speaker.places) if rows[i].support not in (a, b)], a, b)
    if t is None:
        return None
    first, second, place = speaker.name(a), speaker.name(b), speaker.where(t)
    if first is None or second is None or place is None:
        return None
    put, take = speaker.put(t, None), speaker.verb("take")
    pair = speaker.pick(
        [
            f"both {first} and {second}",
            f"{first} and {second}",
            f"{first} as well as {second}",
            f"{first} together with {second}",
            f"both {first} and {second}",
            f"{first} along with {second}",
        ]
    )
    again = speaker.where(t)
    text, verbal = (
        speaker.frame(
            "both",
            pair=pair,
            first=first,
            second=second,
            place=place,
            again=again or place,
            put=put[0],
            take=take[0],
            join=speaker.joint(),
        ),
        True,
    )
    if text.startswith("~"):
        text, verbal = text[1:], False
    return Request(text, [Act("move", (a, t)), Act("move", (b, t))], verbal)


def every(speaker: Speaker) -> Request | None:
    """Put both, or all, of a sort in one place."""
    sorts: dict[tuple[str, str | None], list[int]] = {}
    for i, info in enumerate(speaker.world.infos):
        if speaker.world.rows[i].role == "object":
            for name, sort in info.names.items():
                if sort != "use":
                    sorts.setdefault((name, None), []).append(i)
                    for seen in info.looks:
                        sorts.setdefault((name, seen), []).append(i)
    many = [(k, v) for k, v in sorts.items() if 2 <= len(v) <= 4 and all(speaker.world.rows[i].graspable for i in v)]
    if not many:
        return None
    (base, look), members = many[int(speaker.rng.integers(len(many)))]
    supports = {
        speaker.world.rows[i].support
        for i in range(len(speaker.world.rows))
        if speaker.world.rows[i].support in members
    }
    t = speaker.row([i for i in speaker.places if speaker.world.rows[i].support not in members], *members, *supports)
    if t is None or (speaker.world.rows[t].surface and speaker.world.rows[t].role == "object" and speaker.chance(0.6)):
        return None
    place = speaker.where(t)
    if place is None:
        return None
    noun = plural(speaker.say.spoken(base, look))
    count = {
        2: ["both", "both", "both the", "the two", "both of the", "all the", "all"],
        3: ["all three", "the three", "all the", "all", "all of the", "every one of the"],
        4: ["all four", "all the", "all of the", "all"],
    }[len(members)]
    said = f"{speaker.pick(count)} {noun}"
    if len(members) > 2 and speaker.chance(0.15):
        said = f"{speaker.pick(['every', 'each'])} {speaker.say.spoken(base, look)}"
    put, take = speaker.put(t, None), speaker.verb("take")
    speaker.modes.append("every")
    text = speaker.frame("every", said=said, place=place, put=put[0], take=take[0])
    order = sorted(members, key=lambda i: (speaker.world.rows[i].position[1], i))
    acts = [Act("move", (i, t)) for i in order]
    return Request(text.removeprefix("~"), acts, not text.startswith("~"))


def two_places(speaker: Speaker) -> Request | None:
    """Two things to two places."""
    rows = speaker.world.rows
    a = speaker.row(speaker.movable)
    b = speaker.row(speaker.movable, *([a] if a is not None else []))
    if a is None or b is None:
        return None
    options = [i for i in speaker.places if rows[i].support not in (a, b)]
    t = speaker.row(options, a, b)
    if t is None:
        return None
    side: str | None = None
    if speaker.chance(0.3):
        u, side = (
            speaker.row([i for i, r in enumerate(rows) if r.role in ("object", "fixture")], a, b),
            speaker.pick(SIDES),
        )
        if speaker.chance(0.4):
            u = t if rows[t].role in ("object", "fixture") else u
    else:
        twins = [i for i in options if rows[i].words == rows[t].words and i not in (a, b, t)]
        u = speaker.row(twins if twins and speaker.chance(0.6) else options, a, b, t)
    if u is None:
        return None
    first, second, one, two = speaker.name(a), speaker.name(b), speaker.where(t), speaker.where(u, side)
    if first is None or second is None or one is None or two is None:
        return None
    acts = [Act("move", (a, t)), Act("move", (b, u), side)]
    put = speaker.put(t, None)
    if speaker.chance(0.3):
        text = speaker.pick(
            [
                f"{put[0]} {first} {one} and {second} {two}",
                f"{put[0]} {first} {one}, {second} {two}",
                f"{first} goes {one} and {second} {two}",
                f"{first} {one} and {second} {two} please",
            ]
        )
    elif speaker.chance(0.12):
        text = f"before {speaker.put(u, side)[1]} {second} {two}, {speaker.move_clause(first, one, t, None, True)}"
    elif speaker.chance(0.12):
        text, acts = f"{speaker.move_clause(second, two, u, side, True)} after {put[1]} {first} {one}", acts
    else:
        text = f"{speaker.move_clause(first, one, t, None)}{speaker.joint()}{speaker.move_clause(second, two, u, side)}"
    return Request(text, acts, not text.startswith((first, "before")))


def stack(speaker: Speaker) -> Request | None:
    """Stack one thing on another, perhaps both into a container."""
    rows = speaker.world.rows
    b = speaker.row([i for i in speaker.movable if rows[i].surface])
    if b is None:
        return None
    alike = [i for i in speaker.movable if rows[i].words == rows[b].words and i != b]
    a = speaker.row(alike if alike and speaker.chance(0.6) else speaker.movable, b)
    if a is None or rows[b].support == a:
        return None
    first, second = speaker.name(a), speaker.name(b)
    if first is None or second is None:
        return None
    verb = speaker.verb("stack")
    on = speaker.pick(["on", "on top of", "onto", "on", "atop"])
    text = f"{verb[0]} {first} {on} {second}"
    t = speaker.row(
        [i for i in speaker.places if (rows[i].container or rows[i].surface) and rows[i].support not in (a, b)], a, b
    )
    if t is None or speaker.chance(0.45):
        if speaker.chance(0.2):
            text = speaker.pick(
                [
                    f"{first} should be stacked {on} {second}",
                    f"{first} goes {on} {second}",
                    f"make a stack with {first} {on} {second}",
                    f"i want {first} stacked {on} {second}",
                ]
            )
        return Request(text, [Act("move", (a, b))], text.startswith(verb[0]))
    place = speaker.where(t)
    if place is None:
        return None
    put = speaker.put(t, None)
    slots = {"text": text, "first": first, "second": second, "place": place, "on": on, "join": speaker.joint()}
    text = speaker.frame("stack", put=put[0], stack=verb[0], stacking=verb[1], **slots)
    return Request(text, [Act("move", (b, t)), Act("move", (a, b))], True)


def nest(speaker: Speaker) -> Request | None:
    """A into B, and B onto or into C; or two on one chain."""
    rows = speaker.world.rows
    b = speaker.row([i for i in speaker.movable if rows[i].surface])
    a = speaker.row(speaker.movable, *([b] if b is not None else []))
    if a is None or b is None:
        return None
    c = speaker.row([i for i in speaker.places if rows[i].support not in (a, b)], a, b)
    if c is None or rows[b].support == a:
        return None
    first, second, one, two = speaker.name(a), speaker.name(b), speaker.where(b), speaker.where(c)
    if first is None or second is None or one is None or two is None:
        return None
    put = speaker.put(c, None)
    prep = speaker.pick(["in", "on"])
    text = speaker.pick(
        [
            f"{put[0]} {second} {two}{speaker.joint()}{speaker.put(b, None)[0]} {first} {prep} it",
            f"{put[0]} {first} {one}{speaker.joint()}{put[0]} {second} {two}",
            f"{put[0]} {second} {two} with {first} {prep} it",
        ]
    )
    return Request(text, [Act("move", (b, c)), Act("move", (a, b))])


def put_and_state(speaker: Speaker) -> Request | None:
    """A move and an unrelated door or switch."""
    found, d = pair(speaker, side=speaker.chance(0.2)), speaker.row([*speaker.doors, *speaker.switches])
    if found is None or d is None:
        return None
    a, b, side = found
    thing, place, door = speaker.name(a), speaker.where(b, side), speaker.name(d)
    if thing is None or place is None or door is None:
        return None
    kind = fresh(speaker, d)
    verb, move = speaker.verb(kind), speaker.move_clause(thing, place, b, side)
    if speaker.chance(0.5):
        return Request(f"{move}{speaker.joint()}{verb[0]} {door}", [Act("move", (a, b), side), Act(kind, (d,))])
    return Request(f"{verb[0]} {door}{speaker.joint()}{move}", [Act(kind, (d,)), Act("move", (a, b), side)])
