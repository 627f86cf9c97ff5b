"""What the network reads: words that fit an entity, or what the entity stands on or near to."""

import torch

from planner.language.collate import DIRECT, NUMBERS_IN, RELATIONS_IN, SIMILARITIES, inputs_of, targets_of
from planner.language.encoder import SentenceEncoder
from planner.language.grammar import WORDS, Call, tokens_of
from planner.language.table import EntityTable, Row

ON, NEAREST_OF_KIN = DIRECT, DIRECT + 6


def table() -> EntityTable:
    return EntityTable(
        [
            Row("s", "stove", "fixture", (0.0, 0.3, 0.0), surface=True, switchable=True),
            Row("a", "cup", "object", (0.0, 0.3, 0.1), support=0, graspable=True),
            Row("b", "cup", "object", (0.1, -0.3, 0.0), graspable=True),
            Row("p", "plate", "object", (0.1, -0.2, 0.0), surface=True, graspable=True),
        ]
    )


def test_words_reach_the_entity_and_its_support(encoder: SentenceEncoder) -> None:
    ids = encoder.tokens(["take the cup on the stove"])
    inputs = inputs_of(encoder, ids, [table()])
    assert inputs.similarity.shape == (1, len(ids[0]), 4, SIMILARITIES)
    assert inputs.numbers.shape == (1, 4, NUMBERS_IN) and inputs.relations.shape == (1, 4, 4, RELATIONS_IN)
    stove, cup = inputs.similarity[0, 6], inputs.similarity[0, 3]
    assert stove[:, 2].argmax() == 0 and set(cup[:, 2].topk(2).indices.tolist()) == {1, 2}
    assert stove[1, ON] > 0.5 > stove[2, ON]
    assert stove[1, NEAREST_OF_KIN] > stove[2, NEAREST_OF_KIN]


def test_padding_changes_nothing(encoder: SentenceEncoder) -> None:
    ids = encoder.tokens(["take the cup on the stove", "please put the plate beside the cup on the stove at once"])
    small = EntityTable(table().rows[:3])
    alone, together = inputs_of(encoder, ids[:1], [small]), inputs_of(encoder, ids, [small, table()])
    size = len(ids[0])
    assert torch.allclose(alone.similarity[0], together.similarity[0, :size, :3], atol=1e-4)
    assert torch.allclose(alone.numbers[0], together.numbers[0, :3], atol=1e-4)
    assert torch.allclose(alone.relations[0], together.relations[0, :3, :3], atol=1e-4)
    assert not together.entity_mask[0, 3] and together.entity_mask[1, 3]


def test_targets_allow_their_own_tokens_alone_by_type(encoder: SentenceEncoder) -> None:
    tokens = tokens_of([Call("on", (1, 3))], [Call("pick", (1,)), Call("place_on", (1, 3))])
    targets = targets_of([tokens], [table()])
    allowed = targets.allowed[0]
    assert all(allowed[i, token] for i, token in enumerate(tokens[1:]))
    assert allowed[1, WORDS:].tolist() == [False, True, True, True]
