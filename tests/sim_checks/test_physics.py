"""Every test of exchanged candidates spends a part of one error: the verdict states one confidence, however many."""

from sim_checks.bullet.perturb import Perturbation
from sim_checks.halving import Compared
from sim_checks.incident import Incident
from sim_checks.physics import WORLDS, Examined, _physics, _Series
from sim_checks.rehearsal import Nominal
from sim_checks.rules.book import shipped_rules
from sim_checks.sequential import Claim
from sim_checks.verdict import Outcome, Verdict
from skills.finding import Finding
from skills.graph import Node, SkillGraph, Step
from skills.symbols import Goal
from tests.small import table_top

SCENE = table_top()
GRAPH = SkillGraph(Goal(()), (Node("n1", Step("pick", ("can",))), Node("n2", Step("place", ("can",)))))
IT = Examined(GRAPH, SCENE, Claim(), Perturbation(), None, shipped_rules())


def _spoken(series: _Series, tests: int = 1) -> Verdict:
    return _physics(IT, Nominal(), Compared((), ()), series, tests, 0.0)


def _claimed(tests: int) -> str:
    verdict = _spoken(_Series(Outcome.PASS, tuple(range(12)), (), 12), tests)
    assert verdict.evidence["tests"] == tests
    return str(verdict.evidence["claim"])


def test_the_stated_confidence_holds_for_all_tests_together() -> None:
    assert _claimed(1).endswith("95% confidence")
    assert _claimed(2).endswith("95% confidence")
    assert _claimed(3).endswith("95% confidence")


def test_worlds_of_two_tests_never_overlap() -> None:
    assert Claim().most <= WORLDS


def test_a_fail_shows_a_rollout_of_the_step_that_failed_most_often() -> None:
    def failed(node: str, time_s: float) -> Incident:
        return Incident(Finding("effect-missed", f"nodes.{node}", "It fell.", "Try."), time_s, "lift", ("can",))

    failures = ((7, failed("n1", 1.0)), (8, failed("n2", 6.0)), (9, failed("n2", 6.5)))
    shown = _spoken(_Series(Outcome.FAIL, (7, 8, 9), failures, 0)).counterexample
    assert shown is not None
    assert (shown.node, shown.seed, shown.time_s, shown.good_s) == ("n2", 8, 6.0, 5.5)
    assert shown.why_not.startswith(
        "Because of place(can) (n2), 6.0 s into the rehearsal of a perturbed world: It fell"
    )
    assert "n2" in shown.remedy


def test_a_pass_names_both_time_steps_and_the_rules() -> None:
    evidence = _spoken(_Series(Outcome.PASS, (1,), (), 1)).evidence
    assert evidence["time_steps"] == {"1/240 s": "achieved", "1/480 s": "achieved"}
    assert evidence["rules_sha256"] == shipped_rules().sha256
