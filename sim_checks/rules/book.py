"""`RuleBook`: the shipped rules, and a user's own on top of them, with one hash."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated
from typing import Literal as Choice

import yaml
from pydantic import Field, ValidationError

from sim_checks.errors import SimChecksError
from sim_checks.rules.limit import Property, Strict
from sim_checks.rules.rule import Rule
from sim_checks.rules.things import Thing
from sim_checks.rules.words import tokens, words
from skills.errors import did_you_mean
from skills.plain_file import read_plain
from skills.strict_yaml import StrictLoader

MAX_BYTES = 200_000
"""Largest file of rules that is read."""


class RulesError(SimChecksError):
    """A file of rules is not valid, or a rule does not exist."""


class RulesFile(Strict):
    """A file of rules.

    Args:
        schema_id: The format.
        rules: Rules, added to the shipped ones.
        words: Name of a thing -> properties that it has besides; the shipped rules do not see them.
    """

    schema_id: Choice["rehearse.rules/1"] = Field(alias="schema")
    rules: Annotated[tuple[Rule, ...], Field(max_length=500)] = ()
    words: dict[Annotated[str, Field(min_length=1, max_length=120)], tuple[Property, ...]] = {}


@dataclass(frozen=True)
class RuleBook:
    """Rules that hold together.

    Args:
        shipped: Rules of this package.
        own: Rules that a user adds; none of them can replace or relax a shipped one.
        words: A user's words for things, in lower case -> further properties, seen by the user's own rules alone.
    """

    shipped: tuple[Rule, ...]
    own: tuple[Rule, ...] = ()
    words: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, the shipped ones first."""
        return (*self.shipped, *self.own)

    @cached_property
    def sha256(self) -> str:
        """The sha256 of all rules and of the words that they are applied by, as hex."""
        data = {
            "rules": [r.model_dump(mode="json") for r in self.rules],
            "words_sha256": words().sha256,
            "own_words": [[name, list(has)] for name, has in self.words],
        }
        return hashlib.sha256(json.dumps(data, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def get(self, identifier: str, where: str = "rule") -> Rule:
        """Returns the rule with this id.

        Raises:
            RulesError: There is none.
        """
        for rule in self.rules:
            if rule.id == identifier.removeprefix("rule-"):
                return rule
        ids = [r.id for r in self.rules]
        raise RulesError.at("unknown-rule", where, f"There is no rule {identifier!r}.", did_you_mean(identifier, ids))

    def plus(self, file: RulesFile, where: str = "rules") -> "RuleBook":
        """Returns the book with a user's rules added.

        Raises:
            RulesError: A rule has the id of another; rules are added, never replaced.
        """
        taken = {r.id for r in self.rules}
        for index, rule in enumerate(file.rules):
            if rule.id in taken:
                what = f"There is a rule {rule.id!r} already; a rule cannot be replaced or relaxed."
                raise RulesError.at("rule-exists", f"{where}: rules[{index}].id", what, "Give it another id.")
            taken.add(rule.id)
        extra = tuple((name.casefold(), tuple(has)) for name, has in sorted(file.words.items()))
        return RuleBook(self.shipped, (*self.own, *file.rules), (*self.words, *extra))


def own_things(things: Mapping[str, Thing], book: RuleBook) -> dict[str, Thing]:
    """Returns the things with the properties that a user's words for them add; the shipped rules never see these."""
    return {i: _by_own_words(t, book) for i, t in things.items()}


def _by_own_words(thing: Thing, book: RuleBook) -> Thing:
    said = set(tokens(thing.words))
    extra = {p for name, has in book.words if set(tokens(name)) <= said for p in has}
    return Thing(thing.id, thing.words, words().closed(thing.properties | extra), thing.size, thing.noun)


@cache
def shipped_rules() -> RuleBook:
    """Returns the rules of this package."""
    text = files("sim_checks.rules").joinpath("rules.yaml").read_text(encoding="utf-8")
    return RuleBook(RuleBook(()).plus(parse_rules(text, "rules.yaml")).own)


def parse_rules(text: str, where: str = "rules") -> RulesFile:
    """Returns the rules that a YAML text states.

    Raises:
        RulesError: It is not YAML, or does not fit the schema; the message lists the faults with their paths.
    """
    try:
        data = yaml.load(text, Loader=StrictLoader)  # noqa: S506 (a strict safe loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise RulesError.at("bad-yaml", where, f"This is not YAML: {error}.", "Correct the YAML.") from error
    try:
        return RulesFile.model_validate(data)
    except (ValidationError, RecursionError) as error:
        faults = str(error)
        if isinstance(error, ValidationError):
            listed = error.errors(include_url=False)[:8]
            faults = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in listed)
        remedy = "See `rehearse rules show metal-in-microwave --json` for the form of a rule."
        raise RulesError.at("bad-rules", where, faults, remedy) from error


def open_rules(path: Path | None) -> RuleBook:
    """Returns the shipped rules, with those of a user's file added where there is one.

    Raises:
        RulesError: The file cannot be read or is not valid.
    """
    if path is None:
        return shipped_rules()
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RulesError.at("too-large", str(path), f"The file is over {MAX_BYTES} bytes.", "Split the rules.")
        text = read_plain(path, MAX_BYTES).decode()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise RulesError.at(
            "unreadable", str(path), f"The file cannot be read: {reason}.", "Check the path."
        ) from error
    return shipped_rules().plus(parse_rules(text, str(path)), str(path))


__all__ = ["RuleBook", "RulesError", "RulesFile", "open_rules", "own_things", "parse_rules", "shipped_rules"]
