"""Families of requests about several things: all of a sort, stacks, and a move with a door or switch."""

from planner.factory.acts import Act
from planner.factory.doors import fresh
from planner.factory.moves import pair
from planner.factory.pairs import told
from planner.factory.request import Request
from planner.factory.speaker import Speaker
from planner.factory.target import FLAT


def plural(noun: str) -> str:
    """Returns the plural of a noun phrase."""
    head, _, tail = noun.partition(" of ")
    if head.endswith(("s", "x", "ch", "sh")):
        many = head if head.endswith("s") and not head.endswith("ss") else head + "es"
    elif head.endswith("y") and head[-2:-1] not in "aeiou":
        many = head[:-1] + "ies"
    elif head.endswith("knife"):
        many = head[:-2] + "ves"
    elif head.endswith("shelf"):
        many = head[:-1] + "ves"
    else:
        many = head + "s"
    return f"{many} of {tail}" if tail else many


COUNTS = {
    1: ["all but one of the"],
    2: ["both", "both", "both the", "the two", "both of the", "all the", "all", "the pair of", "each of the two"],
    3: ["all three", "the three", "all the", "all", "all of the", "every one of the", "all three of the"],
    4: ["all four", "all the", "all of the", "all", "the four"],
}


def _sorts(speaker: Speaker) -> list[tuple[str, str | None, list[int]]]:
    """Returns base phrases (with a look) that two to four movable things fit."""
    sorts: dict[tuple[str, str | None], list[int]] = {}
    for i, info in enumerate(speaker.world.infos):
        if speaker.world.rows[i].role == "object":
            for name, sort in info.names.items():
                if sort != "use":
                    sorts.setdefault((name, None), []).append(i)
                    for seen in info.looks:
                        sorts.setdefault((name, seen), []).append(i)
    graspable = set(speaker.movable)
    return [(k[0], k[1], v) for k, v in sorts.items() if 2 <= len(v) <= 4 and set(v) <= graspable]


def _target(speaker: Speaker, members: list[int], hard: float = 0.6) -> int | None:
    """Returns a place for several things, rarely a small one."""
    rows = speaker.world.rows
    supports = {r.support for r in rows if r.support in members}
    t = speaker.row([i for i in speaker.places if rows[i].support not in members], *members, *supports)
    small = t is not None and rows[t].surface and rows[t].role == "object"
    return None if small and speaker.chance(hard) else t


def _leaving(speaker: Speaker, base: str, look: str | None, members: list[int]) -> tuple[str, list[int]] | None:
    """Returns "all the mugs except the red one" and which those are."""
    row = members[int(speaker.rng.integers(len(members)))]
    one = speaker.say.told_apart(row, members, "one", look if speaker.chance(0.3) else None)
    looks = [w for w in speaker.world.infos[row].looks if speaker.say.fitting(base, w) == [row]]
    if looks and speaker.chance(0.6):
        said = f"the {looks[0]} one"
    elif one is not None:
        said = one.text
    else:
        return None
    but = speaker.pick(["except", "except for", "but", "apart from", "other than", "but not"])
    every = speaker.pick(["all the", "all", "all of the", "the"])
    return f"{every} {plural(speaker.say.spoken(base, look))} {but} {said}", [i for i in members if i != row]


def every(speaker: Speaker) -> Request | None:
    """Put both, or all, or some, of a sort in one place."""
    many = _sorts(speaker)
    if not many:
        return None
    base, look, members = many[int(speaker.rng.integers(len(many)))]
    t = _target(speaker, members)
    place = speaker.where(t) if t is not None else None
    if place is None or t is None:
        return None
    order = sorted(members, key=lambda i: (speaker.world.rows[i].position[1], i))
    draw = speaker.rng.random()
    noun = speaker.say.spoken(base, look)
    said = f"{speaker.pick(COUNTS[len(members)])} {plural(noun)}"
    if len(members) > 2 and draw < 0.2:
        left = _leaving(speaker, base, look, order)
        if left is None:
            return None
        said, order = left
    elif len(members) > 2 and draw < 0.3:
        count = 2 if len(members) == 3 or speaker.chance(0.5) else 3
        number = {2: ["two", "any two", "2"], 3: ["three", "any three", "3"]}[count]
        said, order = f"{speaker.pick(number)} of the {plural(noun)}", order[:count]
        speaker.leave_open(said, order, members)
    elif len(members) > 2 and draw < 0.4:
        said = f"{speaker.pick(['every', 'each', 'every single'])} {noun}"
    elif draw < 0.5:
        said = f"the {plural(noun)}"
    put, take = speaker.put(t, None), speaker.verb("take")
    speaker.modes.append("every")
    text, verbal = told(
        speaker.frame("every", said=said, place=place, put=put[0], putting=put[1], placed=put[2], take=take[0])
    )
    return Request(text, [Act("move", (i, t)) for i in order], verbal)


def everything(speaker: Speaker) -> Request | None:
    """Put everything, perhaps but one thing, in one place."""
    rows = speaker.world.rows
    t = speaker.row([i for i in speaker.places if rows[i].container or rows[i].role != "object"])
    if t is None:
        return None
    members = [i for i in speaker.movable if i != t and rows[i].support != t and rows[t].support != i]
    source = speaker.row(sorted({rows[i].support for i in members} - {-1}))
    where = ""
    if source is not None and speaker.chance(0.4):
        members = [i for i in members if rows[i].support == source]
        at = speaker.name(source) if rows[source].role != "table" else "the table"
        if at is None or speaker.world.infos[source].part == "top_side":
            return None
        where = f" {'in' if members and rows[members[0]].inside else 'on'} {at}"
        if any(rows[i].support in members for i in range(len(rows))):  # do they come along?
            return None
    if not 2 <= len(members) <= 6:
        return None
    said = speaker.pick(
        ["everything", "everything", "all things", "all the things", "all objects", "all the items", "every object"]
    )
    said += where or speaker.pick(["", "", " here", " you can carry", " you see", " that can be moved"])
    if speaker.chance(0.5):
        out = members.pop(int(speaker.rng.integers(len(members))))
        name = speaker.name(out)
        if name is None:
            return None
        said += f" {speaker.pick(['except', 'except for', 'but', 'apart from', 'other than', 'besides'])} {name}"
    place = speaker.where(t)
    if place is None:
        return None
    speaker.modes.append("every")
    put, take = speaker.put(t, None), speaker.verb("take")
    text, verbal = told(
        speaker.frame("every", said=said, place=place, put=put[0], putting=put[1], placed=put[2], take=take[0])
    )
    # what lies on a thing that is moved too goes first, so that nothing is taken off and put aside
    order = sorted(members, key=lambda i: (-_height(speaker, i), rows[i].position[1], i))
    return Request(text, [Act("move", (i, t)) for i in order], verbal)


def _height(speaker: Speaker, row: int) -> int:
    """Returns on how many movable things a row lies."""
    rows, height = speaker.world.rows, 0
    while (row := rows[row].support) >= 0 and rows[row].graspable:
        height += 1
    return height


def each_own(speaker: Speaker) -> Request | None:
    """One of a sort to each of as many places, from left to right."""
    rows = speaker.world.rows
    many = [(b, k, m) for b, k, m in _sorts(speaker) if len(m) < 4]
    spots: dict[str, list[int]] = {}
    for i in speaker.places:
        if rows[i].role == "object":
            for name, sort in speaker.world.infos[i].names.items():
                if sort != "use":
                    spots.setdefault(name, []).append(i)
    fits = [
        (s, p, n)
        for s in many
        for n, p in spots.items()
        if len(p) == len(s[2])
        and len(speaker.say.fitting(n, None)) == len(p)
        and not set(p) & set(s[2])
        and not {rows[i].support for i in s[2]} & set(p)
        and not {rows[i].support for i in p} & set(s[2])
    ]
    if not fits:
        return None
    (base, look, members), places, spot = fits[int(speaker.rng.integers(len(fits)))]
    inside = rows[places[0]].container
    noun, prep = speaker.say.spoken(base, look), "in" if inside else "on"
    put = speaker.put(places[0], None)
    text = speaker.pick(
        [
            f"{put[0]} one {noun} {prep} each {spot}",
            f"{put[0]} {speaker.pick(['a', 'one'])} {noun} {prep} each of the {plural(spot)}",
            f"{put[0]} each {noun} {prep} its own {spot}",
            f"{put[0]} each of the {plural(noun)} {prep} a {spot} of its own",
            f"each {spot} [gets]".replace("[gets]", speaker.pick(["gets", "should get", "needs"])) + f" one {noun}",
            f"{put[0]} every {noun} {prep} a separate {spot}",
            f"distribute the {plural(noun)} over the {plural(spot)}, one {prep} each",
        ]
    )
    speaker.modes.append("every")
    speaker.leave_open(text, members, members)
    left = [sorted(group, key=lambda i: (rows[i].position[1], i)) for group in (members, places)]
    return Request(text, [Act("move", (i, t)) for i, t in zip(*left, strict=True)], not text.startswith("each"))


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
    verb, take = speaker.verb("stack"), speaker.verb("take")
    on = speaker.pick(["on", "on", "on top of", "onto", "atop", "upon"])
    slots = {"text": f"{verb[0]} {first} {on} {second}", "first": first, "second": second, "on": on}
    slots |= {"stack": verb[0], "stacking": verb[1], "take": take[0], "join": speaker.joint()}
    free = [i for i in speaker.places if rows[i].support not in (a, b)]
    t = speaker.row(free, a, b)
    if t is None or speaker.chance(0.45):
        text, verbal = told(speaker.frame("stack_plain", put=speaker.put(b, None)[0], **slots))
        return Request(text, [Act("move", (a, b))], verbal)
    place = speaker.where(t)
    if place is None:
        return None
    put = speaker.put(t, None)
    text = speaker.frame("stack", place=place, put=put[0], **slots)
    return Request(text, [Act("move", (b, t)), Act("move", (a, b))], True)


def nest(speaker: Speaker) -> Request | None:
    """A into B, and B onto or into C."""
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
    put, lay = speaker.put(c, None), speaker.put(b, None)
    slots = {"first": first, "second": second, "one": one, "two": two, "join": speaker.joint()}
    slots |= {"put": put[0], "putting": put[1], "lay": lay[0], "take": speaker.verb("take")[0]}
    flat = rows[c].container or any(f in speaker.world.infos[b].names for f in FLAT)
    prep = speaker.pick(["on", "on top of"] if flat else ["in", "on", "on top of", "inside"])  # "inside it": inside c?
    text, verbal = told(speaker.frame("nest", prep=prep, **slots))
    return Request(text, [Act("move", (b, c)), Act("move", (a, b))], verbal)


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
    put = speaker.put(b, side)
    forward, backward = [Act("move", (a, b), side), Act(kind, (d,))], [Act(kind, (d,)), Act("move", (a, b), side)]
    draw = speaker.rng.random()
    if draw < 0.4:
        return Request(f"{move}{speaker.joint()}{verb[0]} {door}", forward)
    if draw < 0.8:
        return Request(f"{verb[0]} {door}{speaker.joint()}{move}", backward)
    if draw < 0.9:
        text = speaker.pick(
            [f"after {put[1]} {thing} {place}, {verb[0]} {door}", f"{verb[0]} {door} after {put[1]} {thing} {place}"]
        )
        return Request(text, forward, False)
    text = speaker.pick(
        [f"before {put[1]} {thing} {place}, {verb[0]} {door}", f"{verb[0]} {door} before {put[1]} {thing} {place}"]
    )
    return Request(text, backward, False)
