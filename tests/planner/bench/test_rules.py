"""The bench of the rules: thirty of each, and it fails where the rules fail."""

import pytest

from planner.bench.rules import EACH, judge, of_plans, of_rehearsals, run, trials, watched
from planner.bench.watched.drawn import MAKERS
from planner.bench.watched.fixture import judge as judge_rehearsal
from sim_checks.rules.book import RuleBook, shipped_rules


@pytest.mark.parametrize("rule", of_plans())
def test_there_are_thirty_different_plans_of_each_sort(rule: str) -> None:
    for sort in (True, False):
        found = trials(rule, sort)
        assert len(found) == EACH
        assert len({(str(t.goal), t.scene.sha256, t.said) for t in found}) == EACH


def test_the_same_seed_draws_the_same_plans() -> None:
    assert trials("metal-in-microwave", True, 5) == trials("metal-in-microwave", True, 5)
    assert trials("metal-in-microwave", True, 5, seed=1) != trials("metal-in-microwave", True, 5)


def test_without_rules_nothing_is_caught_and_everything_passes() -> None:
    found = run(each=1, book=RuleBook(()), physics=False)
    assert found["violating_caught"] == 0.0
    assert found["compliant_passed"] == 1.0
    assert len(found["errors"]) > 5


def test_a_rule_that_vetoes_everything_is_seen() -> None:
    rule = shipped_rules().get("living-handled")
    pattern = rule.when[0].model_copy(update={"thing": ("known",)})
    strict = RuleBook((rule.model_copy(update={"when": (pattern,)}),))
    assert not any(judge(t, strict).right for t in trials("living-handled", False, 3))


def test_the_shipped_rules_catch_one_of_each() -> None:
    found = run(each=1, physics=False)
    assert (found["violating_caught"], found["compliant_passed"]) == (1.0, 1.0)
    assert found["rules"] == len(of_plans())


def test_every_watched_rule_has_fixtures() -> None:
    assert set(MAKERS) == set(of_rehearsals())


@pytest.mark.parametrize("rule", of_rehearsals())
def test_a_watched_rule_catches_one_rehearsal_and_passes_one(rule: str) -> None:
    caught, passed = (judge_rehearsal(MAKERS[rule](violating, 1, 0)) for violating in (True, False))
    assert f"rule-{rule}" in caught and passed == ()


def test_without_the_rule_the_same_rehearsal_passes() -> None:
    (judged,) = watched("keep-out-zone", True, 1, seed=0, book=RuleBook(()))
    assert judged.codes == () and not judged.right
