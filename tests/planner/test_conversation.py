"""A conversation on paper: symbols alone, a scripted language model, and the real ear for what a sentence is."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from planner.compile import compile_draft
from planner.conversation import Conversation, Told
from planner.dispatch.dispatcher import Dispatched, DispatchState
from planner.dispatch.executors.port import Observation
from planner.episode import Episode
from planner.language.asking import joined
from planner.language.encoder import SentenceEncoder
from planner.language.hearing import Hearing
from planner.language.layout import table_of
from planner.language.port import Clarifier
from planner.outcome import Planned, Question, Refused
from planner.rehearsal import Rehearsal
from skills.graph import Option
from skills.scene import Fixture, parse_scene, resting
from skills.symbols import Literal
from skills.trace import final_state
from tests.small import Says, draft, table_top

RED, WHITE = draft(["on(mug_1, plate)"]), draft(["on(mug_2, plate)"])
WHICH = draft(question="Which mug?", options=(Option("the red mug", RED), Option("the white mug", WHITE)))


class Paper(Rehearsal):
    """The road without gates: plans are compiled, and carried out in symbols."""

    def plan(self, request, lm=None):
        said = request if not isinstance(request, str) else self.instruction(request)
        told = (lm or self.lm).draft(said)
        if told.question:
            return Question(told.question, told)
        compiled = compile_draft(told, self.scene, self.facts, said.text)
        if compiled.graph is None:
            return Refused("compile", compiled.findings, told)
        return Planned(SimpleNamespace(graph=compiled.graph), (), told)

    def run(self, planned, out=None, executor=None):
        end = final_state(planned.graph, self.scene, self.facts)
        seen = Observation(self.facts), Observation(end)
        return Episode(Path("."), planned, Dispatched(DispatchState.ACHIEVED, (), (), *seen))

    def after(self, episode):
        road = Paper(self.scene, self._lm)
        road.facts = episode.dispatched.last.facts
        return road


class Clear(Says):
    """A scripted model that also reads replies and requests again."""

    def __init__(self, table, replies=None, others=()) -> None:
        super().__init__(table)
        self.replies, self.others, self.barred = replies or {}, list(others), []

    def choose(self, instruction, options, reply):
        return self.replies.get(reply, replace(WHICH, question="I still cannot tell. Which mug?"))

    def another(self, instruction, excluded):
        self.barred.append([str(g) for g in excluded])
        return self.others.pop(0)


@pytest.fixture(scope="module")
def hearing() -> Hearing:
    return Hearing(SentenceEncoder())


@pytest.fixture
def talk(hearing):
    def begin(model) -> Conversation:
        scene = table_top(
            resting("mug_1", "red_coffee_mug", "table", 0.1, 0.1),
            resting("mug_2", "porcelain_mug", "table", 0.1, -0.1),
        )
        box = Fixture(id="cabinet", kind="cabinet", placement={"on": "table", "xy": (-0.2, 0.3)})
        data = scene.model_copy(update={"fixtures": (*scene.fixtures, box)}).model_dump(mode="json", by_alias=True)
        return Conversation(Paper(parse_scene(data), model), hearing)

    return begin


def test_a_question_is_resolved_by_its_answer(talk) -> None:
    model = Clear({"put the mug on the plate": WHICH}, {"the red one": RED})
    assert isinstance(model, Clarifier)
    said = talk(model)
    asked = said.say("put the mug on the plate")
    assert isinstance(asked, Question) and [o.words for o in asked.options] == ["the red mug", "the white mug"]
    planned = said.say("the red one")
    assert isinstance(planned, Planned) and planned.graph.goal == RED.goal
    assert said.asked is None and said.turns[-1].text == "put the mug on the plate"


def test_it_asks_again_once_and_then_gives_up(talk) -> None:
    said = talk(Clear({"put the mug on the plate": WHICH}))
    said.say("put the mug on the plate")
    again = said.say("the one on the left")
    assert isinstance(again, Question) and "still" in again.text
    end = said.say("the one on the left")
    assert isinstance(end, Refused) and end.findings[0].code == "unclear-reply" and said.asked is None


def test_a_model_that_reads_no_replies_hears_request_and_reply_as_one(talk) -> None:
    request = "put the mug on the plate"
    said = talk(Says({request: draft(question="Which?"), joined(request, "the red one"): RED}))
    said.say(request)
    assert isinstance(said.say("the red one"), Planned)


def test_a_question_can_be_dropped_and_never_moves_anything(talk) -> None:
    said = talk(Clear({"put the mug on the plate": WHICH}))
    said.say("put the mug on the plate")
    assert isinstance(said.say("never mind"), Told) and said.asked is None and not said.turns


def test_the_model_is_told_what_the_last_turn_was_about_and_where_that_was(talk) -> None:
    model = Says({"put the red mug on the plate": RED, "put it back": draft(["on(mug_1, table)"])})
    said = talk(model)
    said.run(said.say("put the red mug on the plate"))
    assert isinstance(said.say("put it back"), Planned)
    heard = model.heard[-1]
    assert heard.recent == {"mug_1"} and dict(heard.before) == {"mug_1": "table"}
    rows = {r.id: r for r in table_of(heard).rows}
    assert rows["mug_1"].recent and not rows["mug_2"].recent
    assert table_of(heard).rows[rows["mug_1"].was].id == "table"
    assert table_of(heard).rows[rows["mug_1"].support].id == "plate"


def test_what_has_not_moved_was_nowhere_else(talk) -> None:
    model = Says({"put the red mug on the plate": RED, "put it back": draft(["on(mug_1, plate)"])})
    said = talk(model)
    said.say("put the red mug on the plate")
    said.say("put it back")
    assert model.heard[-1].recent == {"mug_1"} and not model.heard[-1].before


def test_the_other_one_bars_every_reading_that_was_not_meant(talk) -> None:
    model = Clear({"put the mug on the plate": RED}, others=[WHITE, draft(["on(can, plate)"])])
    said = talk(model)
    said.say("put the mug on the plate")
    assert said.say("no, the other one").graph.goal == WHITE.goal
    said.say("no, the other one")
    assert model.barred == [["on(mug_1, plate)"], ["on(mug_1, plate)", "on(mug_2, plate)"]]


def test_undo_is_the_inverse_of_the_last_turn_and_undoes_once(talk) -> None:
    inside = draft(["in(mug_1, cabinet_top_region)"])
    said = talk(
        Says({"put the red mug in the top drawer": inside, "put the can on the plate": draft(["on(can, plate)"])})
    )
    start = said.road.facts
    said.run(said.say("put the red mug in the top drawer"))
    said.run(said.say("put the can on the plate"))
    first = said.say("undo")
    assert {str(g) for g in first.graph.goal.literals} == {"on(can, table)"}
    said.run(first)
    second = said.say("undo that")
    assert {str(g) for g in second.graph.goal.literals} == {"on(mug_1, table)", "closed(cabinet_top_region)"}
    said.run(second)
    assert said.road.facts == start
    nothing = said.say("undo")
    assert isinstance(nothing, Refused) and nothing.findings[0].code == "nothing-to-undo"


def test_the_same_again_joins_the_last_request_with_the_new_words(talk) -> None:
    first, then = "put the red mug on the plate", "now do the same with the can"
    said = talk(Says({first: RED, joined(first, then): draft(["on(can, plate)"])}))
    said.say(first)
    again = said.say(then)
    assert isinstance(again, Planned) and str(again.graph.goal) == "on(can, plate)"
    assert said.turns[-1].root == first


def test_why_is_answered_from_the_causal_links(talk) -> None:
    said = talk(Says({"put the red mug in the top drawer": draft(["in(mug_1, cabinet_top_region)"])}))
    said.say("put the red mug in the top drawer")
    told = said.say("why did you open the drawer?")
    assert isinstance(told, Told)
    assert "open the top drawer of the cabinet because" in told.text and "must be open" in told.text
    assert told.text.endswith("in the end the red mug must be in the top drawer of the cabinet.")
    other = said.say("why did you pick up the mug?")
    assert other.text.startswith("I pick up the red mug because") and "I must hold the red mug" in other.text
    assert len(said.turns) == 1


def test_facts_that_nothing_can_restore_are_not_undone(talk) -> None:
    said = talk(Says({"put the red mug on the plate": RED}))
    said.run(said.say("put the red mug on the plate"))
    turn = said.turns[-1]
    turn.before, turn.after = frozenset({Literal("cold", ("mug_1",))}), frozenset({Literal("hot", ("mug_1",))})
    refused = said.say("undo")
    assert isinstance(refused, Refused) and refused.findings[0].code == "cannot-undo"
