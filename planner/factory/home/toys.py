"""Families about a bench: turn, slide and lift blocks, work the drawer, the sliding door and the lights."""

from planner.factory.acts import Act
from planner.factory.home.nouns import plural
from planner.factory.home.say import Home, Verb
from planner.factory.request import Request
from planner.factory.speaker import Speaker


def _told(home: Home, row: int) -> str | None:
    """Returns what a block or fixture is called; definite mostly."""
    return home.thing(row, definite=home.s.chance(0.9))


def _nudged(home: Home, sort: str, row: int, thing: str) -> Request:
    verb = home.verb(f"{sort}_left", thing)
    side = home.s.pick(("left", "right"))
    verb = (
        home.right(Verb(verb.do.replace(thing, "@"), verb.doing.replace(thing, "@"), verb.done))
        if side == "right"
        else verb
    )
    slots = {"do": verb.do.replace("@", thing), "doing": verb.doing.replace("@", thing), "done": verb.done}
    said = home.told("nudge", thing=thing, **slots)
    kind = "turn" if sort == "turn" else "slide"
    return said._replace(acts=[Act(f"{kind}_{side}", (row,))])


def turn(speaker: Speaker) -> Request | None:
    """Rotate a thing to the left or to the right."""
    home = Home(speaker)
    a = speaker.row(home.free)
    thing = _told(home, a) if a is not None else None
    return None if a is None or thing is None else _nudged(home, "turn", a, thing)


def slide(speaker: Speaker) -> Request | None:
    """Slide a thing to the left or to the right."""
    home = Home(speaker)
    a = speaker.row(home.free)
    thing = _told(home, a) if a is not None else None
    return None if a is None or thing is None else _nudged(home, "slide", a, thing)


def slide_door(speaker: Speaker) -> Request | None:
    """Slide the sliding door to one side."""
    home = Home(speaker)
    a = speaker.row([i for i in home.having("slidable") if home.rows[i].role != "object"])
    thing = _told(home, a) if a is not None else None
    if a is None or thing is None:
        return None
    return _nudged(home, speaker.pick(("slide", "slide", "slide_door")), a, thing)


def _stated(home: Home, sort: str, kind: str, row: int, **slots: str) -> Request:
    return home.told(sort, **slots)._replace(acts=[Act(kind, (row,))])


def handle(speaker: Speaker) -> Request | None:
    """Open or close a drawer by its handle."""
    home = Home(speaker)
    drawers = [i for i in speaker.doors if home.infos[i].shape == "drawer"]
    d = speaker.row(drawers)
    said = _told(home, d) if d is not None else None
    if d is None or said is None:
        return None
    kind = "close" if home.rows[d].opened != speaker.chance(0.06) else "open"
    text = _stated(home, f"drawer_{kind}", kind, d, d=said)
    return None if "the drawer" in text.text.replace(said, "") and len(drawers) > 1 else text


def light(speaker: Speaker) -> Request | None:
    """Turn a light on or off, by its switch or button perhaps."""
    home = Home(speaker)
    d = speaker.row([i for i in speaker.switches if home.infos[i].shape in ("bulb", "led")])
    said = _told(home, d) if d is not None else None
    if d is None or said is None:
        return None
    on = home.rows[d].powered == speaker.chance(0.06)
    kind, sort = ("turn_on" if on else "turn_off"), ("on" if on else "off")
    return _stated(home, f"{home.infos[d].shape}_{sort}", kind, d, l=said)


def place_held(speaker: Speaker) -> Request | None:
    """Put down what the hand holds."""
    home = Home(speaker)
    a = next((i for i, r in enumerate(home.rows) if r.held), None)
    if a is None:
        held = speaker.row(home.free)
        if held is None or speaker.chance(0.5):
            return None
        home.fresh()
        home.rows[held].held, home.rows[held].support, home.rows[held].inside = True, -1, False
        a = held
    t = speaker.row([i for i, r in enumerate(home.rows) if (r.surface or r.container) and r.role != "object"])
    if t is None:
        return None
    it = home.one("held_words") if speaker.chance(0.7) else _told(home, a)
    place, goal = home.place(t), home.goal(t)
    if it is None or place is None or goal is None or ("block" in it and "block" not in home.rows[a].words):
        return None
    put = speaker.put(t, None)
    said = home.told("place_held", it=it, place=place, goal=goal, put=put[0], putting=put[1])
    return said._replace(acts=[Act("move", (a, t))])


def push_in(speaker: Speaker) -> Request | None:
    """Push or sweep a thing into a drawer or box."""
    home = Home(speaker)
    a = speaker.row(home.free)
    t = speaker.row([i for i in home.having("container") if a is not None and home.rows[a].support != i], a or 0)
    if a is None or t is None or home.rows[t].support == a or t == a:
        return None
    thing, goal = _told(home, a), home.goal(t)
    if thing is None or goal is None:
        return None
    return home.told("push_in", thing=thing, goal=goal)._replace(acts=[Act("move", (a, t))])


def stack(speaker: Speaker) -> Request | None:
    """Stack a block on another; which ones is left open perhaps."""
    home = Home(speaker)
    rows = home.rows
    held = next((i for i, r in enumerate(rows) if r.held), None)
    bases = [i for i in speaker.movable if rows[i].surface and i not in home.loaded and i != held]
    a = held if held is not None else speaker.row(home.free)
    b = speaker.row(bases, a or 0) if a is not None else None
    if a is None or b is None or a == b or rows[a].support == b:
        return None
    noun = next(n for n, s in home.infos[b].names.items() if s == "name")
    slots = {"n": plural(noun), "s": noun}
    alike = [i for i in speaker.movable if noun in home.infos[i].names]
    unloaded = [i for i in bases if i in alike]
    if held is not None:
        said = _told(home, b)
        if said is None:
            return None
        request = home.told("stack_held", b=said, it=home.one("held_words"), put=speaker.put(b, None)[0], **slots)
        if said not in request.text:
            b = home.first(unloaded) if unloaded else b
        return None if a not in alike and noun in request.text else request._replace(acts=[Act("move", (a, b))])
    if speaker.chance(0.35):
        if len(unloaded) < 2 or any(rows[i].support in alike for i in alike):
            return None
        ordered = sorted(unloaded, key=lambda i: rows[i].position[1])
        return home.told("stack_any", **slots)._replace(acts=[Act("move", (ordered[0], ordered[1]))])
    first, second = _told(home, a), _told(home, b)
    if first is None or second is None:
        return None
    return home.told("stack_on", a=first, b=second, **slots)._replace(acts=[Act("move", (a, b))])


def unstack(speaker: Speaker) -> Request | None:
    """Take the upper block off a stack and put it on the table."""
    home = Home(speaker)
    rows = home.rows
    tops = [i for i in home.free if rows[i].support >= 0 and rows[rows[i].support].role == "object" and rows[i].surface]
    tables = [i for i, r in enumerate(rows) if r.role == "table"]
    if len(tops) != 1 or not tables:
        return None
    top, below = tops[0], rows[tops[0]].support
    if rows[below].support >= 0 and rows[rows[below].support].role == "object":
        return None
    first, second = _told(home, top), _told(home, below)
    noun = next(n for n, s in home.infos[top].names.items() if s == "name")
    if first is None or second is None or noun not in home.infos[below].names:
        return None
    said = home.told("unstack", a=first, b=second, n=plural(noun), s=noun)
    return said._replace(acts=[Act("move", (top, tables[0]))])


def lift(speaker: Speaker) -> Request | None:
    """Lift a block from where it lies."""
    home = Home(speaker)
    a = speaker.row(home.free)
    thing = _told(home, a) if a is not None else None
    if a is None or thing is None:
        return None
    origin = home.source(a)
    out = f"{origin[1]} {origin[2]}" if origin else speaker.pick(("from the table", "off the table", "from the table"))
    if origin and speaker.chance(0.4):
        out = f"{home.one('lying')} {origin[0]} {origin[2]}".replace("from in", "from").replace("from on", "from")
    verb = home.verb("hold", thing)
    if speaker.chance(0.6) and " into your hand" not in verb.do and " in your hand" not in verb.do:
        verb = verb._replace(do=f"{verb.do} {out}", doing=f"{verb.doing} {out}")
    said = home.told("hold", hold=verb.do, holding=verb.doing, held=verb.done, thing=thing, out=out)
    return said._replace(acts=[Act("hold", (a,))])
