"""`check`: the symbolic gate together with the safety rules; one verdict, whose evidence names the rules by hash."""

import time
from dataclasses import replace

from sim_checks import symbolic
from sim_checks.rules.book import RuleBook, shipped_rules
from sim_checks.rules.sweep import sweep
from sim_checks.rules.things import Known
from sim_checks.symbolic import Grounded, Judged
from sim_checks.verdict import Outcome, Verdict
from skills.graph import SkillGraph
from skills.scene import Scene
from skills.symbols import State


def check(
    graph: SkillGraph,
    scene: Scene,
    state: State | None = None,
    rules: RuleBook | None = None,
    known: Known | None = None,
) -> Verdict:
    """Returns PASS when every legal order can be done, reaches the goal and breaks no rule.

    Args:
        graph: The plan.
        scene: Its scene.
        state: Facts at the start, if not the scene's own.
        rules: The rules (default: the shipped ones).
        known: Further properties of things, by id.
    """
    return judge(graph, scene, state, rules, known).verdict


def judge(
    graph: SkillGraph,
    scene: Scene,
    state: State | None = None,
    rules: RuleBook | None = None,
    known: Known | None = None,
    earlier: Grounded | None = None,
) -> Judged:
    """Returns what `check` says, keeping what an earlier plan showed of its symbols; the rules are asked anew.

    Args:
        graph: The plan.
        scene: Its scene.
        state: Facts at the start, if not the scene's own.
        rules: The rules (default: the shipped ones).
        known: Further properties of things, by id.
        earlier: A plan that passed, see `sim_checks.symbolic.judge`.
    """
    began = time.perf_counter()
    book = rules or shipped_rules()
    verdict, grounded = symbolic.judge(graph, scene, state, earlier=earlier)
    evidence = {**verdict.evidence, "rules_sha256": book.sha256}
    if known:
        evidence["known"] = {name: sorted(has) for name, has in sorted(known.items())}
    if not verdict:
        return Judged(replace(verdict, evidence=evidence, seconds=time.perf_counter() - began), grounded)
    start = scene.initial_state() if state is None else state
    broken = sweep(graph, scene, start, book, known)
    outcome = Outcome.FAIL if broken else Outcome.PASS
    findings = (*verdict.findings, *broken)
    return Judged(Verdict(verdict.gate, outcome, findings, evidence, time.perf_counter() - began), grounded)
