"""`Catalogue`: the registry of skills, shipped and third-party, with a hash of what they are."""

import hashlib
import inspect
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.metadata import entry_points

from skills.errors import VocabularyError, did_you_mean
from skills.library import SHIPPED
from skills.skill import Skill, name_of

ENTRY_POINT_GROUP = "rehearse.skills"


@dataclass(frozen=True)
class Catalogue:
    """Skills by name, in a fixed order.

    Args:
        skills: Name without version -> skill.
    """

    skills: Mapping[str, Skill]

    def __iter__(self) -> Iterator[Skill]:
        """Yields the skills in order."""
        return iter(self.skills.values())

    def __contains__(self, name: object) -> bool:
        """Says whether there is a skill of this name."""
        return name in self.skills

    @property
    def names(self) -> tuple[str, ...]:
        """Names without version, in order."""
        return tuple(self.skills)

    def get(self, name: str, where: str = "skill") -> Skill:
        """Returns the skill called ``name`` (``"pick"`` or ``"pick.v1"``).

        Args:
            name: Name, with or without its version.
            where: Path for the message.

        Raises:
            VocabularyError: There is none; the remedy names the closest one.
        """
        plain = name.partition(".")[0]
        skill = self.skills.get(plain)
        if skill is None or name not in (plain, skill.id):
            choices = [n for s in self for n in (name_of(s), s.id)] if "." in name else self.names
            raise VocabularyError.at(
                "unknown-skill", where, f"There is no skill {name!r}.", did_you_mean(name, choices)
            )
        return skill

    @cached_property
    def sha256(self) -> str:
        """Hash over ids, parameters and the source of every skill, as hex."""
        described = [
            {
                "id": s.id,
                "words": s.words,
                "parameters": [[p.name, p.type] for p in s.parameters],
                "value": repr(s),
                "source": _source_sha256(type(s)),
            }
            for s in self
        ]
        text = json.dumps(described, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def _source_sha256(kind: type) -> str:
    try:
        source = inspect.getsource(kind)
    except (OSError, TypeError):  # no source at hand, for example a compiled distribution
        source = f"{kind.__module__}.{kind.__qualname__}"
    return hashlib.sha256(source.encode()).hexdigest()


@lru_cache(maxsize=1)
def load() -> Catalogue:
    """Returns the shipped skills and those that installed packages offer.

    Raises:
        VocabularyError: A third-party entry point does not load, is no skill, or takes a name that is taken.
    """
    found: dict[str, Skill] = {name_of(s): s for s in SHIPPED}
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda p: p.name):
        where = f"entry point {point.value!r}"
        try:
            skill = point.load()
        except Exception as error:
            raise VocabularyError.at(
                "bad-skill", where, f"It does not load: {error}.", "Repair or uninstall the package."
            ) from error
        if not isinstance(skill, Skill):
            raise VocabularyError.at("bad-skill", where, "It is not a Skill.", "Run skills.testing.check_skill on it.")
        if name_of(skill) in found:
            what = f"The name {name_of(skill)!r} is taken."
            raise VocabularyError.at("duplicate-skill", where, what, "Give the skill another name.")
        found[name_of(skill)] = skill
    return Catalogue(found)


def get(name: str, where: str = "skill") -> Skill:
    """Returns the installed skill called ``name``.

    Raises:
        VocabularyError: There is none; the remedy names the closest one.
    """
    return load().get(name, where)
