"""Ways to tell one entity from others that the same words fit: by place, relation, content, state or what it is not."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from planner.factory.lexicon import read
from planner.factory.reference import Reference

if TYPE_CHECKING:
    from planner.factory.refer import Referrer

MARGIN_M = 0.045
"""Least lead in a direction for "the left one" [m]. Source: our own."""
MIDDLE_SPREAD = 1.4
"""How much longer than wide a row of three is, so that it has a middle one. Source: our own."""
Way = Callable[["Referrer", int, list[int], str, str | None], Reference | None]


@cache
def words() -> dict[str, Any]:
    """Returns the words for relations."""
    return dict(read("relations"))


def joined(say: "Referrer", base: str, look: str | None, post: str, mode: str, bare: bool = False) -> Reference:
    """Returns the noun phrase followed by what tells it apart; ``bare`` adds no link between them."""
    link = "" if bare else say.pick(["", "", "", "", "", "that is ", "which is ", "that's "])
    if " " in post and post.split()[0] in ("that", "that's", "which", "sitting", "lying", "standing", "from", "off"):
        link = ""
    return Reference(f"the {say.spoken(base, look)} {link}{post}", mode)


def ground(say: "Referrer", row: int) -> str | None:
    """Returns what a table or floor may be called, if no other row is called so."""
    label, info = say.world.rows[row].words, say.world.infos[row]
    options = [n for n in dict.fromkeys(("table", label)) if n in info.names and say.fitting(n, None) == [row]]
    return f"the {say.pick(options)}" if options else None


def directions(say: "Referrer", row: int, fitting: list[int]) -> list[str]:
    """Returns the directions in which a row leads all others that fit by a clear margin."""
    others = [i for i in fitting if i != row]
    lead = say.place[row] - say.place[others]
    found = []
    for axis, (plus, minus) in enumerate((("front", "back"), ("right", "left"))):
        if (lead[:, axis] > MARGIN_M).all():
            found.append(plus)
        if (lead[:, axis] < -MARGIN_M).all():
            found.append(minus)
    if len(fitting) == 3:
        spread = np.ptp(say.place[fitting], 0)
        axis = int(spread[1] > spread[0])
        if spread[axis] > MIDDLE_SPREAD * spread[1 - axis]:
            ordered = sorted(fitting, key=lambda i: float(say.place[i][axis]))
            if ordered[1] == row and np.diff(say.place[ordered][:, axis]).min() > MARGIN_M:
                found += ["middle", "middle"]
    return found


def side(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The left, right, front, back or middle one."""
    if len(fitting) < 2:
        return None
    options = directions(say, row, fitting)
    if not options:
        return None
    if len({"front", "back"} & set(options)) and len({"left", "right"} & set(options)) and say.chance(0.2):
        depth, width = ("front" if "front" in options else "back"), ("left" if "left" in options else "right")
        entry = words()["corners"][f"{depth} {width}"]
        if say.chance(0.5):
            return Reference(f"the {say.spoken(base, look, say.pick(entry['before']))}", "corner")
        return joined(say, base, look, say.pick(entry["after"]), "corner")
    found = say.pick(options)
    entry = words()["sides"][found]
    if say.chance(0.5):
        noun = say.spoken(base, look, say.pick(entry["before"]))
        if look is not None and say.chance(0.15):
            noun = f"{look} {say.pick(entry['before'])} {base}"
        if say.chance(0.04):
            noun = f"{say.spoken(base, look)}, the {entry['before'][0]} one,"
        return Reference(f"the {noun}", found)
    return joined(say, base, look, say.pick(entry["after"]), found)


def ordinal(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The second one from the left."""
    if len(fitting) < 3 or len(fitting) > 4:
        return None
    options = []
    for axis, (low, high) in enumerate((("back", "front"), ("left", "right"))):
        ordered = sorted(fitting, key=lambda i: float(say.place[i][axis]))
        if np.diff(say.place[ordered][:, axis]).min() > MARGIN_M:
            options += [(low, ordered.index(row)), (high, len(fitting) - 1 - ordered.index(row))]
    if not options:
        return None
    start, rank = options[int(say.rng.integers(len(options)))]
    count = say.pick(words()["ordinals"][rank])
    return Reference(f"the {count} {say.spoken(base, look)} {say.pick(words()['from'][start])}", "ordinal")


def support(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The one on, or in, something."""
    rows = say.world.rows
    at = rows[row].support
    if at < 0 or any(i != row and say.stands(i, at) for i in fitting):
        return None
    if rows[at].role == "table":
        if len(fitting) < 2:
            return None
        link, under = say.pick(["", "", "standing ", "directly ", "sitting ", "lying "]), ground(say, at)
        return None if under is None else joined(say, base, look, f"{link}on {under}", "on", bool(link))
    whole = rows[at].parent
    target = whole if whole >= 0 and say.world.infos[at].part == "top_side" else at
    said = say.anchor(target)
    if said is None:
        return None
    mode = "in" if rows[row].inside else "on"
    return joined(say, base, look, f"{say.pick(words()['within' if mode == 'in' else 'upon'])} {said.text}", mode)


def anchors(say: "Referrer", row: int, fitting: list[int]) -> list[int]:
    """Returns the rows that a row's place may be told by, in random order."""
    rows = say.world.rows
    found = [
        i
        for i, r in enumerate(rows)
        if r.role in ("object", "fixture") and i not in fitting and i != rows[row].support and r.support != row
    ]
    say.rng.shuffle(found)
    return found


def near(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The one next to, nearest to, or farthest from something."""
    others = [i for i in fitting if i != row]
    for anchor in anchors(say, row, fitting)[:6]:
        mine = float(np.hypot(*(say.place[row] - say.place[anchor])))
        rest = [float(np.hypot(*(say.place[i] - say.place[anchor]))) for i in others]
        least = min(rest, default=9.0)
        if mine < 0.2 and least > max(1.6 * mine, 0.16):
            sort = "near"
        elif others and least > 1.35 * mine + 0.03:
            sort = "nearest"
        elif others and mine > 1.35 * max(rest) + 0.03:
            sort = "farthest"
        else:
            continue
        said = say.anchor(anchor)
        if said is not None:
            return joined(say, base, look, f"{say.pick(words()[sort])} {said.text}", "next")
    return None


def between(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The one between two things."""
    found = anchors(say, row, fitting)
    if len(found) < 2:
        return None
    spots = say.place[found]
    gap = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))

    def detour(i: int) -> np.ndarray:
        d = np.hypot(*(spots - say.place[i]).T)
        way: np.ndarray = d[:, None] + d[None] - gap + np.eye(len(d)) * 9
        return way

    good = (detour(row) < 0.05) & (gap > 0.15)
    for i in fitting:
        if i != row:
            good &= detour(i) > 0.14
    pairs = np.argwhere(good)
    if not len(pairs):
        return None
    a, b = pairs[int(say.rng.integers(len(pairs)))]
    first, second = say.anchor(found[int(a)]), say.anchor(found[int(b)])
    if first is None or second is None:
        return None
    return joined(say, base, look, f"{say.pick(words()['between'])} {first.text} and {second.text}", "between")


BEYOND = {(1, -1): "left_of", (1, 1): "right_of", (0, 1): "ahead", (0, -1): "behind"}


def beyond(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The one left of, right of, in front of or behind something."""
    for anchor in anchors(say, row, fitting)[:4]:
        delta = say.place[row] - say.place[anchor]
        for (axis, sign), sort in BEYOND.items():
            along, across = sign * delta[axis], abs(delta[1 - axis])
            if along < 0.06 or along > 0.3 or across > 0.5 * along + 0.03:
                continue
            if any(sign * (say.place[i] - say.place[anchor])[axis] > 0.0 for i in fitting if i != row):
                continue
            said = say.anchor(anchor)
            if said is not None:
                return joined(say, base, look, f"{say.pick(words()[sort])} {said.text}", "beyond")
    return None


def centre(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The one at the centre of the table."""
    rows = say.world.rows
    others = [i for i in fitting if i != row]
    at = rows[row].support
    if not others or at < 0 or rows[at].role != "table" or "table" not in say.world.infos[at].names:
        return None
    away = np.hypot(*(say.place - say.place[at]).T)
    if away[row] > 0.11 or away[others].min() < 0.2:
        return None
    return joined(say, base, look, say.pick(words()["centre"]), "centre")


def content(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The one with something on it, or the empty one."""
    rows = say.world.rows
    if len(fitting) < 2 or not all(rows[i].surface or rows[i].container for i in fitting):
        return None
    held: dict[int, list[int]] = {i: [] for i in fitting}
    for k, r in enumerate(rows):
        if r.support in held:
            held[r.support].append(k)
    full = [i for i in fitting if held[i]]
    if not held[row] and len(full) == len(fitting) - 1:
        if say.chance(0.6):
            return Reference(f"the {say.spoken(base, look, say.pick(words()['empty']))}", "empty")
        return joined(say, base, look, say.pick(words()["empty_after"]), "empty", bare=True)
    if not held[row]:
        return None
    if full == [row] and say.chance(0.15):
        return joined(say, base, look, say.pick(words()["full_after"]), "content", bare=True)
    said = say.anchor(held[row][0])
    if said is None:
        return None
    frame = say.pick(words()["keeping" if rows[row].container else "bearing"])
    return joined(say, base, look, frame.format(x=said.text), "content", bare=True)


def state(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The open one, or the one that is switched on."""
    rows, r = say.world.rows, say.world.rows[row]
    others = [rows[i] for i in fitting if i != row]
    if r.openable and others and all(o.openable and o.opened != r.opened for o in others):
        said = "open" if r.opened else say.pick(["closed", "shut"])
    elif r.switchable and others and all(o.switchable and o.powered != r.powered for o in others):
        said = say.pick(["running", "switched on", "lit"]) if r.powered else say.pick(["switched off", "unlit"])
    else:
        return None
    if say.chance(0.5):
        return Reference(f"the {say.spoken(base, look, said)}", "state")
    return joined(say, base, look, f"{say.pick(['that is ', 'which is '])}{said}", "state", bare=True)


def negation(say: "Referrer", row: int, fitting: list[int], base: str, look: str | None) -> Reference | None:
    """The one that is not red, or not on the plate."""
    others = [i for i in fitting if i != row]
    if not others:
        return None
    rows, infos = say.world.rows, say.world.infos
    shared = set(infos[others[0]].looks)
    for i in others:
        shared &= set(infos[i].looks)
    shared -= set(infos[row].looks)
    if look is None and shared and say.chance(0.7):
        said = say.pick(sorted(shared))
        if say.chance(0.25) and " " not in said:
            return Reference(
                f"the {base} {say.pick(['other than the', 'but not the', 'and not the'])} {said} one", "not"
            )
        link = say.pick(["that is not ", "that isn't ", "which is not ", "that's not "])
        return joined(say, base, None, f"{link}{said}", "not", bare=True)
    at = rows[others[0]].support
    if at < 0 or rows[at].role == "table" or say.stands(row, at) or not all(say.stands(i, at) for i in others):
        return None
    anchor = say.anchor(rows[at].parent if infos[at].part == "top_side" else at)
    if anchor is None:
        return None
    link = say.pick(["that is not ", "that isn't ", "which is not ", "that's not "])
    return joined(say, base, look, f"{link}{'in' if rows[others[0]].inside else 'on'} {anchor.text}", "not", bare=True)


WAYS: tuple[tuple[Way, float], ...] = (
    (side, 4.0),
    (support, 2.4),
    (near, 2.2),
    (between, 1.8),
    (beyond, 2.0),
    (centre, 0.8),
    (ordinal, 1.4),
    (content, 1.8),
    (state, 1.2),
    (negation, 0.6),
)
"""Every way to tell an entity apart, with its weight."""
CHANCES = np.array([w for _, w in WAYS]) / sum(w for _, w in WAYS)
