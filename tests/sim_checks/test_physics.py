"""Every test of exchanged candidates spends a part of one error: the verdict states one confidence, however many."""

from sim_checks.physics import WORLDS, _physics, _Series
from sim_checks.rehearsal import Nominal
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome


def _claimed(tests: int) -> str:
    verdict = _physics(Nominal(), _Series(Outcome.PASS, tuple(range(12)), (), 12), Claim(), tests, 0.0)
    assert verdict.evidence["tests"] == tests
    return str(verdict.evidence["claim"])


def test_the_stated_confidence_holds_for_all_tests_together() -> None:
    assert _claimed(1).endswith("95% confidence")
    assert _claimed(2).endswith("95% confidence")
    assert _claimed(3).endswith("95% confidence")


def test_worlds_of_two_tests_never_overlap() -> None:
    assert Claim().most <= WORLDS
