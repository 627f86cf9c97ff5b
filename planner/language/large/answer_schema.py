"""The JSON schema of an answer: this scene's ids and these skills, and nothing else, can be said in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from planner.language.large.handles import Handles
from skills.catalogue import Catalogue
from skills.parameter import PREDICATE_TYPES, Parameter, ParameterType, candidates
from skills.skill import name_of
from skills.symbols import PREDICATES

GOAL_ARGUMENTS = ("thing", "place")
"""What a goal literal's arguments are called."""


@dataclass(frozen=True)
class Limits:
    """How much a model may say.

    Args:
        goal: Most goal literals.
        steps: Most skill calls.
        characters: Longest question or refusal.
        text: Longest answer that is read, in characters.
    """

    goal: int = 24
    steps: int = 50
    characters: int = 400
    text: int = 32_000


def predicate_parameters(name: str) -> tuple[Parameter, ...]:
    """Returns what a predicate takes, under the names that answers use."""
    return tuple(Parameter(n, t) for n, t in zip(GOAL_ARGUMENTS, PREDICATE_TYPES[name], strict=False))


def goal_predicates() -> dict[str, tuple[Parameter, ...]]:
    """Returns the predicates that a goal may ask for, with what they take."""
    return {name: predicate_parameters(name) for name, p in PREDICATES.items() if p.goal}


def skill_calls(catalogue: Catalogue) -> dict[str, tuple[Parameter, ...]]:
    """Returns the skills with what they take."""
    return {name_of(skill): tuple(skill.parameters) for skill in catalogue}


def answer_schema(handles: Handles, catalogue: Catalogue, limits: Limits) -> dict[str, Any]:
    """Returns the schema of an answer about one scene.

    The root is an object and every property is required, as OpenAI's strict mode asks; ids are enums.

    Args:
        handles: Names of the scene's things.
        catalogue: Skills.
        limits: How much may be said.
    """
    fitting: dict[ParameterType, list[str]] = {}
    goals, calls = goal_predicates(), skill_calls(catalogue)
    for parameter in (p for ps in (*goals.values(), *calls.values()) for p in ps):
        fitting.setdefault(parameter.type, handles.handles(candidates(parameter.type, handles.scene)))
    literals = _choices("predicate", goals, fitting)
    steps = _choices("skill", calls, fitting)
    forms = [_object({name: {"type": "string", "maxLength": limits.characters}}) for name in ("question", "refusal")]
    if literals:
        plan = {
            "goal": {"type": "array", "items": {"anyOf": literals}, "minItems": 1, "maxItems": limits.goal},
            "steps": {"type": "array", "items": {"anyOf": steps}, "maxItems": limits.steps}
            if steps
            else {"type": "array", "items": {"type": "string"}, "maxItems": 0},
        }
        forms.insert(0, _object(plan))
    definitions = {kind: {"type": "string", "enum": ids} for kind, ids in fitting.items() if ids}
    return {**_object({"answer": {"anyOf": forms}}), "$defs": definitions}


def _choices(
    head: str, named: Mapping[str, Sequence[Parameter]], fitting: Mapping[ParameterType, Sequence[str]]
) -> list[dict[str, Any]]:
    """Returns an object schema for each name all of whose arguments something in the scene fits."""
    return [
        _object(
            {
                head: {"type": "string", "enum": [name]},
                **{p.name: {"$ref": f"#/$defs/{p.type}"} for p in parameters},
            }
        )
        for name, parameters in named.items()
        if all(fitting[p.type] for p in parameters)
    ]


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
