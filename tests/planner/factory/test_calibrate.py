"""Calibrating a card: a rule that keeps its promises, and a card that still describes its weights."""

import hashlib
import json

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import save

from planner.factory.training.calibrate import (
    SORTS,
    Judged,
    bounded,
    calibrate_card,
    coverage_at,
    least_threshold,
    of_each_sort,
    sort_of,
)
from planner.language.embedded import CARD, WEIGHTS, load_network
from planner.language.network import Grounder, Size
from planner.language.questioning import by_chance, fitted, rule_of
from planner.language.signals import NAMES, Signals


@pytest.fixture
def weights(tmp_path):
    torch.manual_seed(0)
    size = Size(width=32, heads=2, layers=1, decoder_layers=1)
    data = save({k: v.contiguous() for k, v in Grounder(size).state_dict().items()})
    card = {"sha256": hashlib.sha256(data).hexdigest(), "size": size.to_json(), "note": "kept"}
    (tmp_path / WEIGHTS).write_bytes(data)
    (tmp_path / CARD).write_text(json.dumps(card))
    return tmp_path


def test_the_rule_goes_into_the_card(weights) -> None:
    done = calibrate_card(weights, count=6, alpha=0.5, needless=0.5)
    card = json.loads((weights / CARD).read_text())
    rule = rule_of(card)
    assert rule is not None and rule.names == NAMES[: len(rule.names)] and rule.threshold == done.rule.threshold
    assert rule.weights == pytest.approx(done.rule.weights, abs=1e-5) and card["note"] == "kept"
    assert card["ask_threshold"] == done.chance_threshold
    assert card["missing_threshold"] == done.missing_threshold and set(done.refused) == {"other", "missing"}
    assert card["ask_calibration"]["counts"] == dict.fromkeys(SORTS, 6)
    assert list(done.table) == ["ask", "ask + refuse", "ask + refuse + margin", "ask + refuse + margin + top"]
    load_network(weights)  # the card still describes the weights


def test_sets_repeat_and_hold_as_many_of_each_sort() -> None:
    first = list(of_each_sort(3, 5))
    assert [e.text for e in first] == [e.text for e in of_each_sort(3, 5)]
    assert sorted(map(sort_of, first)) == sorted(SORTS * 3)


def judged(rng, count, sort, centre) -> list[Judged]:
    rows = rng.normal(centre, 1.0, (count, len(NAMES)))
    return [Judged(Signals(0.5, 0.0, tuple(map(float, row))), sort) for row in rows]


def test_a_signal_that_tells_raises_coverage_and_both_promises_can_set_the_threshold() -> None:
    rng = np.random.default_rng(0)
    every = judged(rng, 300, "ambiguous", (0.5, 0, -2.0, 0)) + judged(rng, 600, "plain", (-0.5, 0, 2.0, 0))
    few, whole = (fitted(names, [j.found for j in every], [j.ambiguous for j in every]) for names in (NAMES[:1], NAMES))
    assert coverage_at(whole, every)[0] > coverage_at(few, every)[0] + 0.3
    assert whole.weights[2] < 0 < whole.weights[0]
    assert bounded(whole, every, 0.05, 0.10)[1] == "coverage" and bounded(few, every, 0.05, 0.10)[1] == "needless"
    rule, _ = bounded(few, every, 0.05, 0.10)
    assert sum(rule.asks(j.found) for j in every if not j.ambiguous) <= 60


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40), st.floats(0.0, 1.0))
def test_of_exchangeable_requests_the_left_out_one_is_asked_seldom_enough(scores, share) -> None:
    asked = sum(s >= least_threshold(scores[:i] + scores[i + 1 :], share) for i, s in enumerate(scores))
    assert asked <= share * len(scores) + 1 + 1e-9


def test_what_the_network_all_but_excludes_is_never_asked() -> None:
    rule = by_chance(0.0)
    assert rule.asks(Signals(0.01, 0.0, (-4.6, 0, 0, 0))) and not rule.asks(Signals(1e-4, 0.0, (-9.2, 0, 0, 0)))


def test_a_card_without_a_rule_or_with_signals_of_another_version_has_none() -> None:
    assert rule_of({}) is None
    assert rule_of({"question_rule": {"names": ["tea leaves"], "weights": [1], "bias": 0, "threshold": 0.5}}) is None
