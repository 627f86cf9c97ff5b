"""Signals of under-specification: the same alone, in a batch and for rows in another order."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from planner.instruction import Instruction
from planner.language.decode import decode
from planner.language.encoder import SentenceEncoder
from planner.language.layout import table_of
from planner.language.network import Grounder, Size
from planner.language.signals import NAMES, same, signals
from planner.language.table import EntityTable
from skills.scene import Scene
from tests.small import table_top

TEXTS = ("put the block on the plate", "open the drawer", "Take it away, please")


@pytest.fixture(scope="module")
def network() -> Grounder:
    torch.manual_seed(0)
    return Grounder(Size(width=32, heads=2, layers=1, decoder_layers=1)).eval()


def test_they_are_the_same_alone_and_in_a_batch(network, encoder: SentenceEncoder, kitchen: Scene) -> None:
    requests = [(t, table_of(Instruction(t, s))) for t in TEXTS for s in (table_top(), kitchen)]
    for (text, table), found in zip(requests, signals(network, encoder, requests), strict=True):
        alone = signals(network, encoder, [(text, table)])[0]
        assert found.values == pytest.approx(alone.values, abs=1e-3) and len(found.values) == len(NAMES)
        assert found.chance == pytest.approx(decode(network, encoder, text, table, beam=1)[0].ask, abs=1e-4)


def test_the_order_of_the_rows_carries_nothing(network, encoder: SentenceEncoder, kitchen: Scene) -> None:
    table = table_of(Instruction("x", kitchen))
    order = np.random.default_rng(1).permutation(len(table))
    new = {-1: -1, **{int(old): k for k, old in enumerate(order)}}
    rows = [table.rows[int(o)] for o in order]
    other = EntityTable(
        [replace(r, parent=new[r.parent], support=new[r.support], was=new[r.was]) for r in rows]
    )  # fmt: skip
    one, two = signals(network, encoder, [(TEXTS[0], table), (TEXTS[0], other)])
    assert one.values == pytest.approx(two.values, abs=1e-4)


def test_like_things_on_one_support_count_as_one(kitchen: Scene) -> None:
    table = table_of(Instruction("x", kitchen))
    numbers = dict(zip([r.id for r in table.rows], same(table), strict=True))
    assert numbers["block_1"] == numbers["block_2"] != numbers["mug_1"] != numbers["mug_2"]
