"""Household families about several things: two of a kind, nested things, everything red, lists."""

from planner.factory.acts import Act
from planner.factory.home.care import TREATMENTS, giving
from planner.factory.home.nouns import plural
from planner.factory.home.say import Home
from planner.factory.home.shelf import many_of
from planner.factory.lexicon import vague_words
from planner.factory.request import Request
from planner.factory.speaker import Speaker

_GO = {False: ("go", "belong"), True: ("goes", "belongs")}
COUNTS = {2: ("two", "two", "two", "2", "a pair of", "both"), 3: ("three", "three", "3", "all three")}


def alike(speaker: Speaker) -> Request | None:
    """Put two (or three, or all) of a kind somewhere."""
    home = Home(speaker)
    groups = {tuple(sorted(home.alike(i))) for i in home.free}
    kinds = [g for g in groups if len(g) > 1 and all(i in home.free for i in g)]
    if not kinds:
        return None
    members = list(sorted(kinds)[int(speaker.rng.integers(len(kinds)))])
    count = len(members) if speaker.chance(0.7) or len(members) == 2 else 2
    ordered = sorted(members, key=lambda i: (home.rows[i].position[1], home.rows[i].position[0]))[:count]
    t = home.spot(*members, *{home.rows[i].support for i in members})
    place = home.place(t) if t is not None else None
    base, look, sort = speaker.say.base(members[0])
    if t is None or place is None or sort == "use" or not set(speaker.say.fitting(base, look)) <= set(members):
        return None
    noun = plural(speaker.say.spoken(base, look))
    if count > 3 or count < len(members) and count != 2:
        return None
    number = speaker.pick(COUNTS[count])
    if number.startswith(("all", "both")) and count != len(members):
        return None
    options = [
        f"{number} {noun}",
        f"{number} {noun}",
        f"the {number} {noun}" if number in ("two", "three") else f"{number} {noun}",
    ]
    if count == len(members):
        options += [
            f"the {noun}",
            f"all the {noun}",
            f"all {noun}",
            noun,
            f"both {noun}" if count == 2 else f"all of the {noun}",
        ]
    things = speaker.pick(options)
    speaker.modes.append("count")
    speaker.leave_open(things, ordered, members)
    return _many(home, things, place, t)._replace(acts=[Act("move", (i, t)) for i in ordered])


def _many(home: Home, things: str, place: str, t: int) -> Request:
    s = home.s
    put = s.put(t, None)
    slots = {"put": put[0], "putting": put[1], "things": things, "place": place, "take": s.verb("take")[0]}
    return home.told(
        "many", join=s.joint(), go_belong=s.pick(_GO[things.startswith(("everything", "whatever", "every "))]), **slots
    )


def nested(speaker: Speaker) -> Request | None:
    """A thing into a dish, and the dish somewhere."""
    home = Home(speaker)
    dishes = [i for i in home.free if home.rows[i].surface or home.rows[i].container]
    b = speaker.row(dishes)
    a = speaker.row(home.free, b) if b is not None else None
    if a is None or b is None or (home.rows[a].surface and not speaker.chance(0.3)):
        return None
    c = home.spot(a, b, home.rows[b].support)
    if c is None or home.rows[c].role == "object":
        return None
    first, second, place, goal = home.thing(a), home.thing(b), home.place(c), home.goal(c)
    if first is None or second is None or place is None or goal is None:
        return None
    flat = not home.rows[b].container and {"plate", "tray", "saucer", "cutting board"} & set(home.infos[b].names)
    prep, it = ("on", "on it") if flat else (speaker.pick(("in", "in", "into", "inside")), "in it")
    put, then = speaker.put(b, None), speaker.put(c, None)
    noun = second.split(" ", 1)[-1]
    slots = {
        "a": first,
        "b": second,
        "in_b": f"{prep} {second}",
        "in_it": it,
        "in_it2": speaker.pick([it, it, f"{it.split()[0]}to it" if it == "in it" else it]),
    }
    slots |= {"put": put[0], "putting": put[1], "put2": then[0], "putting2": then[1], "place": place, "goal": goal}
    slots |= {
        "it": speaker.pick(["it", f"the {noun}" if " " not in noun else "it", "both", "them"]),
        "join": speaker.joint(),
    }
    slots["place_it"] = f"and {then[0]} it {place}"
    text = home.told("nested", **slots)
    return text._replace(acts=[Act("move", (b, c)), Act("move", (a, b))])


def _classes(home: Home) -> list[tuple[str, list[int]]]:
    """Returns groups of things with the words for them: by class, by look, by place."""
    found: list[tuple[str, list[int]]] = []
    wider: dict[str, None] = {}
    looks: dict[str, list[int]] = {}
    places: dict[int, list[int]] = {}
    objects = [i for i, r in enumerate(home.rows) if r.role == "object"]
    for i in objects:
        for name, sort in home.infos[i].names.items():
            if sort == "wider" and not name.startswith("something") and name not in vague_words():
                wider[name] = None
        for look in home.infos[i].looks:
            looks.setdefault(look, []).append(i)
        if home.rows[i].support >= 0 and home.rows[home.rows[i].support].role != "object":
            places.setdefault(home.rows[i].support, []).append(i)
    pick = home.s.pick
    for name in wider:
        members = home.s.say.fitting(name, None)
        if any(name not in home.infos[i].names for i in members):  # are jars dishes? people would argue
            continue
        found.append(
            (
                pick(["all the {}", "all {}", "the {}", "every one of the {}", "all of the {}", "every {0}"])
                .replace("every {0}", "all the {}")
                .format(many_of(name)),
                members,
            )
        )
    for look, members in looks.items():
        if len(look.split()) == 1:
            found.append(
                (
                    pick(
                        [
                            "everything {}",
                            "everything that is {}",
                            "all {} things",
                            "all the {} things",
                            "every {} thing",
                            "all {} objects",
                            "whatever is {}",
                        ]
                    ).format(look),
                    members,
                )
            )
    for spot, members in places.items():
        said = home.goal(spot) if home.rows[spot].role != "part" else None
        if said is not None:
            at = "in" if home.rows[members[0]].inside else "on"
            found.append(
                (
                    pick(
                        [
                            "everything {}",
                            "everything that is {}",
                            "all the things {}",
                            "all things {}",
                            "whatever is {}",
                            "all objects {}",
                            "all the stuff {}",
                        ]
                    ).format(f"{at} {said}"),
                    members,
                )
            )
    return [(w, m) for w, m in found if 2 <= len(m) <= 10 and all(i in home.free for i in m)]


def all_of(speaker: Speaker) -> Request | None:
    """Put all of a class somewhere, or all but one."""
    home = Home(speaker)
    options = _classes(home)
    if not options:
        return None
    things, members = options[int(speaker.rng.integers(len(options)))]
    if len(members) > 2 and speaker.chance(0.35):
        out = members[int(speaker.rng.integers(len(members)))]
        said = home.thing(out, definite=True)
        if said is None:
            return None
        members = [i for i in members if i != out]
        but = speaker.pick(["except", "except", "but", "apart from", "except for", "other than", "but not"])
        things = f"{things} {but} {said}"
    supports = {home.rows[i].support for i in members}
    t = home.spot(*members, *supports)
    if t is None or home.rows[t].role == "object":
        return None
    place = home.place(t)
    if place is None:
        return None
    ordered = sorted(members, key=lambda i: (home.rows[i].position[1], i))
    speaker.modes.append("every")
    return _many(home, things, place, t)._replace(acts=[Act("move", (i, t)) for i in ordered])


def in_words(speaker: Speaker, said: list[str]) -> str:
    """Returns a list in words."""
    joined = speaker.pick([" and ", " and ", " and also ", ", and ", " as well as ", " plus "])
    return ", ".join(said[:-1]) + joined + said[-1]


def give_several(speaker: Speaker) -> Request | None:
    """Bring several things to somebody."""
    home = Home(speaker)
    p = speaker.row(home.people)
    count = int(speaker.rng.choice([2, 3, 4], p=[0.6, 0.3, 0.1]))
    if p is None or len(home.free) < count:
        return None
    chosen = [home.free[int(k)] for k in speaker.rng.permutation(len(home.free))[:count]]
    said = [home.thing(i) for i in chosen]
    if any(w is None for w in said) or len(set(said)) < count:
        return None
    things = in_words(speaker, [str(w) for w in said])
    request = home.told("give_all", things=things, **giving(home, p, things))
    return request._replace(acts=[Act("give", (i, p)) for i in chosen])


def listed(speaker: Speaker) -> Request | None:
    """Put several different things in one place; set the table."""
    home = Home(speaker)
    count = int(speaker.rng.choice([2, 3, 4, 5], p=[0.45, 0.33, 0.15, 0.07]))
    if len(home.free) < count:
        return None
    chosen = [home.free[int(k)] for k in speaker.rng.permutation(len(home.free))[:count]]
    said = [home.thing(i) for i in chosen]
    t = home.spot(*chosen, *{home.rows[i].support for i in chosen})
    place, goal = (home.place(t), home.goal(t)) if t is not None else (None, None)
    if t is None or place is None or goal is None or None in said or len(set(said)) < count:
        return None
    put, things = speaker.put(t, None), in_words(speaker, [str(w) for w in said])
    slots = {"put": put[0], "putting": put[1], "take": speaker.verb("take")[0], "join": speaker.joint()}
    sort = "set_table" if "table" in home.rows[t].words and speaker.chance(0.5) else "listed"
    request = home.told(sort, things=things, place=place, goal=goal, **slots)
    return request._replace(acts=[Act("move", (i, t)) for i in chosen])


def treat_alike(speaker: Speaker) -> Request | None:
    """Wash, heat or chill two or three of a kind and put them somewhere."""
    home = Home(speaker)
    kinds = [k for k, (_, flag) in TREATMENTS.items() if home.having(flag)]
    if not kinds:
        return None
    kind = speaker.pick(kinds)
    letter, flag = TREATMENTS[kind]
    able = home.able(letter)
    groups = sorted({g for i in able if 1 < len(g := tuple(sorted(home.alike(i)))) < 4 and set(g) <= set(able)})
    if not groups:
        return None
    members = groups[int(speaker.rng.integers(len(groups)))]
    base, look, sort = speaker.say.base(members[0])
    t = home.spot(*members, *{home.rows[i].support for i in members})
    place = home.place(t) if t is not None else None
    if t is None or place is None or sort == "use" or not set(speaker.say.fitting(base, look)) <= set(members):
        return None
    noun = plural(speaker.say.spoken(base, look))
    number = speaker.pick(COUNTS[len(members)])
    before = speaker.pick([f"{number} ", "the ", "", "all the "])
    things, adjs = f"{before}{noun}", f"{before}{home.one('adjectives', kind)} {noun}"
    verb, them, put = home.verb(kind, things), home.verb(kind, "them"), speaker.put(t, None)
    slots = {"treat": verb.do, "treating": verb.doing, "treat_them": them.do, "things": things, "adjs": adjs}
    slots |= {"put": put[0], "putting": put[1], "place": place, "take": speaker.verb("take")[0]}
    b = home.first(home.having(flag))
    ordered = sorted(members, key=lambda i: (home.rows[i].position[1], home.rows[i].position[0]))
    acts = [act for i in ordered for act in (Act(kind, (i, b)), Act("move", (i, t)))]
    return home.told("treat_many", join=speaker.joint(), **slots)._replace(acts=acts)
