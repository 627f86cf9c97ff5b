"""Files of rules: strict, typed errors, and nothing that relaxes a shipped rule."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim_checks.rules.book import RulesError, open_rules, parse_rules, shipped_rules

OWN = """
schema: rehearse.rules/1
rules:
  - id: no-books-in-the-kitchen-bin
    words: no books into the waste
    why: they are read again
    source: our library
    instead: Put it on the shelf.
    when:
      - {fact: [in], thing: [my_book], place: [waste]}
words:
  atlas: [my_book]
"""


def test_the_shipped_rules_are_sound() -> None:
    book = shipped_rules()
    assert len({r.id for r in book.rules}) == len(book.rules) >= 30
    assert not book.own


def test_own_rules_are_added_and_change_the_hash(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(OWN)
    book = open_rules(path)
    assert book.shipped == shipped_rules().rules
    assert [r.id for r in book.own] == ["no-books-in-the-kitchen-bin"]
    assert book.sha256 != shipped_rules().sha256 == open_rules(None).sha256


def test_a_shipped_rule_cannot_be_replaced() -> None:
    relaxed = OWN.replace("no-books-in-the-kitchen-bin", "living-cut")
    with pytest.raises(RulesError) as error:
        shipped_rules().plus(parse_rules(relaxed))
    assert error.value.finding.code == "rule-exists"


@pytest.mark.parametrize(
    ("fault", "instead", "code"),
    [
        ("fact: [in]", "fact: [inside]", "bad-rules"),
        ("place: [waste]", "place: [wasted]", "bad-rules"),
        ("{fact: [in], thing: [my_book], place: [waste]}", "{fact: [in]}", "bad-rules"),
        ("{fact: [in], thing: [my_book], place: [waste]}", "{thing: [my_book]}", "bad-rules"),
        ("{fact: [in], thing: [my_book], place: [waste]}", "{fact: [hot], place: [waste]}", "bad-rules"),
        ("why: they are read again", "wy: they are read again", "bad-rules"),
        ("why: they are read again", "", "bad-rules"),
        ("rehearse.rules/1", "rehearse.rules/2", "bad-rules"),
        ("id: no-books-in-the-kitchen-bin", "id: No Books", "bad-rules"),
        ("rules:", "rules: &a", "bad-rules"),
        ("words:\n", "schema: x\nwords:\n", "bad-yaml"),
        ("words:\n", "words: [\n", "bad-yaml"),
    ],
)
def test_what_does_not_fit_is_a_typed_error(fault: str, instead: str, code: str) -> None:
    assert fault in OWN
    text = OWN.replace(fault, instead, 1)
    if instead == "rules: &a":
        text = "schema: rehearse.rules/1\nextra: 1\n"
    with pytest.raises(RulesError) as error:
        parse_rules(text)
    assert error.value.finding.code == code and error.value.finding.remedy


def test_a_file_that_is_not_there_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(RulesError) as error:
        open_rules(tmp_path / "none.yaml")
    assert error.value.finding.code == "unreadable"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200) | st.binary(max_size=100).map(lambda b: b.decode("latin-1")))
def test_any_text_is_rules_or_a_typed_error(text: str) -> None:
    try:
        parse_rules(text)
    except RulesError as error:
        assert error.finding.code in ("bad-yaml", "bad-rules")


KEYS = st.sampled_from(["fact", "thing", "place", "when", "said", "x"])
SCALARS = st.none() | st.integers() | st.text(max_size=8)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)))
def test_any_pattern_is_a_pattern_or_a_typed_error(pattern: object) -> None:
    text = OWN.replace("{fact: [in], thing: [my_book], place: [waste]}", json.dumps(pattern))
    try:
        parse_rules(text)
    except RulesError as error:
        assert error.finding.code in ("bad-yaml", "bad-rules")
