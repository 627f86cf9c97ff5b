"""Own held-out requests: repeatable, with one meaning, about withheld things."""

from planner.bench.language.own import cases, drawn
from planner.factory.lexicon import withheld


def test_requests_repeat_and_are_about_withheld_things() -> None:
    first, second = drawn(25), drawn(25)
    assert [i.example.text for i in first] == [i.example.text for i in second]
    assert not any(i.example.family.startswith("ask") for i in first)
    names = withheld()
    with_unseen = [i for i in first if any(r.words.endswith(n) for r in i.example.table.rows for n in names)]
    assert len(with_unseen) > 10
    assert len({case.key for case in cases(25)}) == 25
