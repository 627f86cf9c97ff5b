"""Scenes that ship with the package, as ``<name>.scene.yaml`` files."""

from importlib import resources
from pathlib import Path

from skills.errors import SceneError, did_you_mean

SUFFIX = ".scene.yaml"


def names() -> tuple[str, ...]:
    """Returns the names of the shipped scenes, sorted."""
    folder = resources.files(__name__)
    return tuple(sorted(f.name.removesuffix(SUFFIX) for f in folder.iterdir() if f.name.endswith(SUFFIX)))


def path(name: str) -> Path:
    """Returns the file of the shipped scene called ``name``.

    Raises:
        SceneError: There is none; the remedy names the nearest one.
    """
    if name not in names():
        raise SceneError.at("unknown-scene", name, f"No scene {name!r} ships with us.", did_you_mean(name, names()))
    return Path(str(resources.files(__name__))) / f"{name}{SUFFIX}"
