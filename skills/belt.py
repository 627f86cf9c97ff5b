"""The two ends of a conveyor, in symbols: what is put on its start comes to lie on its end."""

from skills.kinds import kind_of
from skills.scene import Scene
from skills.symbols import Literal

START, END = "start_region", "end_region"
"""Names of a conveyor's parts."""


def start_of(conveyor: str) -> str:
    """Returns the entity where things are put on a conveyor."""
    return f"{conveyor}_{START}"


def end_of(conveyor: str) -> str:
    """Returns the entity where a conveyor brings things."""
    return f"{conveyor}_{END}"


def is_end(identifier: str, scene: Scene) -> bool:
    """Says whether an entity is the end of a conveyor, where things arrive."""
    entity = scene.entities.get(identifier)
    return entity is not None and entity.part == END and kind_of(entity.kind).conveys


def conveyor_of(fact: Literal | None, scene: Scene) -> str | None:
    """Returns the conveyor on whose end a thing lies by this fact, or None for any other fact."""
    if fact is None or fact.predicate != "on" or not is_end(fact.args[1], scene):
        return None
    return scene.entities[fact.args[1]].parent
