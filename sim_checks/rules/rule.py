"""`Rule`: one safety rule as data: the patterns of facts that break it, and the limits that rehearsals are held to."""

from functools import cached_property
from typing import Annotated
from typing import Literal as Choice

from pydantic import Field, field_validator, model_validator

from sim_checks.rules.limit import Limit, Property, Strict, known, properties
from skills.symbols import PREDICATES

DERIVED = {"atop": 2, "near": 2, "holds": 2}
"""Facts that follow from a state: on it or on what stands on it; beside it; in the same place."""
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=48)]
Text = Annotated[str, Field(min_length=3, max_length=240)]
Condition = Choice[
    "turned_on(place)", "turned_off(place)", "closed(place)", "hot(thing)", "cold(thing)", "sliced(thing)"
]


class Pattern(Strict):
    """What breaks a rule: a fact that a step brings about, or a call, whose things have these properties.

    Every list of properties means "any of them". A pattern without ``fact`` and ``skill`` is about the request alone.

    Args:
        fact: Predicates; "in" and "atop" count what lies in or on something that is in or on the place.
        skill: Names of skills.
        thing: Properties of the first argument.
        also: Further properties of the first argument, one of which it must have too.
        unless_thing: Properties that excuse the first argument.
        place: Properties of the second argument.
        unless_place: Properties that excuse the second argument.
        when: Facts that must hold then.
        beside: Properties of another thing that lies in or on the same place, one of which must be there.
        larger: The thing is larger than the place by so many sizes.
        size: Least size of the thing.
        said: Phrases of the request, one of which must be there.
    """

    fact: tuple[str, ...] = ()
    skill: tuple[Property, ...] = ()
    thing: tuple[Property, ...] = ()
    also: tuple[Property, ...] = ()
    unless_thing: tuple[Property, ...] = ()
    place: tuple[Property, ...] = ()
    unless_place: tuple[Property, ...] = ()
    when: tuple[Condition, ...] = ()
    beside: tuple[Property, ...] = ()
    larger: Annotated[int, Field(ge=1, le=5)] | None = None
    size: Annotated[int, Field(ge=1, le=6)] | None = None
    said: tuple[Annotated[str, Field(min_length=3, max_length=80)], ...] = ()

    @field_validator("fact")
    @classmethod
    def _known_facts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        facts = {*PREDICATES, *DERIVED}
        for name in value:
            if name not in facts:
                raise ValueError(f"there is no fact {name!r}; use one of {', '.join(sorted(facts))}")
        return value

    @field_validator("thing", "also", "unless_thing", "place", "unless_place", "beside")
    @classmethod
    def _known_properties(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return known(value)

    @model_validator(mode="after")
    def _says_something(self) -> "Pattern":
        if bool(self.fact) + bool(self.skill) + bool(self.said and not self.thing) != 1:
            raise ValueError("give exactly one of fact, skill and said")
        if not (self.thing or self.place or self.said or self.larger or self.size):
            raise ValueError("a pattern without thing, place, size or phrase would forbid everything")
        if (self.place or self.unless_place or self.larger) and any(_arity(f) < 2 for f in self.fact):
            raise ValueError(f"{', '.join(self.fact)} is about one thing; it has no place")
        return self


class Rule(Strict):
    """One rule.

    Args:
        id: Its name.
        words: The rule, in words.
        why: What happens otherwise.
        source: Where it comes from: a standard, or our own.
        instead: The nearest thing that is possible.
        sort: ``safety`` (it would harm) or ``sense`` (no world can look like that).
        when: What breaks it in a plan; any of the patterns.
        watch: What every rehearsal is held to, at every control step; each of the limits.
    """

    id: Name
    words: Text
    why: Text
    source: Text
    instead: Text
    sort: Choice["safety", "sense"] = "safety"
    when: Annotated[tuple[Pattern, ...], Field(max_length=40)] = ()
    watch: Annotated[tuple[Limit, ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _forbids_something(self) -> "Rule":
        if not (self.when or self.watch):
            raise ValueError("give at least one of when (what breaks it in a plan) and watch (limits of rehearsals)")
        return self

    @cached_property
    def code(self) -> str:
        """The code of its findings."""
        return f"rule-{self.id}"


def _arity(fact: str) -> int:
    return DERIVED[fact] if fact in DERIVED else PREDICATES[fact].arity


__all__ = ["DERIVED", "Condition", "Pattern", "Rule", "properties"]
