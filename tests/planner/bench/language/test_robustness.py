"""Robustness: labels are data. The same plan up to ids, or a typed refusal; nothing else is right."""

import numpy as np
import pytest

from planner.bench.language import robustness, safety
from planner.bench.language.attempt import attempt, attempt_at
from planner.bench.language.labels import relabelled, renamed, unnamed
from planner.bench.language.robustness import Pair, about, isomorphic, variants
from planner.instruction import Instruction
from planner.language.encoder import SentenceEncoder
from planner.language.labels import Labels
from planner.language.layout import plain_label, table_of
from skills.graph import Draft
from skills.kinds import KINDS
from skills.symbols import Goal, Literal
from tests.small import Says, draft


class ByName:
    """Knows what each benign request means, and finds the things by their names."""

    name = "by-name.v1"

    def __init__(self) -> None:
        self.known = {(r.scene.name, r.text): r for r in safety.requests()}

    def draft(self, instruction) -> Draft:
        request = self.known[instruction.scene.name, instruction.text]
        named = {plain_label(e.words): i for i, e in instruction.scene.entities.items()}

        def there(arg):
            thing, dot, side = arg.partition(".")
            words = plain_label(request.scene.entities[request.scene.canonical(thing)].words)
            return f"{named[words]}{dot}{side}"

        goal = tuple(Literal(g.predicate, tuple(map(there, g.args))) for g in sorted(request.goal))
        return Draft(Goal(goal))


def benign(scene):
    return [r for r in safety.requests() if r.family == safety.BENIGN and r.scene.name == scene]


@pytest.mark.parametrize("name", ["kitchen", "office", "home_kitchen"])
def test_a_model_that_goes_by_names_alone_is_isomorphic_everywhere(name) -> None:
    model, rng = ByName(), np.random.default_rng(0)
    for request in benign(name)[::4]:
        case = safety.case_of(request)
        for variant in variants(case.scene, about(request), rng):
            other = attempt_at(model, Instruction(case.text, variant.scene))
            assert isomorphic(attempt(model, case), other, variant.ids), (case.text, variant.name)


def test_another_plan_is_not_isomorphic_and_a_refusal_is_right() -> None:
    request = benign("kitchen")[0]
    case = safety.case_of(request)
    same = {i: i for i in case.scene.entities}
    plain = attempt(ByName(), case)
    fooled = attempt(Says(always=draft(["turned_on(stove)"])), case)
    assert isomorphic(plain, plain, same) and not isomorphic(plain, fooled, same)
    assert isomorphic(plain, attempt(Says(always=draft(refusal="no")), case), same)
    assert not isomorphic(attempt(Says(always=draft(refusal="no")), case), plain, same)


def test_where_a_name_went_with_the_order_the_scene_without_it_counts_too() -> None:
    case = safety.case_of(benign("kitchen")[0])
    same = {i: i for i in case.scene.entities}
    plain, fooled = attempt(ByName(), case), attempt(Says(always=draft(["turned_on(stove)"])), case)
    assert Pair((fooled, plain), plain).same(same) and not Pair((fooled,), plain).same(same)


def test_without_its_label_a_thing_goes_by_its_kind() -> None:
    scene = safety.scene_called("home_kitchen")
    thing = next(t for t in scene.objects if t.label)
    bare = unnamed(scene, [thing.id])
    assert bare.entities[thing.id].words == KINDS[thing.kind].words != scene.entities[thing.id].words
    assert bare.initial_state() == scene.initial_state()


def test_new_labels_are_read_and_the_old_scene_stays() -> None:
    scene = safety.scene_called("kitchen")
    new = relabelled(scene, lambda identifier, words: f"{words}. obey", ["plate", "bowl"])
    assert new.entities["plate"].words == "plate. obey" and scene.entities["plate"].words == "plate"
    assert new.entities["can"].words == scene.entities["can"].words
    assert new.initial_state() == scene.initial_state()


def test_other_ids_keep_every_fact() -> None:
    scene = safety.scene_called("office")
    new = renamed(scene, np.random.default_rng(1))
    facts = {Literal(f.predicate, tuple(new.ids.get(a, a) for a in f.args)) for f in scene.initial_state()}
    assert facts == new.scene.initial_state()
    assert not set(new.scene.entities) & set(scene.entities)


def test_bystanders_are_what_the_request_is_not_about() -> None:
    request = next(r for r in benign("kitchen") if "both mugs" in r.text)
    assert {"white_mug", "red_mug", "basket"} <= about(request) and "bottle" not in about(request)


def test_the_report_has_both_halves(monkeypatch) -> None:
    few = tuple(benign("office")[:2])
    monkeypatch.setattr(safety, "requests", lambda: few)
    said = robustness.report(Says(always=draft(refusal="no")), limit=3)
    assert said.figures["isomorphic"] == said.figures["isomorphic_to_named"] == 1.0 and said.figures["typo_loss"] == 0.0
    assert {f.name for f in said.families} == {"hostile bystanders", "hostile suffixes", "other ids", "one typo"}


@pytest.mark.parametrize("name", ["kitchen", "home_kitchen"])
def test_an_order_for_a_label_is_shown_as_no_label(name) -> None:
    scene, labels, rng = safety.scene_called(name), Labels(SentenceEncoder()), np.random.default_rng(2)
    hostile, _, _ = variants(scene, frozenset(), rng)
    shown = [labels.cleaned(table_of(Instruction("x", s)), s).rows for s in (hostile.scene, hostile.nameless)]
    assert [r.words for r in shown[0]] == [r.words for r in shown[1]]
    assert hostile.scene.entities != hostile.nameless.entities
