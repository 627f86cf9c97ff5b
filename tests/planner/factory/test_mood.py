"""Roundabout wishes: every clause keeps what it is about, every choice is drawn, and matrices vary."""

import numpy as np
import pytest

from planner.factory.mood import around, moods, wished

SLOTS = {"thing": "THE MUG", "place": "ON THE TRAY", "other": "THE JUG", "elsewhere": "IN THE BOX"}
SLOTS |= {"whom": "GRANDMA", "who": "GRANDMA", "a": "THE SOFA"}
ABOUT = {"give": ("THE MUG", "GRANDMA"), "move": ("THE MUG", "ON THE TRAY"), "visit": ("THE SOFA",)}
ABOUT |= {"two_moves": ("THE MUG", "ON THE TRAY", "THE JUG", "IN THE BOX")}


@pytest.mark.parametrize("sort", [s for s in moods() if s not in ("that", "to", "so", "tail")])
def test_a_wish_names_what_it_is_about_and_leaves_no_slot_or_choice(sort: str) -> None:
    said = {wished(sort, np.random.default_rng(seed), **SLOTS) for seed in range(200)}
    assert len(said) > 150
    for text in said:
        assert all(part in text for part in ABOUT.get(sort, ("THE MUG",))), text
        assert not set("{}[]|") & set(text), text


def test_an_order_stays_whole_within_its_matrix() -> None:
    said = {around("open the box", np.random.default_rng(seed)) for seed in range(200)}
    assert len(said) > 100 and all("open the box" in text and text != "open the box" for text in said)
    assert not any(set("{}[]|") & set(text) for text in said)
