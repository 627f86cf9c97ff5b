"""Own held-out requests: repeatable, with one meaning, about withheld things."""

import re
from importlib.resources import files

from planner.bench.language.generated import accepted, goal_of
from planner.bench.language.own import cases, drawn
from planner.bench.language.unheard import frames
from planner.factory.generate import Example
from planner.factory.lexicon import withheld
from planner.factory.speaker import Choice
from planner.language.grammar import Call, tokens_of
from planner.language.table import EntityTable, Row


def test_requests_repeat_and_are_about_withheld_things() -> None:
    first, second = drawn(25), drawn(25)
    assert [i.example.text for i in first] == [i.example.text for i in second]
    assert not any(i.example.family.startswith("ask") for i in first)
    names = withheld()
    with_unseen = [i for i in first if any(r.words.endswith(n) for r in i.example.table.rows for n in names)]
    assert len(with_unseen) > 10
    assert len({case.key for case in cases(25)}) == 25


def test_what_the_words_leave_open_is_accepted_and_nothing_else() -> None:
    rows = [Row("t", "table", "table", surface=True), Row("d", "tray", "object", surface=True, support=0)]
    rows += [Row(f"c{k}", "cup", "object", support=at, graspable=True) for k, at in enumerate((0, 0, 1))]
    tokens = tokens_of([Call("on", (2, 1))], [Call("pick", (2,)), Call("place_on", (2, 1))])
    open_ = Example("put a cup on the tray", EntityTable(rows), tokens, "x", (), (Choice("a cup", (2,), (2, 3, 4)),))
    other = goal_of(tokens_of([Call("on", (3, 1))], []))
    there = goal_of(tokens_of([Call("on", (4, 1))], []))
    assert accepted(open_) == {goal_of(tokens), other} and there not in accepted(open_)
    assert accepted(open_._replace(choices=())) == {goal_of(tokens)}


def test_half_of_them_are_in_frames_that_the_factory_does_not_have() -> None:
    found = [i.example for i in drawn(24)]
    assert sum(e.family.startswith("unheard ") for e in found) == 12
    folder = files("planner.factory.lexicon")
    known = " ".join(f.read_text(encoding="utf-8").lower() for f in folder.iterdir() if f.name.endswith(".yaml"))
    plain = " ".join(re.findall(r"[a-z]+", known))
    assert sum(map(len, frames().values())) >= 30
    for frame in (f for found in frames().values() for f in found):
        pieces = [p.strip(" ,;:") for p in re.split(r"\{\w+\}", frame)]
        longest = max(pieces, key=len)
        assert frame not in known and (len(longest) < 8 or " ".join(re.findall(r"[a-z]+", longest)) not in plain), frame
