"""`EntityTable`: the entities of one scene as the embedded model sees them.

Real scenes and the factory's made-up scenes both become this table, so the model is trained on the
very thing that it meets.
"""

from dataclasses import dataclass, field

ROLES = ("object", "fixture", "table", "part", "person")


@dataclass(slots=True)
class Row:
    """One entity.

    Args:
        id: Entity id, opaque to the model.
        words: What people call it.
        role: One of `ROLES`.
        position: Approximate centre in the world frame (x front, y right of the viewer) [m].
        parent: Row index of the thing that a part belongs to, or -1.
        support: Row index of what it stands on or lies in, or -1.
        inside: Whether it lies *in* its support.
        opened: Whether its drawer or door is open now.
        powered: Whether its switch is on now.
        slidable: Whether it can be slid sideways in place.
        heater: Whether it heats what is put into it.
        cooler: Whether it cools what is put into it.
        washer: Whether it has running water.
        held: Whether it is in the hand now.
        recent: Whether the turn before this one was about it.
        was: Row index of what it stood on or lay in before the turn before this one, or -1.
    """

    id: str
    words: str
    role: str
    position: tuple[float, float, float] = (0.0, 0.0, 0.0)
    parent: int = -1
    support: int = -1
    inside: bool = False
    surface: bool = False
    container: bool = False
    openable: bool = False
    switchable: bool = False
    graspable: bool = False
    opened: bool = False
    powered: bool = False
    slidable: bool = False
    heater: bool = False
    cooler: bool = False
    washer: bool = False
    held: bool = False
    recent: bool = False
    was: int = -1


@dataclass(slots=True)
class EntityTable:
    """The rows of one scene, in any order."""

    rows: list[Row] = field(default_factory=list)

    def __len__(self) -> int:
        """Returns the number of entities."""
        return len(self.rows)
