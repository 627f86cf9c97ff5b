"""Families about what somebody wants by kind or quality, with what is excluded.

Where several things fit and the speaker leaves the choice, the leftmost is meant (`Home.first`).
"""

from typing import Any

from planner.factory.acts import Act
from planner.factory.home.care import giving
from planner.factory.home.goods import kind_names
from planner.factory.home.many import in_words
from planner.factory.home.nouns import a, plural
from planner.factory.home.shelf import Shelf, many_of
from planner.factory.request import Request
from planner.factory.speaker import Speaker

Meant = tuple[str, list[int]]
"""A noun phrase and the rows that fit it."""


def _wanted(shelf: Shelf) -> tuple[str, list[int], dict[str, Any]] | None:
    """Returns a phrase for a kind or quality, what fits it, and its entry; fewer fitting things are likelier."""
    s = shelf.s
    options = shelf.kinds() if s.chance(0.4) else shelf.qualities()
    if not options:
        return None
    weights = [1.0 / len(rows) for _, _, rows in options]
    total = sum(weights)
    want, entry, rows = options[int(s.rng.choice(len(options), p=[w / total for w in weights]))]
    return shelf.phrase(want, entry), rows, entry


def _less(shelf: Shelf, phrase: str, rows: list[int]) -> Meant | None:
    """Returns a phrase with something that is not meant: a thing or a kind."""
    s = shelf.s
    options: list[tuple[str, str, list[int]]] = []
    for name in sorted({shelf.goods[i].name for i in rows}):
        options.append((a(name), many_of(name), [i for i in rows if shelf.goods[i].name != name]))
    for kind in sorted({k for i in rows for k in shelf.goods[i].kinds}):
        left = [i for i in rows if kind not in shelf.goods[i].kinds]
        noun = kind_names(kind)[0]
        if f" {noun}" not in f" {phrase}" and noun not in ("food", "cleaning supply"):
            options.append((a(noun), plural(noun), left))
    options = [o for o in options if o[2]]
    sharp = [o for o in options if shelf.first(rows) not in o[2]]  # those that change the answer
    if sharp and s.chance(0.7):
        options = sharp
    if not options:
        return None
    one, many, left = shelf.drawn(options)
    draw = s.rng.random()
    if draw < 0.55:
        said = s.pick(
            [f"that is not {one}", f"that isn't {one}", f"but not {one}", f"but no {many}", f"other than {many}"]
        )
        return f"{phrase} {said}", left
    if draw < 0.65:
        return f"{phrase}, anything but {many}", left
    said = s.pick(
        [f"i am allergic to {many}", f"i don't like {many}", f"i can't stand {many}", f"i don't want {one}",
         f"no {many} please", f"i am sick of {many}", f"not {one}", f"just not {one}", f"i already had {one}"]
    )  # fmt: skip
    return f"{phrase}\0{said}", left


def want(speaker: Speaker) -> Request | None:
    """Bring or put something by its kind or quality, without what is excluded."""
    shelf = Shelf(speaker)
    found, p = _wanted(shelf), shelf.listener()
    if found is None or p is None:
        return None
    phrase, rows, entry = found
    after = ""
    if len(rows) > 1 and speaker.chance(0.4):
        less = _less(shelf, phrase, rows)
        if less is not None:
            (phrase, _, after), rows = less[0].partition("\0"), less[1]
    speaker.modes.append("want")
    row = shelf.first(rows)
    speaker.leave_open(phrase, (row,), rows)
    says = entry.get("need") or entry.get("say")
    if after or says and speaker.chance(0.35):
        if shelf.whom(p)[0] != "me":
            return None
        ask = shelf.told("helps", thing=phrase).text
        say = after or shelf.said(str(shelf.drawn(list(says or ()))))
        text = speaker.pick([f"{say}, {ask}", f"{say}. {ask}", f"{ask}, {say}", f"{ask}. {say}", f"{say}, so {ask}"])
        return Request(text, [Act("give", (row, p))], False)
    if speaker.chance(0.2):
        t = shelf.spot(row, *{shelf.rows[i].support for i in rows})
        place, goal = (shelf.place(t), shelf.goal(t)) if t is not None else (None, None)
        if t is None or place is None or goal is None:
            return None
        put = speaker.put(t, None)
        slots = {"put": put[0], "putting": put[1], "take": speaker.verb("take")[0], "join": speaker.joint()}
        said = shelf.told("place", thing=phrase, place=place, goal=goal, **slots)
        return said._replace(acts=[Act("move", (row, t))])
    return shelf.told("give", thing=phrase, **giving(shelf, p, phrase))._replace(acts=[Act("give", (row, p))])


def want_several(speaker: Speaker) -> Request | None:
    """Bring a drink and a snack, or two different drinks."""
    shelf = Shelf(speaker)
    p = shelf.listener()
    if p is None or not shelf.goods:
        return None
    chosen: list[int] = []
    parts: list[str] = []
    if speaker.chance(0.3):
        options = [
            (w, r)
            for w, _, r in shelf.kinds()
            if w.kind and w.kind != "food" and 2 <= len({shelf.goods[i].name for i in r})
        ]
        if not options:
            return None
        want_, rows = shelf.drawn(options)
        each = {shelf.goods[i].name: i for i in sorted(rows, key=lambda i: shelf.rows[i].position[1], reverse=True)}
        count = 2 if len(each) == 2 or speaker.chance(0.6) else 3
        noun = plural(kind_names(str(want_.kind))[0])
        number = speaker.pick([{2: "two", 3: "three"}[count], str(count), "a couple of" if count == 2 else "three"])
        parts = [f"{number} {speaker.pick(['different ', 'different ', 'kinds of ', 'sorts of '])}{noun}"]
        chosen = shelf.ordered(list(each.values()))[:count]
        speaker.leave_open(parts[0], chosen, rows)
    else:
        for _ in range(2 if speaker.chance(0.6) else 3):
            if parts and speaker.chance(0.4):
                i = speaker.row([i for i in shelf.free if i in shelf.goods], *chosen)
                said, rows = (shelf.thing(i), [i]) if i is not None else (None, [])
            else:
                found = _wanted(shelf)
                said, rows = (found[0], found[1]) if found is not None else (None, [])
            if said is None or not rows or set(rows) & set(chosen):
                return None
            if any(said == other for other in parts):
                return None
            chosen.append(shelf.first(rows))
            speaker.leave_open(said, chosen[-1:], rows)
            parts.append(said)
            if len(rows) > 1 and any(i in rows for i in chosen[:-1]):
                return None
    things = in_words(speaker, parts) if len(parts) > 1 else parts[0]
    if speaker.chance(0.3):
        things += shelf.one("meals")
    speaker.modes.append("want")
    request = shelf.told("give_many", things=things, **giving(shelf, p, things))
    return request._replace(acts=[Act("give", (i, p)) for i in chosen])


def which(speaker: Speaker) -> Request | None:
    """The drink, where there are several and nothing tells them apart; or where there is one."""
    shelf = Shelf(speaker)
    p, options = shelf.listener(), [(w, r) for w, _, r in shelf.kinds() if len(r) < 5]
    if p is None or not options:
        return None
    want_, rows = shelf.drawn(options)
    names = {shelf.goods[i].name for i in rows}
    noun = speaker.pick(kind_names(str(want_.kind)))
    if len(rows) > 1 and len(names) == 1 or f"the {noun}" in ("the food", "the cleaning supply"):
        return None
    if any(
        noun in f" {n}" for i in rows for n in shelf.infos[i].names if len(rows) > 1 and shelf.rows[i].words == noun
    ):
        return None
    row = rows[int(speaker.rng.integers(len(rows)))]
    thing = f"the {noun}"
    speaker.modes.append("vague" if len(rows) > 1 else "wider")
    said = shelf.told("give", thing=thing, **giving(shelf, p, thing))
    return said._replace(acts=[Act("give", (row, p))], ask=len(rows) > 1)
