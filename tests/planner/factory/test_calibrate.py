"""Calibrating a card: a threshold from generated requests, and a card that still describes its weights."""

import hashlib
import json

import pytest
import torch
from safetensors.torch import save

from planner.factory.training.calibrate import SORTS, calibrate_card, of_each_sort, sort_of
from planner.language.embedded import CARD, WEIGHTS, load_network
from planner.language.network import Grounder, Size


@pytest.fixture
def weights(tmp_path):
    torch.manual_seed(0)
    size = Size(width=32, heads=2, layers=1, decoder_layers=1)
    data = save({k: v.contiguous() for k, v in Grounder(size).state_dict().items()})
    card = {"sha256": hashlib.sha256(data).hexdigest(), "size": size.to_json(), "note": "kept"}
    (tmp_path / WEIGHTS).write_bytes(data)
    (tmp_path / CARD).write_text(json.dumps(card))
    return tmp_path


def test_the_threshold_goes_into_the_card(weights) -> None:
    done = calibrate_card(weights, count=6, alpha=0.5)
    card = json.loads((weights / CARD).read_text())
    assert card["ask_threshold"] == done.threshold and card["note"] == "kept"
    assert card["ask_calibration"]["counts"] == dict.fromkeys(SORTS, 6)
    assert done.asked["ambiguous"] >= 0.5
    load_network(weights)  # the card still describes the weights


def test_sets_repeat_and_hold_as_many_of_each_sort() -> None:
    first = list(of_each_sort(3, 5))
    assert [e.text for e in first] == [e.text for e in of_each_sort(3, 5)]
    assert sorted(map(sort_of, first)) == sorted(SORTS * 3)
