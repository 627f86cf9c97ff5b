"""One typo: something changes, and not much."""

import difflib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from planner.bench.language.typos import with_typo


@given(st.integers(0, 10_000))
def test_one_slip_in_one_long_word(seed) -> None:
    text = "put the yellow mug on the wooden tray"
    said = with_typo(text, np.random.default_rng(seed))
    assert said != text or "ll" in text
    assert abs(len(said) - len(text)) <= 1
    assert difflib.SequenceMatcher(None, text, said).ratio() > 0.93
    assert said.split()[3:5] == ["mug", "on"] and len(said.split()) == len(text.split())


def test_short_words_alone_stay() -> None:
    assert with_typo("put it in", np.random.default_rng(0)) == "put it in"
