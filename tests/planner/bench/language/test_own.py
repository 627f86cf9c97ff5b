"""Own held-out requests: repeatable, with one meaning, about withheld things."""

import re
from importlib.resources import files

from planner.bench.language.own import cases, drawn
from planner.bench.language.unheard import frames
from planner.factory.lexicon import withheld


def test_requests_repeat_and_are_about_withheld_things() -> None:
    first, second = drawn(25), drawn(25)
    assert [i.example.text for i in first] == [i.example.text for i in second]
    assert not any(i.example.family.startswith("ask") for i in first)
    names = withheld()
    with_unseen = [i for i in first if any(r.words.endswith(n) for r in i.example.table.rows for n in names)]
    assert len(with_unseen) > 10
    assert len({case.key for case in cases(25)}) == 25


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
