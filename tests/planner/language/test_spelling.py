"""Spelling: slips are mended towards what is here, and no word that is known is touched."""

import re

import numpy as np
import pytest

from planner.bench.language.typos import with_typo
from planner.factory.generate import examples
from planner.language.encoder import SentenceEncoder
from planner.language.spelling import RARE_SLIP, likely, meant, mended

LABELS = ("red mug", "ramekin", "top drawer of the wooden cabinet", "cutting boards")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("put the ramekn in the Darwer", "put the ramekin in the drawer"),
        ("ptu the red mgu insied", "ptu the red mgu inside"),
        ("the cuttign board, wodden?", "the cutting board, wooden?"),
        ("keep it in yuor geasp, adn do not wati", "keep it in your grasp, adn do not wait"),
        ("rnise the lowesst shelf thst is beer fronnt", "rinse the lowest shelf that is beer front"),
    ],
)
def test_slips_are_mended(encoder: SentenceEncoder, said: str, meant: str) -> None:
    assert mended(said, LABELS, encoder) == meant


@pytest.mark.parametrize(
    "text",
    [
        "the credenza, the spatula and a ramekin",
        "unbar the teether, reunpack and preheat",
        "rinse the caddy",
        "the muffin by the board",
        "the cabinet's handle",
        "zyx qqqqq",
    ],
)
def test_words_that_are_known_or_near_to_nothing_stay(encoder: SentenceEncoder, text: str) -> None:
    assert mended(text, LABELS, encoder) == text


def test_what_fingers_do_is_likelier_than_what_they_do_not() -> None:
    assert (
        likely("grasp", "geasp")
        == likely("wait", "wati")
        == likely("front", "fronnt")
        == likely("cooked", "coked")
        == 1
    )
    assert likely("rise", "rnise") == likely("class", "clasp") == RARE_SLIP
    assert meant("bxd", {"bad": 10**9, "bud": 10**9}) is None
    assert meant("cpok", {"cook": 10**7, "cork": 1}) == "cook"
    assert meant("cpok", {"cook": 10}) is None


def test_two_words_as_near_change_nothing(encoder: SentenceEncoder) -> None:
    assert mended("take the tolk", ("tolka", "tolke"), encoder) == "take the tolk"


def test_generated_slips_come_back_far_more_often_than_they_go_astray(encoder: SentenceEncoder) -> None:
    rng, back, astray, touched = np.random.default_rng(5), 0, 0, 0
    made = list(examples(rng, 120))
    for example in made:
        labels = [r.words for r in example.table.rows]
        clean = mended(example.text, labels, encoder)
        touched += len(set(re.findall("[a-z]+", example.text.lower())) - set(re.findall("[a-z]+", clean)))
        slip = with_typo(clean, rng)
        found = mended(slip, labels, encoder)
        back += slip != clean and found == clean
        astray += found not in (slip, clean)
    assert back > 30 and astray < 6 and touched < 24
