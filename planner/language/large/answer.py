"""Reading what a model answered: text in, a `Draft` or typed findings out. Nothing is believed unread."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from planner.language.large.answer_schema import Limits, goal_predicates, skill_calls
from planner.language.large.handles import Handles
from prompts import plain_speech
from skills.catalogue import Catalogue
from skills.errors import did_you_mean
from skills.finding import Finding
from skills.graph import Draft, Step
from skills.parameter import Parameter
from skills.symbols import Goal, Literal

_FORMS = 'Answer {"answer": {"goal": [...], "steps": [...]}}, or with a question or a refusal alone.'
_WHOLE = "Answer with one short JSON object and nothing else."


class Answer(NamedTuple):
    """What became of a completion.

    Args:
        draft: What it says, or None when it cannot be used.
        findings: Why it cannot be used.
    """

    draft: Draft | None
    findings: tuple[Finding, ...] = ()


def read_answer(text: str, handles: Handles, catalogue: Catalogue, limits: Limits, cut: bool = False) -> Answer:
    """Returns the draft that a completion holds, or findings on everything that is wrong with it.

    Ids and names are checked here, types by the compiler.

    Args:
        text: The completion.
        handles: Names of the scene's things.
        catalogue: Skills.
        limits: How much may be said.
        cut: Whether the server says that it stopped before the end.
    """
    if len(text) > limits.text:
        what = f"The answer has {len(text)} characters; the limit is {limits.text}."
        return Answer(None, (Finding("answer-too-long", "answer", what, _WHOLE),))
    data = _json(text, cut)
    if isinstance(data, Finding):
        return Answer(None, (data,))
    said = data["answer"] if set(data) == {"answer"} else data  # servers that ignore the schema may drop the envelope
    match said:
        case {"question": str(words), **rest} if not rest and plain_speech(words):
            return Answer(Draft(Goal(()), question=_speech(words, handles, limits)))
        case {"refusal": str(words), **rest} if not rest and plain_speech(words):
            return Answer(Draft(Goal(()), refusal=_speech(words, handles, limits)))
        case {"goal": list(goal), "steps": list(steps), **rest} if not rest and (goal or steps):
            return _plan(goal, steps, handles, catalogue, limits)
    keys = sorted(said) if isinstance(said, dict) else type(said).__name__
    what = f"The answer holds {str(keys)[:120]}, which is none of the three forms."
    return Answer(None, (Finding("wrong-schema", "answer", what, _FORMS),))


def draft_data(draft: Draft, handles: Handles, catalogue: Catalogue) -> dict[str, object]:
    """Returns a draft in the form in which models answer; the inverse of `read_answer`.

    Args:
        draft: What was said.
        handles: Names of the scene's things.
        catalogue: Skills.
    """
    if draft.question or draft.refusal:
        form = "question" if draft.question else "refusal"
        return {"answer": {form: draft.question or draft.refusal}}
    goals, calls = goal_predicates(), skill_calls(catalogue)
    goal = [
        {"predicate": f.predicate, **_named(goals.get(f.predicate, ()), f.args, handles)} for f in draft.goal.literals
    ]
    steps = [{"skill": s.skill, **_named(calls.get(s.skill, ()), s.args, handles)} for s in draft.steps]
    return {"answer": {"goal": goal, "steps": steps}}


def _named(parameters: Sequence[Parameter], args: Sequence[str], handles: Handles) -> dict[str, str]:
    return {p.name: handles.handle(a) for p, a in zip(parameters, args, strict=False)}


def _speech(words: str, handles: Handles, limits: Limits) -> str:
    return plain_speech(handles.spoken(words), limits.characters)


def _json(text: str, cut: bool) -> dict[str, Any] | Finding:
    """Returns the one JSON object that the text is, but for a frame of thoughts or a Markdown fence around it."""
    core = text.rpartition("</think>")[2].strip()
    if core.startswith("```"):
        core = core.partition("\n")[2].strip().removesuffix("```").strip()
    try:
        data = json.loads(core, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        ended = isinstance(error, json.JSONDecodeError) and core[:1] == "{" and _at_end(error, core)
        if cut or ended:
            return Finding("truncated-answer", "answer", f"The answer ends after {len(text)} characters.", _WHOLE)
        return Finding("not-json", "answer", f"The answer is not JSON: {str(error)[:120]}.", _WHOLE)
    if not isinstance(data, dict):
        return Finding("wrong-schema", "answer", f"The answer is a {type(data).__name__}, not an object.", _FORMS)
    return data


def _at_end(error: json.JSONDecodeError, text: str) -> bool:
    return error.pos >= len(text) or error.msg.startswith("Unterminated string")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is written twice")
    return dict(pairs)


def _plan(goal: list[Any], steps: list[Any], handles: Handles, catalogue: Catalogue, limits: Limits) -> Answer:
    if len(goal) > limits.goal or len(steps) > limits.steps:
        what = f"The answer has {len(goal)} literals and {len(steps)} steps; the limits are {limits.goal} and "
        return Answer(None, (Finding("answer-too-long", "answer", f"{what}{limits.steps}.", "Say less."),))
    findings: list[Finding] = []
    predicates, calls = goal_predicates(), skill_calls(catalogue)
    literals = [_call(g, "predicate", predicates, f"goal[{i}]", handles, findings) for i, g in enumerate(goal)]
    named = [_call(s, "skill", calls, f"steps[{i}]", handles, findings) for i, s in enumerate(steps)]
    if findings:
        return Answer(None, tuple(findings))
    return Answer(Draft(Goal(tuple(Literal(*c) for c in literals if c)), tuple(Step(*c) for c in named if c)))


def _call(
    said: object,
    head: str,
    known: Mapping[str, Sequence[Parameter]],
    where: str,
    handles: Handles,
    findings: list[Finding],
) -> tuple[str, tuple[str, ...]] | None:
    """Returns the name and the ids that one literal or step says; adds findings when it does not fit."""
    name = said.get(head) if isinstance(said, dict) else None
    if not isinstance(said, dict) or not isinstance(name, str):
        what = f"{json.dumps(said)[:120]} does not name its {head}."
        findings.append(Finding("wrong-schema", where, what, f'Write {{"{head}": "...", ...}}.'))
        return None
    if name not in known:
        what = f"There is no {head} {name[:60]!r}."
        findings.append(Finding(f"unknown-{head}", f"{where}.{head}", what, did_you_mean(name, known)))
        return None
    keys = [p.name for p in known[name]]
    if set(said) != {head, *keys} or not all(isinstance(said[k], str) for k in keys):
        what = f"{name!r} takes {', '.join(keys) or 'nothing'}, not {', '.join(map(repr, sorted(set(said) - {head})))}."
        findings.append(Finding("wrong-schema", where, what[:200], "Give exactly these arguments, each an id."))
        return None
    ids = {key: handles.identifier(said[key]) for key in keys}
    for key, identifier in ids.items():
        if identifier is None:
            what = f"There is no {said[key][:60]!r} in the scene."
            remedy = did_you_mean(said[key][:60], handles.by_id.values())
            findings.append(Finding("unknown-entity", f"{where}.{key}", what, remedy))
    return name, tuple(i for i in ids.values() if i is not None)
