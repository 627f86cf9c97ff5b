"""A second test of exchanged candidates costs confidence, and the verdict says so."""

from sim_checks.physics import WORLDS, _physics, _Series
from sim_checks.rehearsal import Nominal
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome


def _claimed(tests: int) -> str:
    verdict = _physics(Nominal(), _Series(Outcome.PASS, tuple(range(12)), (), 12), Claim(), tests, 0.0)
    assert verdict.evidence["tests"] == tests
    return str(verdict.evidence["claim"])


def test_every_further_test_is_paid_for_in_confidence() -> None:
    assert _claimed(1).endswith("95% confidence")
    assert _claimed(2).endswith("90% confidence")
    assert _claimed(3).endswith("85% confidence")


def test_worlds_of_two_tests_never_overlap() -> None:
    assert Claim().most <= WORLDS
