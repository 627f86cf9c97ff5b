"""A server over real HTTP: what it says is read with suspicion, and every fault is a typed error in time."""

import socket
import time

import pytest

from planner.instruction import Instruction
from planner.language import LanguageModel
from planner.language.large.address import Address, may_ask
from planner.language.large.endpoint import EndpointCompleter
from planner.language.large.errors import LanguageModelError
from planner.language.large.model import LargeModel
from planner.language.port import Redrafter
from planner.resolve import resolve
from skills.catalogue import load
from skills.finding import Finding
from tests.small import draft, table_top

ASKED = Instruction("put the can on the plate", table_top())
RIGHT = {
    "answer": {
        "goal": [{"predicate": "on", "thing": "e2", "place": "e3"}],
        "steps": [{"skill": "pick", "obj": "e2"}, {"skill": "place_on", "obj": "e2", "target": "e3"}],
    }
}
DRAFT = draft(["on(can, plate)"], ["pick(can)", "place_on(can, plate)"])


def test_a_draft_comes_over_http(asking) -> None:
    model = asking("says", RIGHT)
    assert isinstance(model, LanguageModel) and isinstance(model, Redrafter)
    assert model.draft(ASKED) == DRAFT


def test_a_small_model_behind_the_server_is_bound_to_the_scene(asking) -> None:
    said = asking("lm", deadline_s=240.0).draft(ASKED)
    assert said.goal.literals or said.question or said.refusal
    assert resolve(said, ASKED.scene, load()).ok


def test_what_a_server_wraps_around_its_json_is_taken_off(asking) -> None:
    for text in (f"<think>{{e2}} or e3?</think>\n```json\n{_json(RIGHT)}\n```", f"\n{_json(RIGHT['answer'])} "):
        assert asking("says", text).draft(ASKED) == DRAFT


def test_an_answer_that_cannot_be_read_goes_back_with_findings_and_is_mended(asking) -> None:
    assert asking("says", "Sure! I will put the can there.", RIGHT).draft(ASKED) == DRAFT
    wrong = {"answer": {"goal": [{"predicate": "on", "thing": "e2", "place": "e99"}], "steps": []}}
    assert asking("says", wrong, RIGHT).draft(ASKED) == DRAFT


def test_findings_of_a_gate_give_another_draft(asking) -> None:
    found = Finding("no-motion", "nodes.n1: push(can, plate)", "It has no motion.", "Pick 'can' up instead.")
    assert asking("says", {"answer": {"refusal": "no"}}, RIGHT).redraft(ASKED, DRAFT, [found]) == DRAFT


def test_a_server_that_knows_no_schema_is_asked_without(asking) -> None:
    assert asking("unbound").draft(ASKED).refusal == "asked without a schema"


def test_a_key_is_sent_only_where_it_was_given(asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sesame")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert asking("key", key="sesame").draft(ASKED).refusal == "the key is right"
    with pytest.raises(LanguageModelError) as caught:
        asking("key").draft(ASKED)
    assert caught.value.finding.code == "lm-status" and "REHEARSE_LM_KEY" in caught.value.finding.remedy


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ("slow", "lm-timeout"),
        ("endless", "lm-timeout"),
        ("headers_without_end", "lm-timeout"),
        ("truncated", "lm-cut-off"),
        ("cut", "truncated-answer"),
        ("garbage", "lm-bad-response"),
        ("html", "lm-bad-response"),
        ("nochoices", "lm-bad-response"),
        ("list", "lm-bad-response"),
        ("nothing", "not-json"),
        ("packed", "lm-bad-response"),
        ("oversized", "lm-too-large"),
        ("redirect", "lm-redirect"),
        ("elsewhere", "lm-redirect"),
        ("broken", "lm-status"),
        ("missing", "lm-status"),
    ],
)
def test_every_fault_is_a_typed_error_within_the_deadline(asking, behaviour: str, code: str) -> None:
    model = asking(behaviour, deadline_s=0.8 if code == "lm-timeout" else 20.0)
    began = time.monotonic()
    with pytest.raises(LanguageModelError) as caught:
        model.draft(ASKED)
    assert time.monotonic() - began < (8.0 if code == "lm-timeout" else 20.0)
    assert (caught.value.finding.code, caught.value.finding.where) == (code, "--lm")
    assert caught.value.finding.remedy.endswith(".")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("certainly!", "not-json"),
        ("{'answer': 1}", "not-json"),
        ('{"answer":{"goal":[', "truncated-answer"),
        ("[]", "wrong-schema"),
        ({"answer": {"plan": []}}, "wrong-schema"),
        ({"answer": {"goal": [], "steps": []}}, "wrong-schema"),
        ({"answer": {"question": "which?", "refusal": "no"}}, "wrong-schema"),
        ({"answer": {"question": 7}}, "wrong-schema"),
        ({"answer": {"goal": ["on(e2, e3)"], "steps": []}}, "wrong-schema"),
        ({"answer": {"goal": [], "steps": [{"skill": "pick", "obj": "e2", "force": "9"}]}}, "wrong-schema"),
        (
            {"answer": {"goal": [{"predicate": "under", "thing": "e2", "place": "e3"}], "steps": []}},
            "unknown-predicate",
        ),
        ({"answer": {"goal": [], "steps": [{"skill": "fly", "obj": "e2"}]}}, "unknown-skill"),
        ({"answer": {"goal": [], "steps": [{"skill": "pick", "obj": "can"}]}}, "unknown-entity"),
        ({"answer": {"goal": [], "steps": [{"skill": "pick", "obj": "e2.under"}]}}, "unknown-entity"),
        ({"answer": {"goal": [], "steps": [{"skill": "pick", "obj": "e2"}] * 5}}, "answer-too-long"),
        ("[" * 40_000, "answer-too-long"),
        ('{"answer":' * 2000, "not-json"),
    ],
)
def test_an_answer_that_stays_wrong_is_a_typed_error(asking, said: object, code: str) -> None:
    with pytest.raises(LanguageModelError) as caught:
        asking("says", said).draft(ASKED)
    assert caught.value.finding.code == code


def test_nobody_listens(server: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        completer = EndpointCompleter(Address.parse(f"http://127.0.0.1:{free.getsockname()[1]}/v1"), "m")
        with pytest.raises(LanguageModelError) as caught:
            LargeModel("endpoint:m", completer, deadline_s=5.0).draft(ASKED)
    assert caught.value.finding.code == "lm-unreachable"


def test_it_can_be_asked_from_within_a_running_loop(asking) -> None:
    import asyncio

    model = asking("says", RIGHT)

    async def face() -> object:
        return model.draft(ASKED)

    assert asyncio.run(face()) == DRAFT


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://models.example.org/v1", "lm-host"),
        ("http://127.0.0.1.example.org/v1", "lm-host"),
        ("http://localhost@example.org/v1", "lm-bad-url"),
        ("http://me:secret@127.0.0.1/v1", "lm-bad-url"),
        ("file:///etc/passwd", "lm-bad-url"),
        ("ftp://127.0.0.1/v1", "lm-bad-url"),
        ("http://127.0.0.1:99999/v1", "lm-bad-url"),
        ("http://[::1/v1", "lm-bad-url"),
        ("localhost:8000", "lm-bad-url"),
    ],
)
def test_only_this_machine_may_be_asked_unless_told_otherwise(url: str, code: str) -> None:
    with pytest.raises(LanguageModelError) as caught:
        Address.parse(url)
    assert caught.value.finding.code == code


def test_hosts_on_the_list_may_be_asked() -> None:
    assert Address.parse("http://gpu.lan:8000/v1/#qwen", ["GPU.lan"]) == ("http://gpu.lan:8000/v1", "gpu.lan", "qwen")
    assert Address.parse("http://[::1]:80/v1").host == "::1"
    assert may_ask("127.9.9.9", ()) and not may_ask("0.0.0.0", ()) and not may_ask("10.0.0.1", ())


def _json(value: object) -> str:
    import json

    return json.dumps(value)
