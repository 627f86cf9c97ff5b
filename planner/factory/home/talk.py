"""Families that lean on the turn before: put it back, put it there instead, close it again."""

from planner.factory.acts import Act
from planner.factory.home.care import TREATMENTS
from planner.factory.home.say import Home
from planner.factory.request import Request
from planner.factory.speaker import Speaker

AGAIN = {"open": "open", "close": "closed", "turn_on": "on", "turn_off": "off"}


def _after(home: Home, count: int = 1, planned: float = 0.25) -> list[int] | None:
    """Makes the last turn one that moved some things (or only planned to), and returns them."""
    s = home.s
    free = [i for i in home.free if home.rows[i].support >= 0]
    if len(free) < count:
        return None
    home.fresh()
    chosen = [free[int(k)] for k in s.rng.permutation(len(free))[:count]]
    here = {home.rows[i].support for i in chosen}
    target = home.rows[chosen[0]].support
    for i in chosen:
        row = home.rows[i]
        was = s.row([k for k in home.spots(i) if k not in here and k not in chosen and home.rows[k].role != "object"])
        if was is None:
            return None
        row.recent, row.was = True, was
        if s.chance(planned):
            row.was = -1
            continue
        if count == 1 and s.chance(0.2):
            row.held, row.support, row.inside = True, -1, False
    if s.chance(0.1) and home.rows[target].role == "fixture":
        home.rows[target].recent = True
    return chosen


def back(speaker: Speaker) -> Request | None:
    """Put what was moved back where it was."""
    home = Home(speaker)
    count = 1 if speaker.chance(0.8) else int(speaker.rng.integers(2, 4))
    moved = _after(home, count, 0.0)
    if moved is None:
        return None
    if count > 1:
        said = home.told("backs")
        if count > 2 and "both" in said.text:
            return None
    else:
        thing = home.thing(moved[0], definite=True)
        if thing is None:
            return None
        said = home.told("back", x=thing)
    order = sorted(moved, key=lambda i: home.rows[i].position[1])
    return said._replace(acts=[Act("move", (i, home.rows[i].was)) for i in order])


def instead(speaker: Speaker) -> Request | None:
    """Put what was moved somewhere else."""
    home = Home(speaker)
    moved = _after(home)
    if moved is None:
        return None
    a = moved[0]
    t = home.spot(a, home.rows[a].support, home.rows[a].was)
    place = home.place(t) if t is not None else None
    if t is None or place is None:
        return None
    return home.told("instead", place=place, put=speaker.put(t, None)[0])._replace(acts=[Act("move", (a, t))])


def give_it(speaker: Speaker) -> Request | None:
    """Bring what was moved, or picked up, to somebody."""
    home = Home(speaker)
    p = speaker.row(home.people)
    moved = _after(home) if p is not None else None
    if p is None or moved is None:
        return None
    whom, who = home.whom(p)
    here = "here" if whom == "me" else f"over to {whom}"
    return home.told("give_it", whom=whom, who=who, whom_to=here)._replace(acts=[Act("give", (moved[0], p))])


def care_it(speaker: Speaker) -> Request | None:
    """Treat what was moved: now wash it."""
    home = Home(speaker)
    kinds = [k for k, (_, flag) in TREATMENTS.items() if home.having(flag)]
    moved = _after(home) if kinds else None
    if moved is None:
        return None
    kind = speaker.pick(kinds)
    letter, flag = TREATMENTS[kind]
    a, b = moved[0], home.first(home.having(flag))
    app = home.goal(b)
    if letter not in home.can.get(a, "") or app is None:
        return None
    verb = home.verb(kind, "it")
    state = home.one("states", kind)
    said = home.told("care_it", treat=verb.do, treated=verb.done, app=app, state=state)
    return said._replace(acts=[Act(kind, (a, b))])


def door_again(speaker: Speaker) -> Request | None:
    """Undo what was done to a door or a switch."""
    home = Home(speaker)
    rows = home.rows
    d = speaker.row([*speaker.doors, *speaker.switches])
    if d is None:
        return None
    home.fresh()
    row = home.rows[d]
    if row.openable and rows[d].container:
        row.opened = speaker.chance(0.75)
        kind = "close" if row.opened else "open"
    elif row.switchable:
        row.powered = speaker.chance(0.65)
        kind = "turn_off" if row.powered else "turn_on"
    else:
        return None
    row.recent = True
    verb = speaker.verb(kind)[0]
    words = verb.split()
    do = " ".join(words[:1])
    said = home.told("door_again", do="\0", state=AGAIN[kind])
    text = said.text.replace("\0 that", f"{do} that {' '.join(words[1:])}").replace(
        "\0 it", f"{do} it {' '.join(words[1:])}"
    )
    return Request(" ".join(text.split()), [Act(kind, (d,))], said.verbal)


def same_with(speaker: Speaker) -> Request | None:
    """Put another thing where the last one went."""
    home = Home(speaker)
    moved = _after(home, planned=0.0)
    if moved is None or home.rows[moved[0]].held:
        return None
    t = home.rows[moved[0]].support
    b = speaker.row([i for i in home.free if home.rows[i].support != t and not home.rows[i].recent], moved[0], t)
    thing = home.thing(b, definite=speaker.chance(0.8)) if b is not None else None
    if b is None or thing is None or home.rows[t].support == b or not home.rows[t].surface:
        return None
    return home.told("same_with", b=thing, put=speaker.put(t, None)[0])._replace(acts=[Act("move", (b, t))])
