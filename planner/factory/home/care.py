"""Household families about one thing: treat it, place it, bring it, hold it, look at it, throw it away."""

from planner.factory.acts import Act
from planner.factory.home.say import Home, home_frames
from planner.factory.mood import CLAUSES
from planner.factory.request import Request
from planner.factory.speaker import Speaker

TREATMENTS = {"heat": ("h", "heater"), "chill": ("c", "cooler"), "clean": ("w", "washer")}


def treatment(home: Home) -> tuple[str, int, int, bool] | None:
    """Returns a treatment, a thing for it, the appliance, and whether the thing is sliced before."""
    s = home.s
    kinds = [k for k, (_, flag) in TREATMENTS.items() if home.having(flag)]
    if not kinds:
        return None
    kind = s.pick(kinds)
    letter, flag = TREATMENTS[kind]
    a, b = s.row(home.able(letter)), s.row(home.having(flag))
    if a is None or b is None or home.rows[b].words == "freezer" and s.chance(0.5):
        return None
    nearest = min(home.having(flag), key=lambda i: home.rows[i].position[1])
    sliced = "s" in home.can.get(a, "") and s.chance(0.35)
    return kind, a, nearest, sliced


def _slots(home: Home, kind: str, a: int, b: int, sliced: bool) -> tuple[dict[str, str], list[Act]] | None:
    """Returns the words for a treatment and the acts."""
    s = home.s
    acts = [Act("slice", (a,))] if sliced else []
    acts.append(Act(kind, (a, b)))
    cut_first = sliced and s.chance(0.4)
    adj = home.thing(a, home.one("adjectives", kind), slices=sliced)
    thing, app = home.thing(a, slices=sliced and not cut_first), home.goal(b)
    if adj is None or thing is None or app is None:
        return None
    verb, again = home.verb(kind, thing), home.verb(kind, "it")
    treat, treating = verb.do, verb.doing
    if cut_first:
        cut = home.verb("slice", thing)
        slice_it = s.pick(["it", "it", "a slice", "a piece", "a slice of it", "one slice"])
        treat = f"{cut.do}{s.pick([', ', ' and ', ', then '])}{home.verb(kind, slice_it).do}"
        treating = f"{cut.doing} and {home.verb(kind, slice_it).doing}"
    slots = {"adj": adj, "thing": thing, "app": app, "treat": treat, "treating": treating, "treated": verb.done}
    slots |= {"treat_it": again.do, "treating_it": again.doing, "state": home.one("states", kind)}
    if cut_first:
        slots["treat_it"] = f"{home.verb('slice', 'it').do}, {again.do}"
        slots["treating_it"] = f"{home.verb('slice', 'it').doing} and {again.doing}"
        slots["treated"] = f"sliced, {verb.done}"
    slots |= {"take": s.verb("take")[0], "join": s.joint()}
    return slots, acts


def care_place(speaker: Speaker) -> Request | None:
    """Wash, heat or chill a thing, sliced perhaps, and put it somewhere."""
    home = Home(speaker)
    found = treatment(home)
    if found is None:
        return None
    kind, a, b, sliced = found
    t = home.spot(a, *([b] if speaker.chance(0.8) else []))
    told = _slots(home, kind, a, b, sliced)
    place = home.place(t) if t is not None else None
    if told is None or t is None or place is None:
        return None
    slots, acts = told
    put = speaker.put(t, None)
    slots |= {"put": put[0], "putting": put[1], "placed": put[2], "place": place}
    return home.told("care_place", **slots)._replace(acts=[*acts, Act("move", (a, t))])


def care(speaker: Speaker) -> Request | None:
    """Wash, heat or chill a thing; or slice it."""
    home = Home(speaker)
    found = treatment(home)
    if found is None or speaker.chance(0.25):
        return _slice(home)
    kind, a, b, sliced = found
    told = _slots(home, kind, a, b, sliced)
    if told is None:
        return None
    return home.told("care", **told[0])._replace(acts=told[1])


def _slice(home: Home) -> Request | None:
    a = home.s.row(home.able("s"))
    thing = home.thing(a) if a is not None else None
    if a is None or thing is None:
        return None
    verb = home.verb("slice", thing)
    said = home.told("slice", treat=verb.do, treating=verb.doing, treated=verb.done, thing=thing)
    if home.s.chance(0.2):
        said = said._replace(text=said.text + home.one("slice_tool"))
    return said._replace(acts=[Act("slice", (a,))])


def care_give(speaker: Speaker) -> Request | None:
    """Treat a thing and bring it to somebody."""
    home = Home(speaker)
    found, p = treatment(home), speaker.row(home.people)
    if found is None or p is None:
        return None
    told = _slots(home, *found)
    if told is None:
        return None
    slots, acts = told
    slots |= giving(home, p, slots["thing"])
    return home.told("treated_give", **slots)._replace(acts=[*acts, Act("give", (found[1], p))])


def giving(home: Home, p: int, thing: str) -> dict[str, str]:
    """Returns the words for giving a thing to a person."""
    s = home.s
    whom, who = home.whom(p)
    give, to = home.verb("give", ""), home.verb("give_to", thing)
    wants = home.one("wants_me") if who == "i" else home.one("wants_other").format(who=who)
    slots = {"give": give.do.strip(), "giving": give.doing.strip(), "give_to": to.do, "giving_to": to.doing}
    slots |= {"give_it": home.verb("give_to", "it").do, "whom": whom, "who": who, "whom_wants": wants}
    return slots | {"please_bring": home.one("please_bring"), "take": s.verb("take")[0], "join": s.joint()}


def give(speaker: Speaker) -> Request | None:
    """Bring one thing to somebody."""
    home = Home(speaker)
    a, p = speaker.row(home.free), speaker.row(home.people)
    if a is None or p is None:
        return None
    thing = home.thing(a)
    if thing is None:
        return None
    if speaker.chance(0.12):
        origin = home.source(a)
        if origin is not None:
            thing = (
                f"{home.thing(a)} {speaker.pick(['from', origin[1], home.one('lying') + ' ' + origin[0]])} {origin[2]}"
            )
            if thing.startswith("None"):
                return None
    slots = giving(home, p, thing)
    if speaker.chance(CLAUSES):
        said = home.wished("give", thing=thing, whom=slots["whom"], who=slots["who"])
    else:
        said = home.told("give", thing=thing, **slots)
    return said._replace(acts=[Act("give", (a, p))])


def hold(speaker: Speaker) -> Request | None:
    """Pick up a thing and keep it."""
    home = Home(speaker)
    a = speaker.row(home.free)
    if a is None:
        return None
    thing, origin = home.thing(a), home.source(a)
    if thing is None:
        return None
    verb = home.verb("hold", thing)
    out = f"{origin[1]} {origin[2]}" if origin is not None else "into your hand"
    if origin is not None and speaker.chance(0.2):
        verb = verb._replace(do=f"{verb.do} {out}", doing=f"{verb.doing} {out}")
    slots = {"hold": verb.do, "holding": verb.doing, "held": verb.done, "thing": thing, "out": out}
    said = home.wished("hold", thing=thing) if speaker.chance(CLAUSES) else home.told("hold", **slots)
    return said._replace(acts=[Act("hold", (a,))])


def look(speaker: Speaker) -> Request | None:
    """Look at a thing under a lamp: hold it, and turn the lamp on."""
    home = Home(speaker)
    lamps = [
        i
        for i in home.having("switchable")
        if any(n.endswith(("lamp", "light")) for n in home.infos[i].names) and "switch" not in home.infos[i].names
    ]
    b, a = speaker.row(lamps), speaker.row(home.free)
    if a is None or b is None:
        return None
    thing, lamp = home.thing(a), home.thing(b)
    if thing is None or lamp is None:
        return None
    it, seen, onto = home.verb("hold", thing), home.verb("look", ""), speaker.pick(home_frames()["on_lamp"])
    slots = {"thing": thing, "lamp": lamp, "hold": it.do, "holding": it.doing, "look": seen.do.strip()}
    slots |= {"looking": seen.doing.strip(), "on": onto.replace("_", lamp), "on_it": onto.replace(" _", "") + " it"}
    slots["on_it"] = speaker.pick(["turn it on", "switch it on", "turn the light on", "turn on the light"])
    slots |= {"oning": home.one("oning_lamp").replace("_", lamp), "under": home.one("under")}
    slots |= {"take": speaker.verb("take")[0], "join": speaker.joint()}
    return home.told("look", **slots)._replace(acts=[Act("turn_on", (b,)), Act("hold", (a,))])


def visit(speaker: Speaker) -> Request | None:
    """Go somewhere, or to several places in turn."""
    home = Home(speaker)
    roles = ("fixture", "table", "person")
    marks = [i for i, r in enumerate(home.rows) if r.role in roles and r.words not in ("you", "floor")]
    chosen = [marks[int(k)] for k in speaker.rng.permutation(len(marks))[:3]]
    said = [home.whom(i)[0] if home.rows[i].role == "person" else home.thing(i) for i in chosen]
    if len(chosen) < 2 or any(w is None for w in said):
        return None
    first, second, third = (str(w) for w in (*said, said[0])[:3])
    go, then = home.verb("visit", ""), home.verb("visit", "")
    slots = {"a": first, "b": second, "c": third, "go": go.do.strip(), "going": go.doing.strip()}
    slots |= {"go_b": then.do.strip(), "go2": home.one("go2"), "join": speaker.joint()}
    if speaker.chance(CLAUSES):
        return home.wished("visit", a=first)._replace(acts=[Act("visit", (chosen[0],))])
    if speaker.chance(0.55):
        return home.told("visit", **slots)._replace(acts=[Act("visit", (chosen[0],))])
    frames = home_frames()["visits"]
    frame = str(frames[int(speaker.rng.integers(len(frames)))])
    if "{c}" in frame and len(chosen) < 3:
        return None
    acts = [Act("visit", (i,)) for i in chosen[: 3 if "{c}" in frame else 2]]
    return home.written(frame, **slots)._replace(acts=acts)


def place(speaker: Speaker) -> Request | None:
    """Put one thing somewhere, from a place that is named perhaps."""
    home = Home(speaker)
    a = speaker.row(home.free)
    if a is None:
        return None
    t = home.spot(a, home.rows[a].support)
    thing, goal = home.thing(a), home.place(t) if t is not None else None
    if t is None or thing is None or goal is None:
        return None
    if speaker.chance(CLAUSES):
        return home.wished("move", thing=thing, place=goal)._replace(acts=[Act("move", (a, t))])
    put, origin = speaker.put(t, None), home.source(a)
    slots = {"put": put[0], "putting": put[1], "thing": thing, "place": goal, "take": speaker.verb("take")[0]}
    name = home.goal(t)
    if name is None:
        return None
    slots |= {"join": speaker.joint(), "goal": name}
    if origin is None or speaker.chance(0.55):
        return home.told("place", **slots)._replace(acts=[Act("move", (a, t))])
    slots |= {"at": origin[0], "out": origin[1], "source": origin[2]}
    lying = home.one("lying")
    slots["lying"] = lying if lying == "from" else f"{lying} {origin[0]}"
    return home.told("from", **slots)._replace(acts=[Act("move", (a, t))])


def trash(speaker: Speaker) -> Request | None:
    """Throw a thing away."""
    home = Home(speaker)
    bins = [i for i in home.having("container") if any("trash" in n or "garbage" in n for n in home.infos[i].names)]
    a, b = speaker.row(home.free), speaker.row(bins)
    if a is None or b is None or len(bins) > 1 or home.rows[a].support == b:
        return None
    thing, name = home.thing(a), home.thing(b)
    if thing is None or name is None:
        return None
    return home.told("trash", thing=thing, bin=name)._replace(acts=[Act("move", (a, b))])
