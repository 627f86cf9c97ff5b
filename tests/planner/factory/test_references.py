"""References mean one entity only, by the rules of a second, plainer reader of the words."""

import re

import numpy as np

from planner.factory import relate
from planner.factory.parts import ROUNDABOUT
from planner.factory.refer import Referrer
from planner.factory.world import Info, World
from planner.language.table import EntityTable, Row

ANCHORS = ("plate", "book", "lamp", "radio", "vase")


def scene(rng: np.random.Generator, cups: int) -> World:
    """A table with like cups, some of them on other things, and things with names of their own."""
    rows = [Row("t", "table", "table", surface=True)]
    infos = [Info({"table": "name"}, (), "table")]
    for name in ANCHORS:
        x, y = rng.uniform(-0.35, 0.35, 2)
        flat = name in ("plate", "book")
        rows.append(Row(name, name, "object", (x, y, 0.05), support=0, surface=flat, graspable=True))
        infos.append(Info({name: "name"}, (), name))
    for k in range(cups):
        x, y = rng.uniform(-0.35, 0.35, 2)
        on = int(rng.integers(1, 3)) if rng.random() < 0.2 else 0
        if on:
            x, y = rows[on].position[:2]
        look = ("red",) if rng.random() < 0.3 else ("blue",)
        rows.append(Row(f"c{k}", f"{look[0]} cup", "object", (x, y, 0.05), support=on, graspable=True))
        infos.append(Info({"cup": "name"}, look, "cup"))
    return World(EntityTable(rows), infos)


def sort_of(text: str, names: list[str]) -> str | None:
    """Which of the relations' words stand in a text: the longest that is found."""
    found = [(len(w), n) for n in names for w in relate.words()[n] if w in text]
    return max(found)[1] if found else None


def satisfies(world: World, text: str, mode: str, row: int, rivals: list[int]) -> bool | None:
    """Whether a cup fits the words, by plain geometry; None where this reader cannot tell."""
    rows = world.rows
    spot = np.array([r.position[:2] for r in rows])
    said = [n for n in ANCHORS if re.search(rf"\b{n}\b", text)]
    others = [i for i in rivals if i != row]
    if mode in ("left", "right", "front", "back"):
        axis, sign = {"left": (1, -1), "right": (1, 1), "front": (0, 1), "back": (0, -1)}[mode]
        return all(sign * spot[row, axis] > sign * spot[i, axis] for i in others)
    if mode == "middle":
        axis = int(np.ptp(spot[rivals, 1]) > np.ptp(spot[rivals, 0]))
        return sum(spot[i, axis] < spot[row, axis] for i in others) == 1 and len(rivals) == 3
    if mode == "on":
        where = [k for k, r in enumerate(rows) if r.words in said] or [0]
        return rows[row].support == where[0]
    if mode == "next" and len(said) == 1:
        to = np.hypot(*(spot - spot[next(k for k, r in enumerate(rows) if r.words == said[0])]).T)
        far = sort_of(text, ["farthest"]) is not None
        return all((to[row] > to[i]) if far else (to[row] < to[i]) for i in others)
    if mode == "between" and len(said) == 2:
        a, b = (spot[next(k for k, r in enumerate(rows) if r.words == n)] for n in said)
        way = [float(np.hypot(*(spot[i] - a)) + np.hypot(*(spot[i] - b)) - np.hypot(*(a - b))) for i in (row, *others)]
        return way[0] < 0.06 and all(w > 0.1 for w in way[1:])
    if mode == "beyond" and len(said) == 1:
        by = spot[row] - spot[next(k for k, r in enumerate(rows) if r.words == said[0])]
        sort = sort_of(text, ["left_of", "right_of", "ahead", "behind"])
        return {"left_of": by[1] < 0, "right_of": by[1] > 0, "ahead": by[0] > 0, "behind": by[0] < 0}[str(sort)]
    if mode == "ordinal":
        start = next(d for d in ("left", "right", "front", "back") if d in text)
        axis, sign = {"left": (1, 1), "right": (1, -1), "front": (0, -1), "back": (0, 1)}[start]
        rank = sum(sign * spot[i, axis] < sign * spot[row, axis] for i in others)
        said_rank = next(k for k, names in enumerate(relate.words()["ordinals"]) for n in names if f" {n} " in text)
        return rank == said_rank
    return None


def test_a_second_reader_finds_the_same_one_and_no_other() -> None:
    rng = np.random.default_rng(0)
    checked: dict[str, int] = {}
    for _ in range(500):
        world = scene(rng, int(rng.integers(2, 5)))
        say = Referrer(world, rng)
        cups = [i for i, f in enumerate(world.infos) if "cup" in f.names]
        for row in cups:
            told = say.told_apart(row, cups, "cup", None)
            if told is None or satisfies(world, told.text, told.mode, row, cups) is None:
                continue
            fits = [i for i in cups if satisfies(world, told.text, told.mode, i, cups)]
            assert fits == [row], (told, [world.rows[i] for i in cups])
            checked[told.mode] = checked.get(told.mode, 0) + 1
    assert set(checked) >= {"left", "right", "front", "back", "middle", "on", "next", "between", "beyond", "ordinal"}
    assert sum(checked.values()) > 600


def test_looks_and_their_absence_single_out() -> None:
    rng = np.random.default_rng(1)
    seen = 0
    for _ in range(300):
        world = scene(rng, 3)
        cups = [i for i, f in enumerate(world.infos) if "cup" in f.names]
        for row in cups:
            told = relate.negation(Referrer(world, rng), row, cups, "cup", None)
            if told is None or not re.search(r"\b(red|blue)\b", told.text):
                continue
            word = "red" if "red" in told.text else "blue"
            assert [i for i in cups if word not in world.infos[i].looks] == [row]
            seen += 1
    assert seen > 20


def test_the_empty_one_holds_nothing_and_the_laden_one_holds_what_is_said() -> None:
    rows = [Row("t", "table", "table", surface=True)]
    rows += [Row(f"p{k}", "plate", "object", (0, k / 5, 0), support=0, surface=True, graspable=True) for k in range(2)]
    rows.append(Row("m", "mug", "object", (0, 0, 0.05), support=1, graspable=True))
    infos = [Info({"table": "name"}), Info({"plate": "name"}), Info({"plate": "name"}), Info({"mug": "name"})]
    world = World(EntityTable(rows), infos)
    for seed in range(30):
        say = Referrer(world, np.random.default_rng(seed))
        laden, empty = (relate.content(say, row, [1, 2], "plate", None) for row in (1, 2))
        assert empty is not None and empty.mode == "empty"
        assert laden is not None and laden.mode == "content"


def test_drawers_told_by_the_others_are_the_ones_meant() -> None:
    height = {"top": 2, "middle": 1, "bottom": 0}
    for level, texts in ROUNDABOUT.items():
        for text in texts:
            words = text.split()
            over = {"above", "over"} & set(words)
            under = {"below", "under", "beneath", "underneath"} & set(words)
            named = [h for n, h in height.items() if n in words] + [0] * ("lowest one" in text)
            if "between" in text or "two" in words:
                assert level == "middle"
            elif over:
                assert height[level] == named[0] + 1, text
            elif under:
                assert height[level] == named[0] - 1, text
