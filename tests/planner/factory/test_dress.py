"""Noise is as frequent as it is said to be, and leaves requests readable."""

import numpy as np

from planner.factory.dress import SLIPS, SOILED, dressed, respelt, slipped, soiled
from planner.language.layout import LABEL_WORDS, plain_label
from planner.language.table import EntityTable, Row


def near(a: str, b: str) -> int:
    """Edit distance with swaps of neighbours."""
    d = {(i, -1): i + 1 for i in range(-1, len(a))} | {(-1, j): j + 1 for j in range(-1, len(b))}
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + (x != y))
            if i and j and x == b[j - 1] and a[i - 1] == y:
                d[i, j] = min(d[i, j], d[i - 2, j - 2] + 1)
    return d[len(a) - 1, len(b) - 1]


def test_a_slip_is_one_edit_in_one_content_word() -> None:
    text = "put the striped mug on the wooden plate"
    for seed in range(300):
        typed = slipped(text, np.random.default_rng(seed))
        assert near(text, typed) <= 1
        assert typed.split()[1] == "the" and len(typed.split()) == len(text.split())
    assert len({slipped(text, np.random.default_rng(s)) for s in range(300)}) > 60


def test_about_one_sentence_in_eight_has_a_slip() -> None:
    text = "striped plates"
    worn = [dressed(text, False, np.random.default_rng(s)) for s in range(2000)]
    share = sum("striped plates" not in " ".join(w.split()) for w in worn) / len(worn)
    assert 0.7 * SLIPS < share < 1.4 * SLIPS


def test_spelling_goes_either_way() -> None:
    spelt = {respelt("the grey plate of my favourite colour", np.random.default_rng(s)) for s in range(20)}
    assert spelt == {"the grey plate of my favourite colour", "the gray plate of my favorite color"}


def test_a_soiled_label_is_rare_short_and_plain() -> None:
    table = EntityTable([Row("a", "red mug", "object"), Row("b", "plate", "object")])
    worn = [soiled(table, np.random.default_rng(s)) for s in range(3000)]
    changed = [w for w in worn if w is not table]
    assert 0.5 * SOILED < len(changed) / len(worn) < 1.6 * SOILED
    for other in changed:
        assert sum(a.words != b.words for a, b in zip(table.rows, other.rows, strict=True)) <= 1
        for row in other.rows:
            assert row.words == plain_label(row.words) and len(row.words.split()) <= LABEL_WORDS
    assert [r.words for r in table.rows] == ["red mug", "plate"]
