"""What a sentence is in a conversation, on sentences that the examples do not hold."""

import pytest

from planner.language.encoder import SentenceEncoder
from planner.language.hearing import AFTER_QUESTION, AFTER_TURN, Hearing
from planner.language.phrases import plain, read_data

SAID = {
    "request": [
        "move the kettle onto the hob",
        "place the ketchup in the basket",
        "put it back please",
        "take it back to the shelf",
        "would you mind closing the microwave",
        "bring that over here instead",
        "put the yellow mug next to the white one",
        "grab the other can and put it on the shelf",
        "i'm thirsty, bring me something to drink",
        "turn the lamp back on",
        "tidy up the desk",
    ],
    "other": ["no no the other one", "i want the other one", "sorry, the other one", "now the other one please"],
    "same_again": ["do the same thing with the forks", "same with the blue book", "and the ketchup too"],
    "undo": ["please undo", "can you reverse what you did", "oops, undo that please", "revert the last action"],
    "why": [
        "why did you open the microwave?",
        "how come you moved the ketchup",
        "tell me why you closed the drawer",
        "why was the bowl moved",
    ],
}
REPLIES = {
    "answer": ["the green one", "the third", "left", "the one by the stove", "both please", "the porcelain one"],
    "never_mind": ["forget that", "ok never mind", "just leave it"],
    "request": ["open the drawer", "put the can in the basket instead"],
}


@pytest.fixture(scope="module")
def hearing(encoder: SentenceEncoder) -> Hearing:
    return Hearing(encoder)


@pytest.mark.parametrize(("asked", "said", "least"), [(False, SAID, 0.95), (True, REPLIES, 0.9)])
def test_unseen_sentences_are_told_apart(hearing: Hearing, asked, said, least) -> None:
    pairs = [(move, text) for move, texts in said.items() for text in texts]
    wrong = [(m, t) for m, t in pairs if hearing.move(t, asked, True) != m]
    assert len(wrong) <= (1 - least) * len(pairs), wrong


def test_no_unseen_sentence_is_an_example() -> None:
    examples = {plain(t) for texts in read_data("moves.yaml").values() for t in texts}
    assert not examples & {plain(t) for said in (SAID, REPLIES) for texts in said.values() for t in texts}


@pytest.mark.parametrize(("among", "most"), [(AFTER_TURN, 0.06), (AFTER_QUESTION, 0.12)])
def test_each_example_is_nearest_to_its_own_kind_when_left_out(hearing: Hearing, among, most) -> None:
    kept = [(i, m, t) for i, (m, t) in enumerate(hearing.examples.examples) if m in among]
    near = [hearing.examples.near(t.format(x="mug", y="drawer", z="lamp"), among, i).name for i, _, t in kept]
    assert sum(n != m for n, (_, m, _) in zip(near, kept, strict=True)) <= most * len(kept)


def test_a_first_sentence_is_a_request_whatever_it_says(hearing: Hearing) -> None:
    assert hearing.move("undo", False, False) == "request"
    assert hearing.move("why did you do that", True, False) in ("answer", "request", "never_mind")
