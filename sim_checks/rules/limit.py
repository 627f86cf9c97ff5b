"""The limits that a rule may set on what a rehearsal shows at every control step, as validated data.

Properties (``thing``, ``also``, ``unless_thing``) say which things a limit is about, as in a `Pattern`: each list means
"any of them". Metres, seconds, degrees.
"""

from typing import Annotated
from typing import Literal as Choice

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sim_checks.rules.words import words
from skills.scene_parts import Zone

Property = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)]
Metres = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]
Rate = Annotated[float, Field(gt=0, le=10, allow_inf_nan=False)]
Degrees = Annotated[float, Field(gt=0, le=180, allow_inf_nan=False)]


def properties() -> frozenset[str]:
    """Returns the properties that a pattern or a limit may name."""
    return words().properties | {"oven", "fixed", "cold_store", "person", "known", "sealed"}


def known(names: tuple[str, ...]) -> tuple[str, ...]:
    """Returns the names; a property that is neither known nor a user's own (``my_...``) is a fault."""
    for name in names:
        if name not in properties() and not name.startswith("my_"):
            raise ValueError(f"there is no property {name!r}; see `rehearse rules words`, or begin your own with my_")
    return names


class Strict(BaseModel):
    """Frozen, and no field beside the declared ones."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OfThings(Strict):
    """A limit that is about some things alone.

    Args:
        thing: Properties of the thing.
        also: Further properties, one of which it must have too.
        unless_thing: Properties that excuse it.
    """

    thing: Annotated[tuple[Property, ...], Field(min_length=1)]
    also: tuple[Property, ...] = ()
    unless_thing: tuple[Property, ...] = ()

    @field_validator("thing", "also", "unless_thing")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return known(value)

    def about(self, has: frozenset[str]) -> bool:
        """Says whether the limit is about a thing with these properties."""
        wanted = bool(has & set(self.thing)) and (not self.also or bool(has & set(self.also)))
        return wanted and not has & set(self.unless_thing)


class SpeedNear(Strict):
    """Arm, hand and what it holds are slow near a person.

    Args:
        within_m: Distance from a person's surface within which it holds [m].
        most: Largest speed there [m/s].
    """

    limit: Choice["speed-near-person"]
    within_m: Metres
    most: Rate


class Apart(OfThings):
    """What the hand holds stays away from people.

    Args:
        least_m: Least distance between a person's surface and the thing [m].
    """

    limit: Choice["distance-to-person"]
    least_m: Metres


class KeepOut(Strict):
    """No part of the arm and nothing that it holds enters a box, not even between two control steps.

    Args:
        zones: The boxes; without any, the zones of the scene.
    """

    limit: Choice["keep-out"]
    zones: Annotated[tuple[Zone, ...], Field(max_length=50)] = ()


class Level(OfThings):
    """A thing stays as upright as it stood at the start.

    Args:
        most_deg: Largest tilt from there [degrees].
    """

    limit: Choice["tilt"]
    most_deg: Degrees


class Shock(OfThings):
    """The velocity of a thing never jumps.

    Args:
        most: Largest change of velocity within two control steps [m/s]. The force of a rigid impact is an artefact of
            the time step, the change of velocity is not.
    """

    limit: Choice["shock"]
    most: Rate


class Standing(Strict):
    """What a step is not about is not knocked over by it.

    Args:
        most_deg: Largest tilt from how it stood at the start [degrees], once the step has ended.
    """

    limit: Choice["bystander-tilt"]
    most_deg: Degrees


class SafeEnd(Strict):
    """The plan ends in a safe state: hand as promised, nothing moves, nothing has fallen.

    Args:
        most: Largest speed of a thing at the end [m/s].
        drop_m: How far below the lowest support a thing counts as fallen [m].
    """

    limit: Choice["safe-end"]
    most: Rate
    drop_m: Metres = 0.02


Limit = Annotated[
    SpeedNear | Apart | KeepOut | Level | Shock | Standing | SafeEnd,
    Field(discriminator="limit"),
]
"""What ``watch`` of a rule may list."""
