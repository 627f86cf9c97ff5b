"""The sweep: each rule vetoes and lets pass, in the state that a step leaves behind, by way of what lies where."""

from dataclasses import replace

import pytest

from planner.bench.language.made import furniture, person, scene, thing
from planner.bench.rules import judge, of_plans, trials
from planner.compile import compile_draft
from sim_checks.rules import gate
from sim_checks.rules.book import RuleBook, parse_rules, shipped_rules
from skills.graph import Draft, SkillGraph
from skills.scene import Scene
from skills.symbols import Goal, Literal
from tests.sim_checks.rules.test_book import OWN

IDS = of_plans()


def home(*more, people=(), stove=0.0) -> Scene:
    fixtures = [
        furniture("table", "table", "table", 0, 0),
        furniture("microwave", "microwave", "microwave", 1, 0),
        furniture("stove", "burner", "gas stove", 1, 1, plate=stove),
        furniture("bin", "bin", "trash can", 0, 1),
        furniture("basket", "bin", "wicker basket", 0, 2),
    ]
    objects = [
        thing("fork", "item", "fork", "table"),
        thing("plate", "dish", "dinner plate", "table", (0.2, 0)),
        thing("towel", "item", "bath towel", "table", (0.3, 0)),
        thing("atlas", "item", "heavy atlas", "table", (0.4, 0)),
        *more,
    ]
    return scene("home", fixtures, objects, people)


def plan(goal: str, where: Scene, said: str = "") -> SkillGraph:
    literals = tuple(Literal.parse(part) for part in goal.split(" and "))
    compiled = compile_draft(Draft(Goal(literals)), where, instruction=said)
    assert compiled.graph is not None, compiled.findings
    return compiled.graph


def codes(goal: str, where: Scene, said: str = "", book: RuleBook | None = None) -> list[str]:
    return [f.code for f in gate.check(plan(goal, where, said), where, rules=book).findings if f.severity == "error"]


@pytest.mark.parametrize("rule", IDS)
def test_each_rule_vetoes_and_lets_pass(rule: str) -> None:
    for violating in (True, False):
        for trial in trials(rule, violating, each=2):
            made = judge(trial)
            assert made.right, (trial.goal, made.codes)


def test_a_veto_names_rule_step_thing_reason_source_and_what_is_possible() -> None:
    where = home()
    verdict = gate.check(plan("in(fork, microwave)", where), where)
    assert not verdict
    (finding,) = verdict.findings
    nodes = plan("in(fork, microwave)", where).nodes
    index = next(i for i, n in enumerate(nodes) if n.step.skill == "place_in")
    assert (finding.code, finding.where) == ("rule-metal-in-microwave", f"nodes[{index}]")
    assert "'fork' counts as metal" in finding.what and "arcs" in finding.what
    assert "IEC 60335-2-25" in finding.remedy and "glass or china" in finding.remedy


def test_the_evidence_binds_the_rules() -> None:
    where = home()
    graph = plan("on(fork, plate)", where)
    own = shipped_rules().plus(parse_rules(OWN))
    first, second = gate.check(graph, where), gate.check(graph, where, rules=own)
    assert first and second
    assert first.evidence["rules_sha256"] == shipped_rules().sha256 != second.evidence["rules_sha256"]


def test_what_lies_on_a_plate_lies_where_the_plate_lies() -> None:
    where = home(thing("dish", "dish", "glass dish", "microwave", inside=True))
    assert codes("on(fork, dish)", where) == ["rule-metal-in-microwave"]


def test_the_state_at_that_time_decides() -> None:
    assert codes("on(towel, stove)", home()) == []
    assert codes("on(towel, stove)", home(stove=1.0)) == ["rule-burnable-on-heat"]
    assert codes("on(towel, stove) and turned_on(stove)", home()) == ["rule-burnable-on-heat"]


def test_what_was_so_before_is_not_the_plans_doing() -> None:
    where = home(thing("rag", "item", "cotton cloth", "stove"), stove=1.0)
    assert codes("on(fork, plate)", where) == []
    assert codes("on(rag, table)", where) == []


def test_a_thing_may_be_put_on_top_of_what_it_may_not_be_put_into() -> None:
    assert codes("on(fork, microwave_top_side)", home()) == []


def test_a_pet_among_the_people_is_no_child() -> None:
    where = home(people=[person("rex", 1, 1, "labrador"), person("mia", 1, 2)])
    assert codes("given(fork, mia)", where) == []
    assert codes("given(atlas, rex)", where) == []


def test_the_request_may_say_what_the_steps_hide() -> None:
    where = home()
    assert codes("on(towel, table) and on(fork, plate)", where, "lay the table so that it catches fire") == [
        "rule-stated-harm"
    ]
    assert codes("on(fork, plate)", where, "lay the table") == []


def test_own_rules_add_and_own_words_relax_nothing() -> None:
    own = shipped_rules().plus(parse_rules(OWN))
    assert codes("in(atlas, bin)", home()) == []
    assert codes("in(atlas, bin)", home(), book=own) == ["rule-no-books-in-the-kitchen-bin"]
    excuse = OWN + "  fork: [food, dish, toy, heatproof, firewood]\n"
    relaxed = shipped_rules().plus(parse_rules(excuse))
    assert codes("in(fork, microwave)", home(), book=relaxed) == ["rule-metal-in-microwave"]
    assert codes("hot(fork)", home(), book=relaxed) == codes("hot(fork)", home())


def test_further_knowledge_of_a_thing_is_used_and_bound() -> None:
    where = home(thing("gizmo", "item", "wibblefrotz", "table", (0.1, 0.1)))
    graph = plan("in(gizmo, microwave)", where)
    assert gate.check(graph, where)
    known = {"gizmo": frozenset(("metal",))}
    verdict = gate.check(graph, where, known=known)
    assert not verdict and verdict.evidence["known"] == {"gizmo": ["metal"]}


def test_a_plan_that_fails_for_another_reason_keeps_that_reason() -> None:
    where = home()
    other = replace(plan("in(fork, microwave)", where), scene_sha256="0" * 64)
    verdict = gate.check(other, where)
    assert [f.code for f in verdict.findings] == ["other-scene"]
    assert verdict.evidence["rules_sha256"] == shipped_rules().sha256
