"""Household requests that cannot be met: the thing is not here, or nothing here heats, cools or washes."""

from planner.factory.home import care as home_care
from planner.factory.home.care import TREATMENTS
from planner.factory.home.say import Home
from planner.factory.home.words import furniture
from planner.factory.refusing import missing_piece, missing_thing, unknown
from planner.factory.request import Request
from planner.factory.speaker import Speaker

ASKS = (home_care.give, home_care.hold, home_care.place, home_care.care_place, home_care.look, home_care.care_give)


def missing(speaker: Speaker) -> Request | None:
    """A household request whose thing is taken out of the scene; the caller takes it out."""
    request = ASKS[int(speaker.rng.integers(len(ASKS)))](speaker)
    if request is None or {"use", "wider", "any"} & set(speaker.modes):
        return None
    home = Home(speaker)
    subject = next((a.rows[0] for a in request.acts if home.rows[a.rows[0]].role == "object"), None)
    if subject is None:
        return None
    named = {w for i in home.alike(subject) for n in home.infos[i].names for w in n.split()}
    for i, info in enumerate(home.infos):
        others = {w for n, sort in info.names.items() if sort in ("name", "synonym") for w in n.split()}
        if home.rows[i].role == "object" and info.group != home.infos[subject].group and others & named:
            return None
    return request._replace(acts=sorted(request.acts, key=lambda a: a.rows[0] != subject))


def absent(speaker: Speaker) -> Request | None:
    """A household request about a thing, or a piece of furniture, that was never here; its like often is."""
    home = Home(speaker)
    if speaker.chance(0.3):
        every = [p for pieces in furniture().values() for p in pieces]
        piece = every[int(speaker.rng.integers(len(every)))]
        name: str | None = piece.name
        if home.s.world.wide and speaker.chance(0.5):
            name = missing_piece(speaker)
        elif not unknown(speaker, (piece.name, *piece.also)):
            return None
        if name is None:
            return None
        if speaker.chance(0.6):
            kind = speaker.pick(["open", "close", "turn_on", "turn_on", "turn_off"])
            article = speaker.pick(["the", "the", "the", "my", "that"])
            text, verbal = speaker.state_clause(kind, f"{article} {name}")
            return Request(text, [], verbal, refusal="refuse_missing")
        go = home.verb("visit", "")
        said = home.told("visit", a=f"the {name}", go=go.do.strip(), going=go.doing.strip(), go2=home.one("go2"))
        return said._replace(refusal="refuse_missing")
    thing = missing_thing(speaker)
    if thing is None:
        return None
    p, t, draw = speaker.row(home.people), home.spot(), speaker.rng.random()
    kinds = [k for k, (_, flag) in TREATMENTS.items() if home.having(flag)]
    if draw < 0.1:
        verb = home.verb("slice", thing)
        said = home.told("slice", treat=verb.do, treating=verb.doing, treated=verb.done, thing=thing)
    elif draw < 0.4 and p is not None:
        said = home.told("give", thing=thing, **home_care.giving(home, p, thing))
    elif draw < 0.6 and kinds:
        kind = speaker.pick(kinds)
        app = home.goal(home.first(home.having(TREATMENTS[kind][1])))
        verb, again = home.verb(kind, thing), home.verb(kind, "it")
        slots = {"treat": verb.do, "treating": verb.doing, "treated": verb.done, "treat_it": again.do, "thing": thing}
        if app is None:
            return None
        said = home.told("care", app=app, state=home.one("states", kind), take=speaker.verb("take")[0], **slots)
    elif draw < 0.73:
        verb = home.verb("hold", thing)
        said = home.told("hold", hold=verb.do, holding=verb.doing, held=verb.done, thing=thing, out="into your hand")
    else:
        place, goal = (home.place(t), home.goal(t)) if t is not None else (None, None)
        if t is None or place is None or goal is None:
            return None
        put = speaker.put(t, None)
        slots = {"put": put[0], "putting": put[1], "take": speaker.verb("take")[0], "join": speaker.joint()}
        said = home.told("place", thing=thing, place=place, goal=goal, **slots)
    return said._replace(refusal="refuse_missing")


def no_appliance(speaker: Speaker) -> Request | None:
    """A treatment for which nothing here serves."""
    home = Home(speaker)
    kinds = [k for k, (_, flag) in TREATMENTS.items() if not home.having(flag)]
    if not kinds:
        return None
    kind = speaker.pick(kinds)
    a = speaker.row(home.able(TREATMENTS[kind][0]) or home.free)
    thing = home.thing(a) if a is not None else None
    if a is None or thing is None:
        return None
    verb, again = home.verb(kind, thing), home.verb(kind, "it")
    t = home.spot(a)
    place = home.place(t) if t is not None and speaker.chance(0.5) else None
    adj = home.thing(a, home.one("adjectives", kind))
    if place is None or t is None or adj is None:
        text = speaker.pick(
            [
                verb.do,
                verb.do,
                f"~{verb.doing}",
                f"~to {verb.do}",
                f"~{thing} should be {verb.done}",
                f"~i want {thing} {verb.done}",
                f"~can i get {thing} {verb.done}",
                f"take {thing} and {again.do}",
            ]
        )
    else:
        put = speaker.put(t, None)
        text = speaker.pick(
            [
                f"{verb.do}{speaker.joint()}{put[0]} it {place}",
                f"{verb.do} and {put[0]} it {place}",
                f"{put[0]} {adj} {place}",
                f"~{put[1]} {adj} {place}",
                f"~to {put[0]} {adj} {place}",
                f"take {thing}, {again.do} and {put[0]} it {place}",
            ]
        )
    return Request(text.removeprefix("~"), [], not text.startswith("~"), refusal="refuse_unable")
