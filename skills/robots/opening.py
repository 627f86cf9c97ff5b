"""`open_robot`: from a name or a file to a description and the folder of its files."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from skills.errors import RobotError, did_you_mean
from skills.robots.description import Description, load_description
from skills.robots.names import is_file, names, shipped


class OpenedRobot(NamedTuple):
    """A description, and the folder beside which its URDF lies."""

    description: Description
    folder: Path


def open_robot(kind: str, folder: Path | None = None) -> OpenedRobot:
    """Returns the robot that a scene (or a command line) names.

    Args:
        kind: The name of a shipped robot, or the path of a description: relative to ``folder``, or absolute.
        folder: The scene's folder; None: the working directory.

    Raises:
        RobotError: There is no such robot, or its file is not valid.
    """
    path = shipped(kind)
    if path is None:
        if not is_file(kind):
            what = f"{kind!r} is neither a shipped robot nor a .yaml file."
            raise RobotError.at("unknown-robot", "robot", what, did_you_mean(kind, names()))
        path = (folder or Path()) / kind
    path = path.resolve()
    if path.is_file():
        stamp = path.stat()
        return _read(path, stamp.st_mtime_ns, stamp.st_size)
    return OpenedRobot(load_description(path), path.parent)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int, _size: int) -> OpenedRobot:
    """Reads a description once for each state of its file."""
    return OpenedRobot(load_description(path), path.parent)
