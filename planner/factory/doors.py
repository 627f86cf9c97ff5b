"""Families of requests about doors, drawers and switches, alone or with a thing to put there."""

from planner.factory.acts import Act
from planner.factory.request import Request
from planner.factory.speaker import Speaker


def fresh(speaker: Speaker, row: int) -> str:
    """Returns what would change a door or switch from what it is now."""
    r = speaker.world.rows[row]
    if r.openable and (not r.switchable or speaker.chance(0.5)):
        return "close" if r.opened else "open"
    return "turn_off" if r.powered else "turn_on"


def door(speaker: Speaker) -> Request | None:
    """Open or close one thing."""
    d = speaker.row(speaker.doors)
    if d is None:
        return None
    kind = "close" if speaker.world.rows[d].opened != speaker.chance(0.12) else "open"
    thing = speaker.door_words(d)
    if thing is None:
        return None
    text, verbal = speaker.state_clause(kind, thing)
    return Request(text, [Act(kind, (d,))], verbal)


def switch(speaker: Speaker) -> Request | None:
    """Turn one thing on or off."""
    s = speaker.row(speaker.switches)
    if s is None:
        return None
    kind = "turn_off" if speaker.world.rows[s].powered != speaker.chance(0.12) else "turn_on"
    thing = speaker.name(s)
    if thing is None:
        return None
    text, verbal = speaker.state_clause(kind, thing)
    return Request(text, [Act(kind, (s,))], verbal)


def two_doors(speaker: Speaker) -> Request | None:
    """Two doors or switches."""
    pool = [*speaker.doors, *speaker.switches]
    a = speaker.row(pool)
    b = speaker.row(pool, *([a] if a is not None else []))
    if a is None or b is None:
        return None
    acts, parts = [], []
    for row in (a, b):
        kind = fresh(speaker, row)
        thing = speaker.name(row)
        if thing is None:
            return None
        acts.append(Act(kind, (row,)))
        parts.append((speaker.verb(kind), thing))
    (v, x), (w, y) = parts
    if acts[0].kind == acts[1].kind and speaker.chance(0.35):
        text = f"{v[0]} {speaker.pick(['', 'both '])}{x} and {y}"
    else:
        text = speaker.pick(
            [
                f"{v[0]} {x}{speaker.joint()}{w[0]} {y}",
                f"{v[0]} {x}{speaker.joint()}{w[0]} {y}",
                f"{v[0]} {x} and {w[0]} {y}",
                f"before {w[1]} {y}, {v[0]} {x}",
                f"after {v[1]} {x}, {w[0]} {y}",
                f"{w[0]} {y} after {v[1]} {x}",
            ]
        )
    return Request(text, acts, text.startswith(v[0]))


def open_and_put(speaker: Speaker) -> Request | None:
    """Open a drawer or door and put something in."""
    d, a = speaker.row([i for i in speaker.doors if speaker.world.rows[i].container]), speaker.row(speaker.movable)
    if d is None or a is None:
        return None
    door, thing = speaker.door_words(d), speaker.name(a)
    if door is None or thing is None:
        return None
    opened, put = speaker.verb("open"), speaker.put(d, None)
    inside = speaker.pick(
        ["inside", "in it", "in it", "into it", "inside it", "in", "inside of it", "in there", "within"]
    )
    move = speaker.pick(
        [
            f"{put[0]} {thing} {inside}",
            f"{speaker.verb('take')[0]} {thing} and {put[0]} it {inside}",
            f"{put[0]} {thing} {inside}",
        ]
    )
    text = speaker.pick(
        [
            f"{opened[0]} {door}{speaker.joint()}{move}",
            f"{opened[0]} {door}{speaker.joint()}{move}",
            f"{opened[0]} {door} to {put[0]} {thing} {inside}",
            f"after {opened[1]} {door}, {move}",
            f"{opened[0]} {door} so that {thing} can go {inside}",
            f"first {opened[0]} {door}, then {move}",
            f"before {put[1]} {thing} in {door}, {opened[0]} it",
            f"{put[0]} {thing} in {door} after {opened[1]} it",
            f"with {door} {opened[2]}, {move}",
        ]
    )
    return Request(
        text, [Act("open", (d,)), Act("move", (a, d))], text.startswith(opened[0]) or text.startswith(put[0])
    )


def put_and_close(speaker: Speaker) -> Request | None:
    """Put something in and close it, perhaps opening it first."""
    d, a = speaker.row([i for i in speaker.doors if speaker.world.rows[i].container]), speaker.row(speaker.movable)
    if d is None or a is None:
        return None
    door, thing = speaker.name(d), speaker.name(a)
    if door is None or thing is None:
        return None
    close, put = speaker.verb("close"), speaker.put(d, None)
    first, _, rest = close[0].partition(" ")
    it = speaker.pick(
        [
            "it",
            "it",
            "it",
            "it",
            "the drawer" if speaker.world.infos[d].shape == "cabinet" else "the door",
            "it again",
            "it afterwards",
            "it after that",
        ]
    )
    closing = f"{first} {it} {rest}".strip() if rest and speaker.chance(0.5) else f"{close[0]} {it}"
    prep = speaker.pick(["in", "in", "in", "into", "inside"])
    move = speaker.move_clause(thing, f"{prep} {door}", d, None)
    acts = [Act("move", (a, d)), Act("close", (d,))]
    lid = "the drawer" if speaker.world.infos[d].shape == "cabinet" else "the door"
    slots = {"thing": thing, "door": door, "prep": prep, "closing": closing, "move": move, "lid": lid}
    slots |= {"put": put[0], "putting": put[1], "close": close[0], "shutting": close[1], "shut": close[2]}
    if speaker.chance(0.2):
        acts.insert(0, Act("open", (d,)))
        slots |= {"open": speaker.verb("open")[0]}
    text = speaker.frame("open_put_close" if len(acts) == 3 else "put_and_close", join=speaker.joint(), **slots)
    return Request(text, acts, text.startswith((move, put[0], close[0], "hide", slots.get("open", put[0]))))


def close_and_top(speaker: Speaker) -> Request | None:
    """Close (or open) a drawer and put something on top of the same fixture."""
    rows = speaker.world.rows
    tops = [i for i in speaker.places if speaker.world.infos[i].part == "top_side"]
    t, a = speaker.row(tops), speaker.row(speaker.movable)
    if t is None or a is None:
        return None
    owner = rows[t].parent
    d = owner if rows[owner].openable else speaker.row([i for i in speaker.doors if rows[i].parent == owner])
    if d is None:
        return None
    door, thing = speaker.door_words(d), speaker.name(a)
    if door is None or thing is None:
        return None
    kind = "close" if rows[d].opened or speaker.chance(0.6) else "open"
    verb = speaker.verb(kind)
    back = speaker.pick(["it", "it", "the cabinet" if speaker.world.infos[d].shape == "cabinet" else "it"])
    over = speaker.pick(["on top of", "on top of", "on", "atop", "onto the top of"])
    move = speaker.move_clause(thing, f"{over} {back}", t, None)
    if speaker.chance(0.2):
        place = speaker.where(t)
        if place is None:
            return None
        text = f"{speaker.move_clause(thing, place, t, None)}{speaker.joint()}{verb[0]} {door}"
        return Request(text, [Act("move", (a, t)), Act(kind, (d,))], True)
    text = speaker.pick(
        [
            f"{verb[0]} {door}{speaker.joint()}{move}",
            f"after {verb[1]} {door}, {move}",
            f"first {verb[0]} {door} and then {move}",
        ]
    )
    return Request(text, [Act(kind, (d,)), Act("move", (a, t))], True)


def switch_and_put(speaker: Speaker) -> Request | None:
    """Turn a stove on (or off) and put something on it."""
    rows = speaker.world.rows
    s, a = speaker.row([i for i in speaker.switches if rows[i].surface]), speaker.row(speaker.movable)
    if s is None or a is None or rows[s].support == a:
        return None
    stove, thing = speaker.name(s), speaker.name(a)
    if stove is None or thing is None:
        return None
    kind = "turn_on" if speaker.chance(0.8) else "turn_off"
    verb, put = speaker.verb(kind), speaker.put(s, None)
    first, _, rest = verb[0].partition(" ")
    on = speaker.pick(["on", "on", "on", "onto", "on top of"])
    turn = f"{first} {stove} {rest}" if rest and speaker.chance(0.4) else f"{verb[0]} {stove}"
    it = f"{first} it {rest}".strip() if rest else f"{verb[0]} it"
    forward = [Act(kind, (s,)), Act("move", (a, s))]
    if speaker.chance(0.6):
        move = speaker.move_clause(
            thing,
            f"{on} {speaker.pick(['it', 'it', 'it', 'the burner', 'top of it'] if on == 'on' else ['it'])}",
            s,
            None,
        )
        text = speaker.pick(
            [
                f"{turn}{speaker.joint()}{move}",
                f"{turn}{speaker.joint()}{move}",
                f"after {verb[1]} {stove}, {move}",
                f"first {turn}, then {move}",
                f"with {stove} {verb[2]}, {move}",
            ]
        )
        return Request(text, forward, True)
    move = speaker.move_clause(thing, f"{on} {stove}", s, None)
    options = [
        f"{move}{speaker.joint()}{it}",
        f"{move}{speaker.joint()}{it}",
        f"after {put[1]} {thing} {on} {stove}, {it}",
        f"{put[0]} {thing} {on} {stove}, which should be {verb[2]}",
    ]
    return Request(speaker.pick(options), forward[::-1], True)
