"""The names of the robots that ship with the package."""

from pathlib import Path, PurePosixPath

SUFFIX = ".robot.yaml"
FOLDER = Path(__file__).parent
ALIASES = {"franka_panda": "panda"}
"""What scene files of the first format call a robot -> its name."""


def names() -> tuple[str, ...]:
    """Returns the names of the shipped robots, sorted."""
    return tuple(sorted(file.name.removesuffix(SUFFIX) for file in FOLDER.glob(f"*{SUFFIX}")))


def shipped(name: str) -> Path | None:
    """Returns the file of the robot called ``name`` (or by an alias of it), or None."""
    name = ALIASES.get(name, name)
    return FOLDER / f"{name}{SUFFIX}" if name in names() else None


def is_file(kind: str) -> bool:
    """Says whether ``kind`` is written as the path of a description, not as a name."""
    return kind.endswith((".yaml", ".yml"))


def stays_beside(kind: str) -> bool:
    """Says whether a scene file may name its robot this way: by name, or by a path that stays in its folder."""
    path = PurePosixPath(kind)
    return not (path.is_absolute() or ".." in path.parts or "\\" in kind or ":" in kind)
