"""Household families of several acts: long lists, situations that call for something, putting away."""

from typing import Any

from planner.factory.acts import Act
from planner.factory.home import care as home_care
from planner.factory.home.many import give_several
from planner.factory.home.say import Home
from planner.factory.home.words import words
from planner.factory.mood import CHOICE
from planner.factory.request import Request
from planner.factory.speaker import Speaker


def long_list(speaker: Speaker) -> Request | None:
    """Three to six things to places of their own, a treatment or a door between and after."""
    home = Home(speaker)
    count = int(speaker.rng.choice([2, 3, 4, 5, 6, 7, 8], p=[0.2, 0.34, 0.2, 0.12, 0.06, 0.05, 0.03]))
    chosen = [home.free[int(k)] for k in speaker.rng.permutation(len(home.free))[:count]]
    acts: list[Act] = []
    parts: list[str] = []
    places: dict[int, str] = {}
    t: int | None = None
    elided, washers = speaker.chance(0.5), home.having("washer")
    put = ""
    for k, a in enumerate(chosen):
        if t is None or speaker.chance(0.72):
            t = home.spot(a, *chosen)
        thing = home.thing(a)
        if t is None or thing is None or home.rows[a].support == t or home.rows[t].role == "object":
            return None
        said = places.get(t) or home.place(t)
        if said is None:
            return None
        places[t] = said
        if not elided and speaker.chance(0.2) and home.people:
            p = home.people[0]
            acts.append(Act("give", (a, p)))
            parts.append(f"{home.verb('give_to', thing).do} to {home.whom(p)[0]}")
            continue
        verb = speaker.put(t, None)[0]
        put = put or verb
        if not elided and washers and "w" in home.can.get(a, "") and speaker.chance(0.25):
            acts += [Act("clean", (a, home.first(washers))), Act("move", (a, t))]
            parts.append(f"{home.verb('clean', thing).do} and {verb} it {said}")
            continue
        acts.append(Act("move", (a, t)))
        parts.append(f"{thing} {said}" if elided and k else f"{verb if not elided else put} {thing} {said}")
    for door in {a.rows[1] for a in acts if a.kind == "move"}:
        if home.rows[door].openable and speaker.chance(0.5):
            acts.append(Act("close", (door,)))
            name = home.goal(door)
            if name is None:
                return None
            parts.append(f"{speaker.verb('close')[0]} {name}")
            break
    lamps = [i for i in speaker.switches if not home.rows[i].surface]
    if lamps and speaker.chance(0.15) and not elided:
        lamp = speaker.row(lamps)
        name = home.thing(lamp) if lamp is not None else None
        if lamp is not None and name is not None:
            kind = "turn_off" if home.rows[lamp].powered else "turn_on"
            acts.append(Act(kind, (lamp,)))
            parts.append(f"{speaker.verb(kind)[0]} {name}")
    if len(parts) < 2:
        return None
    joint = (
        speaker.joint()
        if speaker.chance(0.3)
        else speaker.pick([", then ", ", ", ", ", ". ", ", after that ", " and then "])
    )
    last = speaker.pick([" and ", ", and ", ", then ", ", and finally ", " and finally ", ". finally, ", " and then "])
    return Request(joint.join(parts[:-1]) + last + parts[-1], acts, True)


def _helps(home: Home, row: int, case: dict[str, Any]) -> bool:
    """Says whether a thing helps in a situation."""
    names = home.infos[row].names
    if "give" in case:
        return next((n for n, s in names.items() if s == "name"), "") in case["give"]
    return (case.get("wider") or case["use"]) in names


def situation(speaker: Speaker) -> Request | None:
    """Someone tells what is the matter, and asks for something that helps."""
    home = Home(speaker)
    mine = [i for i in home.people if home.infos[i].group == "speaker"] or home.people
    if len(mine) != 1:
        return None
    every = words()["situations"]
    case = every[int(speaker.rng.integers(len(every)))]
    helpful = [i for i, r in enumerate(home.rows) if r.role == "object" and _helps(home, i, case)]
    if not helpful or not set(helpful) <= set(home.alike(helpful[0])) and not speaker.chance(0.4):
        return None
    a = home.first(helpful) if len(helpful) > 1 else helpful[0]
    if a not in home.free:
        return None
    say, ask = (CHOICE.sub(lambda m: speaker.pick(m[1].split("|")), speaker.pick(case[k])) for k in ("say", "ask"))
    draw = speaker.rng.random()
    if draw < 0.55:
        text = f"{say}{speaker.pick(['. ', ', ', '. ', ' so ', '! '])}{ask}"
    elif draw < 0.8:
        text = ask
    else:
        text = f"{ask}, {say}"
    speaker.modes.append("use")
    speaker.leave_open(text, (a,), helpful)
    return Request(text, [Act("give", (a, mine[0]))], False)


def put_away(speaker: Speaker) -> Request | None:
    """Wash or take several things and put them away, and close what was opened."""
    home = Home(speaker)
    t = speaker.row([i for i in home.having("openable") if home.rows[i].container and not home.rows[i].heater])
    washers = home.having("washer")
    a = speaker.row(home.able("w") if washers and speaker.chance(0.5) else home.free, *([t] if t is not None else []))
    if t is None or a is None or home.rows[a].support == t:
        return None
    thing, place, door = home.thing(a), home.place(t), home.goal(t)
    if thing is None or place is None or door is None:
        return None
    acts, treat = [], ""
    if washers and "w" in home.can.get(a, "") and speaker.chance(0.6):
        acts, treat = [Act("clean", (a, home.first(washers)))], home.verb("clean", thing).do
    start = f"{treat}, " if treat else ""
    it = "it" if treat else thing
    away = speaker.pick(
        [
            f"put {it} away {place}",
            f"put away {thing} {place}" if not treat else f"put it away {place}",
            f"tidy {it} away {place}",
            f"store {it} {place}",
            f"put {it} back {place}",
        ]
    )
    acts.append(Act("move", (a, t)))
    if speaker.chance(0.6):
        acts.append(Act("close", (t,)))
        shut, door_shut = home.shut("close"), home.shut("close", "the door")
        away += speaker.pick(
            [
                f" and {shut}",
                f", then {shut}",
                f" and {shut} again",
                f" and {door_shut if home.infos[t].shape == 'oven' else shut}",
            ]
        )
    return Request(start + away, acts, True)


TWO = (home_care.give, home_care.place, home_care.care_place, home_care.trash, home_care.care_give, give_several)


def two_errands(speaker: Speaker) -> Request | None:
    """Two requests in one sentence."""
    first = TWO[int(speaker.rng.integers(len(TWO)))](speaker)
    second = TWO[int(speaker.rng.integers(len(TWO)))](speaker) if first is not None else None
    if first is None or second is None:
        return None
    rows = {r for a in first.acts for r in a.rows if speaker.world.rows[r].role == "object"}
    if any(r in rows for a in second.acts for r in a.rows) or "?" in first.text + second.text:
        return None
    if first.verbal and second.verbal:
        joint = speaker.joint()
    else:  # whole sentences, which no "and then" joins
        joint = speaker.pick([". ", ". ", "; ", ". also, ", ". second, ", ", and ", ". besides, "])
    return Request(f"{first.text}{joint}{second.text}", [*first.acts, *second.acts], first.verbal)
