"""`EntityTable`: the entities of one scene as the embedded model sees them.

Real scenes and the factory's made-up scenes both become this table, so the model is trained on the
very thing that it meets.
"""

from dataclasses import dataclass, field

ROLES = ("object", "fixture", "table", "part")


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


@dataclass(slots=True)
class EntityTable:
    """The rows of one scene, in any order."""

    rows: list[Row] = field(default_factory=list)

    def __len__(self) -> int:
        """Returns the number of entities."""
        return len(self.rows)
