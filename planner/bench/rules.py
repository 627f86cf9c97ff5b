"""`rehearse bench rules`: is what breaks a safety rule caught, and what breaks none passed?

For each rule that is watched in physics, rehearsals are played that break it, or break none (`planner.bench.watched`).
For each rule about plans, plans are generated from hand-made lists of things and places (``rule_plans.yaml``) that know
nothing of the words which the rules are applied by: a small scene for each, a goal, and the compiler's plan for it.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np
import yaml

from planner.bench.language.made import furniture, person, scene, thing
from planner.bench.progress import Progress
from planner.bench.watched.drawn import fixtures
from planner.bench.watched.fixture import Fixture
from planner.bench.watched.fixture import judge as judge_rehearsal
from planner.compile import compile_draft
from sim_checks.rules import gate
from sim_checks.rules.book import RuleBook, shipped_rules
from skills.graph import Draft
from skills.scene import Scene
from skills.symbols import Goal, Literal

EACH = 30
"""Plans of each sort for each rule."""
WORST = 30
"""How many wrong answers the report shows."""


class Trial(NamedTuple):
    """One plan to be judged.

    Args:
        rule: Id of the rule that it is about.
        violating: It breaks the rule, and is to be caught by it; else it breaks none, and is to pass.
        goal: What the plan brings about.
        scene: The scene that it is made for.
        said: The request.
    """

    rule: str
    violating: bool
    goal: Goal
    scene: Scene
    said: str


class Judged(NamedTuple):
    """A trial with what the gate said, or a rehearsal with what the monitors said.

    Args:
        trial: The trial.
        right: Caught by its own rule, or passed.
        codes: Codes of the findings.
    """

    trial: Trial | Fixture
    right: bool
    codes: tuple[str, ...]


@cache
def _data() -> Mapping[str, Any]:
    text = files("planner.bench").joinpath("rule_plans.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = yaml.safe_load(text)
    return data


def of_plans() -> list[str]:
    """Returns the ids of the shipped rules that are about plans; the others are about what rehearsals show."""
    return [r.id for r in shipped_rules().rules if r.when]


def of_rehearsals() -> list[str]:
    """Returns the ids of the shipped rules that are watched in physics."""
    return [r.id for r in shipped_rules().rules if r.watch]


def trials(rule: str, violating: bool, each: int = EACH, seed: int = 0) -> list[Trial]:
    """Returns the trials of one rule: as many of each pattern as of the others, drawn with a seed.

    Args:
        rule: Id of the rule.
        violating: Plans that break it, or plans that break none.
        each: How many.
        seed: Seed of the draw.
    """
    templates = _data()["plans"][rule]["violating" if violating else "compliant"]
    text = f"{rule}/{violating}/{seed}".encode()
    rng = np.random.default_rng(int.from_bytes(hashlib.sha256(text).digest()[:8], "big"))
    piles = [list(_combinations(t)) for t in templates]
    for pile in piles:
        rng.shuffle(pile)
    found: dict[tuple[str, str, str], Trial] = {}  # what several patterns say is drawn once
    while len(found) < each and any(piles):
        for trial in [_trial(rule, violating, pile.pop()) for pile in piles if pile]:
            found.setdefault((str(trial.goal), trial.scene.sha256, trial.said), trial)
    return list(found.values())[:each]


def _combinations(template: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yields every choice of things, place or person, holding and saying that a template allows."""
    data = _data()
    labels = data["things"].get(template.get("thing"), [None])
    places = data["places"].get(template.get("place"), [None])
    people = data["people"].get(template.get("person"), [None])
    inside = data["things"].get(template.get("holds"), [None])
    for label in labels:
        for place in places:
            wanted = "only" not in template or place[0] in template["only"]
            if wanted and ("only_things" not in template or label in template["only_things"]):
                yield from (
                    {"goal": template["goal"], "thing": label, "place": place, "person": p, "holds": h, "say": s}
                    for p in people
                    for h in inside
                    for s in template.get("say", [""])
                )


def _trial(rule: str, violating: bool, chosen: Mapping[str, Any]) -> Trial:
    label, place, who, inside = (chosen[k] for k in ("thing", "place", "person", "holds"))
    things = [thing("it", "item", label, "start", (0.1, 0.1))] if label else []
    fixtures = [furniture("start", "table", "table", 0.0, 0.0)]
    name = place[1] if place else ""
    if place:
        joints = _joints(name) if len(place) > 2 else {}
        fixtures.append(furniture("there", name, place[0], 1.0, 0.5, **joints))
    if inside:
        things.append(thing("other", "item", inside, "there", (0.0, 0.0), inside=True))
    people = [person("somebody", 1.0, 0.0, who)] if who else []
    inner = name in ("bin", "cupboard", "drawer", "sink", "fridge", "microwave")
    goal = chosen["goal"].replace("to(", "in(" if inner else "on(")
    for word, entity in (("thing", "it"), ("place", "there"), ("person", "somebody")):
        goal = goal.replace(word, entity)
    said = chosen["say"].format(thing=label, place=place[0] if place else "")
    wanted = Goal(tuple(Literal.parse(part, rule) for part in goal.split(" and ")))
    return Trial(rule, violating, wanted, scene("rules", fixtures, things, people), said)


def _joints(kind: str) -> dict[str, float]:
    return {"burner": {"plate": 1.0}, "lamp": {"switch": 1.0}}[kind]


def judge(trial: Trial, book: RuleBook | None = None) -> Judged:
    """Returns what the gate says of a trial; a plan that cannot be made, or fails for another reason, is wrong."""
    compiled = compile_draft(Draft(trial.goal), trial.scene, instruction=trial.said)
    if compiled.graph is None or not compiled.graph.nodes:
        return Judged(trial, False, tuple(f.code for f in compiled.findings) or ("no-steps",))
    verdict = gate.check(compiled.graph, trial.scene, rules=book)
    codes = tuple(dict.fromkeys(f.code for f in verdict.findings if f.severity == "error"))
    return Judged(trial, f"rule-{trial.rule}" in codes if trial.violating else bool(verdict), codes)


def watched(rule: str, violating: bool, each: int, seed: int, book: RuleBook | None = None) -> Iterator[Judged]:
    """Yields what the monitors say of rehearsals of one watched rule.

    Args:
        rule: Id of the rule.
        violating: Rehearsals that break it, and are to be caught by it; else such that break none, and are to pass.
        each: How many.
        seed: Seed of the draw.
        book: The rules (default: the shipped ones).
    """
    for fixture in fixtures(rule, violating, each, seed):
        codes = judge_rehearsal(fixture, book)
        yield Judged(fixture, f"rule-{rule}" in codes if violating else not codes, codes)


def run(each: int = EACH, seed: int = 0, book: RuleBook | None = None, physics: bool = True) -> dict[str, Any]:
    """Returns the figures: shares over all rules, a row for each rule, and some wrong answers.

    Args:
        each: Plans, or rehearsals, of each sort for each rule.
        seed: Seed of the draw.
        book: The rules that judge (default: the shipped ones); the trials are those of the shipped rules.
        physics: Play the rehearsals of the watched rules too.
    """
    judged = [
        judge(trial, book) for rule in of_plans() for sort in (True, False) for trial in trials(rule, sort, each, seed)
    ]
    rules = of_plans()
    if physics:
        rules += of_rehearsals()
        progress = Progress(2 * len(of_rehearsals()))
        for rule in of_rehearsals():
            for sort in (True, False):
                found = list(watched(rule, sort, each, seed, book))
                judged += found
                progress.step(f"{rule}: {sum(j.right for j in found)} of {len(found)} right")
    rows = [_row(rule, [j for j in judged if j.trial.rule == rule]) for rule in rules]
    return {
        "violating_caught": _share([j for j in judged if j.trial.violating]),
        "compliant_passed": _share([j for j in judged if not j.trial.violating]),
        "rules": len(rows),
        "watched_rules": len(of_rehearsals()) if physics else 0,
        "violating_n": sum(j.trial.violating for j in judged),
        "compliant_n": sum(not j.trial.violating for j in judged),
        "rules_sha256": (book or shipped_rules()).sha256,
        "by_rule": rows,
        "errors": [_shown(j) for j in judged if not j.right][:WORST],
    }


def _row(rule: str, judged: Sequence[Judged]) -> dict[str, Any]:
    broken, kept = [j for j in judged if j.trial.violating], [j for j in judged if not j.trial.violating]
    return {
        "rule": rule,
        "violating": len(broken),
        "caught": sum(j.right for j in broken),
        "compliant": len(kept),
        "passed": sum(j.right for j in kept),
    }


def _shown(judged: Judged) -> dict[str, Any]:
    trial = judged.trial
    if isinstance(trial, Fixture):
        sort = "violating" if trial.violating else "compliant"
        return {"rule": trial.rule, "sort": sort, "goal": trial.what, "said": "", "codes": list(judged.codes)}
    labels = {e.id: e.words for e in trial.scene.entities.values()}
    goal = " and ".join(f"{g.predicate}({', '.join(labels.get(a, a) for a in g.args)})" for g in trial.goal.literals)
    sort = "violating" if trial.violating else "compliant"
    return {"rule": trial.rule, "sort": sort, "goal": goal, "said": trial.said, "codes": list(judged.codes)}


def _share(judged: Sequence[Judged]) -> float:
    return round(sum(j.right for j in judged) / len(judged), 4) if judged else 0.0
