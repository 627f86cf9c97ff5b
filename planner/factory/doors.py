"""Families of requests about doors, drawers and switches, alone or with a thing to put there."""

from planner.factory.acts import Act
from planner.factory.pairs import told
from planner.factory.request import Request
from planner.factory.speaker import Speaker

BURNABLE = frozenset(
    "newspaper towel towels paper cardboard carton book books notebook novel napkin napkins magazine battery lighter "
    "matches candle cloth tissue tissues aerosol spray bag gasoline alcohol".split()
)
"""Words for things that catch fire on a hot stove."""


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
    if d is None or a is None or speaker.world.rows[a].support == d:
        return None
    door, thing = speaker.door_words(d), speaker.name(a)
    if door is None or thing is None:
        return None
    opened, put = speaker.verb("open"), speaker.put(d, None)
    inside = speaker.pick(
        ["inside", "inside", "in it", "in it", "into it", "inside it", "in", "inside of it", "in there", "within"]
    )
    move = speaker.pick(
        [
            f"{put[0]} {thing} {inside}",
            f"{put[0]} {thing} {inside}",
            f"{speaker.verb('take')[0]} {thing} and {put[0]} it {inside}",
            f"{speaker.verb('take')[0]} {thing}, then {put[0]} it {inside}",
        ]
    )
    slots = {"door": door, "thing": thing, "inside": inside, "move": move, "join": speaker.joint()}
    slots |= {"open": opened[0], "opening": opened[1], "opened": opened[2]}
    slots |= {"put": put[0], "putting": put[1], "placed": put[2]}
    text, verbal = told(speaker.frame("open_and_put", **slots))
    return Request(text, [Act("open", (d,)), Act("move", (a, d))], verbal)


def put_and_close(speaker: Speaker) -> Request | None:
    """Put something in and close it, perhaps opening it first."""
    d, a = speaker.row([i for i in speaker.doors if speaker.world.rows[i].container]), speaker.row(speaker.movable)
    if d is None or a is None or speaker.world.rows[a].support == d:
        return None
    door, thing = speaker.name(d), speaker.name(a)
    if door is None or thing is None:
        return None
    close, put = speaker.verb("close"), speaker.put(d, None)
    first, _, rest = close[0].partition(" ")
    lid = "the drawer" if "drawer" in speaker.world.rows[d].words else "the door"
    it = speaker.pick(
        [
            "it",
            "it",
            "it",
            "it",
            lid,
            "it again",
            "it afterwards",
            "it after that",
        ]
    )
    closing = f"{first} {it} {rest}".strip() if rest and speaker.chance(0.5) else f"{close[0]} {it}"
    prep = speaker.pick(["in", "in", "in", "into", "inside"])
    move = speaker.move_clause(thing, f"{prep} {door}", d, None)
    acts = [Act("move", (a, d)), Act("close", (d,))]
    slots = {"thing": thing, "door": door, "prep": prep, "closing": closing, "move": move, "lid": lid}
    slots |= {"put": put[0], "putting": put[1], "close": close[0], "shutting": close[1], "shut": close[2]}
    if speaker.chance(0.2):
        acts.insert(0, Act("open", (d,)))
        slots |= {"open": speaker.verb("open")[0]}
    text = speaker.frame("open_put_close" if len(acts) == 3 else "put_and_close", join=speaker.joint(), **slots)
    indirect = (thing, "after", "before", "once", "when", "first", "i ", "i'd", "make sure")
    return Request(text, acts, not text.startswith(indirect))


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


def burnable(speaker: Speaker, row: int) -> bool:
    """Says whether a thing must not lie on a hot stove."""
    said = {w for n in (speaker.world.rows[row].words, *speaker.world.infos[row].names) for w in n.split()}
    return not said.isdisjoint(BURNABLE)


def switch_and_put(speaker: Speaker) -> Request | None:
    """Turn a stove on (or off) and put something on it."""
    rows = speaker.world.rows
    s, a = speaker.row([i for i in speaker.switches if rows[i].surface]), speaker.row(speaker.movable)
    if s is None or a is None or rows[s].support == a:
        return None
    stove, thing = speaker.name(s), speaker.name(a)
    if stove is None or thing is None or burnable(speaker, a):
        return None
    kind = "turn_on" if speaker.chance(0.8) else "turn_off"
    verb, put = speaker.verb(kind), speaker.put(s, None)
    first, _, rest = verb[0].partition(" ")
    on = speaker.pick(["on", "on", "on", "onto", "on top of"])
    turn = f"{first} {stove} {rest}" if rest and speaker.chance(0.4) else f"{verb[0]} {stove}"
    it = f"{first} it {rest}".strip() if rest else f"{verb[0]} it"
    slots = {"thing": thing, "stove": stove, "turn": turn, "turning": verb[1], "done": verb[2], "join": speaker.joint()}
    slots |= {"put": put[0], "putting": put[1], "placed": put[2]}
    forward = [Act(kind, (s,)), Act("move", (a, s))]
    if speaker.chance(0.65):
        places = ["on it", "on it", "on it", "on the burner", "on top of it", "onto it", "on top", "there", "on it too"]
        move = speaker.move_clause(thing, speaker.pick(places), s, None)
        text, verbal = told(speaker.frame("switch_and_put", move=move, turn_it=it, **slots))
        return Request(text, forward, verbal)
    move = speaker.move_clause(thing, f"{on} {stove}", s, None)
    text, verbal = told(speaker.frame("put_and_switch", move=move, it=it, on=on, **slots))
    return Request(text, forward[::-1], verbal)


def condition(speaker: Speaker) -> Request | None:
    """Something to be done if a thing is as it is."""
    rows = speaker.world.rows
    d = speaker.row([*speaker.doors, *speaker.switches])
    if d is None or speaker.chance(0.3):
        held = [i for i in speaker.movable if rows[i].support >= 0 and rows[rows[i].support].role != "table"]
        a = speaker.row(held)
        if a is None or speaker.world.infos[rows[a].support].part == "top_side":
            return None
        b = speaker.row([i for i in speaker.places if rows[i].support != a], a, rows[a].support)
        thing, source = speaker.name(a), speaker.name(rows[a].support)
        place = speaker.where(b) if b is not None else None
        if thing is None or source is None or place is None or b is None:
            return None
        slots = {"thing": thing, "source": source, "place": place, "put": speaker.put(b, None)[0]}
        text = speaker.frame("condition_move", at="in" if rows[a].inside else "on", **slots)
        return Request(text, [Act("move", (a, b))], False)
    kind = fresh(speaker, d)
    door = speaker.name(d)
    if door is None:
        return None
    now = {
        "open": ["closed", "shut"],
        "close": ["open", "left open"],
        "turn_on": ["off"],
        "turn_off": ["on", "running"],
    }
    slots = {"door": door, "now": speaker.pick(now[kind]), "change": speaker.verb(kind)[0]}
    return Request(speaker.frame("condition", **slots), [Act(kind, (d,))], False)
