"""Families about all of a kind, a quality or a place at once: to somebody, to the trash, or to another place."""

from planner.factory.acts import Act
from planner.factory.home.care import giving
from planner.factory.home.goods import Want, kind_names, words
from planner.factory.home.nouns import plural
from planner.factory.home.shelf import Shelf, many_of
from planner.factory.request import Request
from planner.factory.speaker import Speaker

MOST = 8
"""Most things that one request moves. Source: our own."""


def _all(shelf: Shelf) -> tuple[str, list[int], int | None] | None:
    """Returns words for all things of a kind, quality or place, the rows, and the place that they are taken from."""
    s = shelf.s
    places = sorted({shelf.rows[i].support for i in shelf.goods})
    spot = shelf.drawn(places) if s.chance(0.6) else None
    here = [i for i in shelf.goods if spot is None or shelf.rows[i].support == spot]
    plain = spot is not None and s.chance(0.35)
    if plain:
        said = s.pick(
            ["everything", "everything", "all the things", "all things", "whatever is", "all objects", "all items"]
        )
        rows: list[int] | None = here
    elif s.chance(0.6):
        kinds = sorted({k for i in here for k in shelf.goods[i].kinds})
        if not kinds:
            return None
        kind = str(shelf.drawn(kinds))
        noun = s.pick(kind_names(kind))
        if noun.startswith("bag of"):
            noun = "chips"
        said = s.pick(["all the {}", "all {}", "the {}", "all of the {}", "all the {}"])
        # "the fruit" is one of them, "the fruits" and "all the fruit" are all
        said = said.format(plural(noun) if said == "the {}" or s.chance(0.3) else many_of(noun))
        rows = shelf.fitting(Want(kind), here)
    else:
        entry = shelf.drawn([e for e in words()["wants"] if e["of"]])
        quality, lacking = (entry["not"], True) if "not" in entry else (entry["is"], False)
        kind = str(shelf.drawn(entry["of"]))
        rows = shelf.fitting(Want(kind, str(quality), lacking), here)
        noun = kind_names(kind)[0]
        post = entry.get("post")
        if post and s.chance(0.4):
            said = f"all [the |]{many_of(noun)} {shelf.drawn(post)}".replace("[the |]", s.pick(["the ", ""]))
            said = (
                said.replace(" that has ", " that have ")
                .replace(" that is ", " that are ")
                .replace(" that gives ", " that give ")
            )
        else:
            said = f"{s.pick(['all', 'all the'])} {shelf.drawn(entry['adj'])} {many_of(noun)}"
    if not rows or len(rows) > MOST or (len(rows) < 2 and not plain):
        return None
    if spot is not None:
        name = shelf.goal(spot)
        if name is None:
            return None
        inside = shelf.rows[rows[0]].inside
        at, out = ("in", s.pick(["from", "out of", "from"])) if inside else ("on", s.pick(["from", "off", "from"]))
        said += f" {at if said.endswith(' is') or s.chance(0.5) else out} {name}"
        said = said.replace("whatever is from", "whatever is on")
    elif said.endswith(" is"):
        return None
    if len(rows) > 2 and s.chance(0.3):
        names = sorted({shelf.goods[i].name for i in rows})
        out_ = str(shelf.drawn(names))
        left = [i for i in rows if shelf.goods[i].name != out_]
        alone = sum(shelf.goods[i].name == out_ for i in rows) == 1
        but = s.pick(["except", "except for", "but", "but not", "apart from", "other than"])
        if left:
            rows = left
            said += f" {but} the {out_ if alone else many_of(out_)}"
    return said, rows, spot


def want_all(speaker: Speaker) -> Request | None:
    """All of a kind, a quality or a place: to somebody, to the trash, or to a place."""
    shelf = Shelf(speaker)
    if not shelf.goods:
        return None
    bins = [i for i in shelf.having("container") if not shelf.rows[i].openable and shelf.rows[i].role == "fixture"]
    draw = speaker.rng.random()
    speaker.modes.append("every")
    if draw < 0.14 and len(bins) == 1:
        return _cleared(shelf, bins[0])
    found = _all(shelf)
    if found is None:
        return None
    things, rows, spot = found
    order = shelf.ordered(rows)
    if draw < 0.5:
        p = shelf.listener()
        if p is None:
            return None
        said = shelf.told("give_many", things=things, **giving(shelf, p, things))
        return said._replace(acts=[Act("give", (i, p)) for i in order])
    if draw < 0.72:
        name = shelf.thing(bins[0], definite=True) if len(bins) == 1 else None
        if name is None:
            return None
        return shelf.told("trash_all", things=things, bin=name)._replace(
            acts=[Act("move", (i, bins[0])) for i in order]
        )
    t = shelf.spot(*({shelf.rows[i].support for i in rows} if spot is None else {spot}), *bins)
    if t is None or any(shelf.rows[i].support == t for i in rows):
        return None
    place, goal = shelf.place(t), shelf.goal(t)
    if place is None or goal is None:
        return None
    put = speaker.put(t, None)
    slots = {"put": put[0], "putting": put[1], "take": speaker.verb("take")[0], "join": speaker.joint()}
    sort = speaker.pick(["move_all", "many", "listed"])
    said = shelf.told(sort, things=things, place=place, goal=goal, go_belong="belong", **slots)
    return said._replace(acts=[Act("move", (i, t)) for i in order])


def _cleared(shelf: Shelf, bin_: int) -> Request | None:
    """Clear a table: what is on it goes into the trash, where there is just one bin."""
    spots = [i for i in range(len(shelf.rows)) if shelf.rows[i].surface and shelf.rows[i].role in ("table", "fixture")]
    spot = shelf.s.row([i for i in spots if 1 <= sum(r.support == i for r in shelf.rows) <= MOST])
    name = shelf.goal(spot) if spot is not None else None
    said = shelf.thing(bin_, definite=True)
    if spot is None or name is None or said is None:
        return None
    on, out = "on", shelf.s.pick(["off", "from"])
    rows = [i for i, r in enumerate(shelf.rows) if r.support == spot]
    order = shelf.ordered(rows)
    request = shelf.told("clear", spot=name, bin=said, on=on, out=out)
    return request._replace(acts=[Act("move", (i, bin_)) for i in order])


def restock(speaker: Speaker) -> Request | None:
    """Restock a place with a thing, or with all of a kind."""
    shelf = Shelf(speaker)
    bins = {i for i in shelf.having("container") if not shelf.rows[i].openable}
    t = speaker.row([i for i in shelf.spots(*bins) if shelf.rows[i].role != "object"])
    if t is None or not shelf.goods:
        return None
    if speaker.chance(0.65):
        i = speaker.row([i for i in shelf.free if i in shelf.goods and shelf.rows[i].support != t])
        things, rows = (shelf.thing(i, definite=True), [i]) if i is not None else (None, [])
    else:
        found = _all(shelf)
        things, rows = (found[0], found[1]) if found is not None else (None, [])
    place, spot = shelf.place(t), shelf.goal(t)
    if things is None or place is None or spot is None or any(shelf.rows[i].support == t for i in rows):
        return None
    order = shelf.ordered(rows)
    return shelf.told("restock", things=things, place=place, spot=spot)._replace(
        acts=[Act("move", (i, t)) for i in order]
    )
