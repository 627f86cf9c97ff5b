"""`check_skill`: the contract test that third parties run on their skills.

from skills.testing import check_skill
check_skill(MySkill(), scene)
"""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import islice, product

from skills.body import BodyRequest
from skills.errors import VocabularyError
from skills.graph import Step
from skills.parameter import WORDS, candidates, misfits
from skills.scene import Scene
from skills.skill import Operator, Skill
from skills.symbols import PREDICATES, Literal, State

CALLS = 200
"""Most argument tuples that are tried."""


def check_skill(skill: Skill, scene: Scene, state: State | None = None) -> tuple[Step, ...]:
    """Checks everything that the compiler and the gates rely on.

    Args:
        skill: The skill.
        scene: A scene in which at least one call of it makes sense.
        state: Facts (default: what the scene file says).

    Returns:
        The calls that were checked.

    Raises:
        VocabularyError: The skill breaks the contract; `where` names the clause and `remedy` what to do.
    """
    start = scene.initial_state() if state is None else state
    _require(isinstance(skill, Skill), "port", f"{skill!r} lacks a member of Skill.", "Implement all of them.")
    name = _check_declaration(skill)
    calls = list(islice(_calls(skill, scene), CALLS))
    what = f"No call of {name!r} is possible in scene {scene.name!r}."
    _require(bool(calls), "parameters", what, "Test it in a scene that holds what it needs.")
    for args in calls:
        call = str(Step(name, args))
        before = frozenset(start)
        operator = skill.ground(args, scene, start)
        again = skill.ground(args, scene, start)
        _require(operator == again, "ground", f"{call} grounds differently a second time.", "Keep no state.")
        _require(before == start, "ground", f"Grounding {call} changed the state.", "Return an Operator, no more.")
        _check_operator(skill, operator, args, scene)
        _check_suggestions(skill, operator, args, scene, start)
        _check_body(skill, args, scene)
    return tuple(Step(name, args) for args in calls)


def _check_declaration(skill: Skill) -> str:
    """Checks id, words and parameters; returns the name without version."""
    match = re.fullmatch(r"([a-z][a-z0-9_]{0,62})\.v([1-9][0-9]*)", skill.id)
    if match is None:
        raise VocabularyError.at("skill-contract", "id", f"{skill.id!r} is no versioned id.", "Write name.v1.")
    _require(bool(skill.words.strip()), "words", "It does not say what it does.", "Write one line.")
    names = [p.name for p in skill.parameters]
    _require(len(names) <= 8, "parameters", f"{len(names)} parameters are too many.", "Take at most 8.")
    _require(len(set(names)) == len(names), "parameters", f"Names repeat: {names}.", "Name each one differently.")
    unknown = [p.type for p in skill.parameters if p.type not in WORDS]
    _require(not unknown, "parameters", f"There are no types {unknown}.", f"Use one of: {', '.join(WORDS)}.")
    return match[1]


def _calls(skill: Skill, scene: Scene) -> Iterator[tuple[str, ...]]:
    """Yields argument tuples that fit the parameters."""
    for args in product(*(candidates(p.type, scene) for p in skill.parameters)):
        if not misfits(skill.parameters, args, scene, "args", skill.id):
            yield args


def _check_operator(skill: Skill, operator: Operator, args: Sequence[str], scene: Scene) -> None:
    name = skill.id.partition(".")[0]
    call = f"{name}({', '.join(args)})"
    same = (operator.name, operator.args) == (name, tuple(args))
    _require(same, "ground", f"{call} grounds to {operator}.", "Return the name and the arguments of the call.")
    for field in ("preconditions", "absent", "add", "delete"):
        for literal in getattr(operator, field):
            _check_literal(literal, f"{field} of {call}", scene)
    both = sorted(operator.add & operator.delete)
    _require(not both, "effects", f"{call} both adds and deletes {both}.", "Do one of them.")
    clash = sorted(operator.preconditions & operator.absent)
    _require(not clash, "preconditions", f"{call} needs {clash} present and absent.", "Need one of them.")
    _require(bool(operator.add | operator.delete), "effects", f"{call} changes nothing.", "Say what it changes.")
    limit = operator.duration_s
    _require(math.isfinite(limit) and 0 < limit <= 3600, "duration_s", f"{limit} s bounds nothing.", "Give seconds.")
    after = operator.apply(operator.preconditions)
    kept = operator.add <= after and not operator.delete & after
    _require(kept, "effects", f"The effects of {call} do not hold after it.", "Correct add and delete.")


def _check_literal(literal: Literal, where: str, scene: Scene) -> None:
    predicate = PREDICATES.get(literal.predicate)
    known = predicate is not None and predicate.arity == len(literal.args)
    _require(known, where, f"{literal} is no fact of the vocabulary.", f"Use one of: {', '.join(PREDICATES)}.")
    strange = [a for a in literal.args if not scene.knows(a) or scene.canonical(a) != a]
    _require(not strange, where, f"{literal} names {strange}, which are no canonical ids.", "Use scene.canonical().")


def _check_suggestions(skill: Skill, operator: Operator, args: Sequence[str], scene: Scene, state: State) -> None:
    """Checks that suggestions are well-formed, and that the skill knows at least one fact that it brings about."""
    found = False
    wishes = [(f, True) for f in sorted(operator.add)] + [(f, False) for f in sorted(operator.delete)]
    for literal, wanted in wishes:
        for suggestion in skill.suggest(literal, wanted, scene, state):
            fits = isinstance(suggestion, tuple) and all(isinstance(a, str) for a in suggestion)
            _require(fits, "suggest", f"{suggestion!r} is no tuple of ids.", "Return tuples of argument ids.")
            found = found or tuple(suggestion) == tuple(args)
    what = f"It never suggests {operator} for what that brings about, so the compiler will not find it."
    _require(found, "suggest", what, "Return these arguments for one of the call's effects.")


def _check_body(skill: Skill, args: Sequence[str], scene: Scene) -> None:
    request = skill.request(args, scene)
    _require(isinstance(request, BodyRequest), "request", f"{request!r} is no BodyRequest.", "Return a BodyRequest.")
    named = [i for i in (request.subject, request.target, request.holds_after) if i is not None]
    strange = [i for i in named if not scene.knows(i)]
    _require(not strange, "request", f"It names {strange}, which the scene does not know.", "Name entities.")
    opening = request.opening
    _require(opening is None or 0 <= opening <= 1, "request", f"Opening {opening} is not in 0 to 1.", "Give a share.")
    effort = skill.cost(args, scene)
    _require(math.isfinite(effort) and effort > 0, "cost", f"An effort of {effort} is none.", "Return a positive one.")


def _require(condition: bool, clause: str, what: str, remedy: str) -> None:
    if not condition:
        raise VocabularyError.at("skill-contract", clause, what, remedy)
