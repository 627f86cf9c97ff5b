"""Opening a scene by the name it ships under, or from a scene file or BDDL file."""

from pathlib import Path
from typing import NamedTuple

from sim_checks.assets import scenes
from skills.errors import SceneError, did_you_mean
from skills.scene import Scene, load_scene

SUFFIX = scenes.SUFFIX


class Opened(NamedTuple):
    """A scene and where its files are.

    Args:
        scene: The scene.
        folder: Folder of its mesh files, if it was read from a file.
    """

    scene: Scene
    folder: Path | None


def shipped_scenes() -> dict[str, Path]:
    """Returns the scenes that come with the package: name -> file."""
    return {name: scenes.path(name) for name in scenes.names()}


def open_scene(source: str | Path | Scene, seed: int = 0) -> Opened:
    """Returns the scene called ``source`` and the folder of its files.

    Args:
        source: A scene, the name of a shipped one, or the path of a ``.scene.yaml`` or ``.bddl`` file.
        seed: Seed of the sampled placements of a BDDL file.

    Raises:
        SceneError: There is no such scene, or the file is not valid.
    """
    if isinstance(source, Scene):
        return Opened(source, None)
    path = Path(source)
    if str(source) in scenes.names():
        path = scenes.path(str(source))
    if path.suffix == ".bddl":
        from skills.formats.bddl import import_bddl

        return Opened(import_bddl(path, seed).scene, None)
    if path.suffix in {".yaml", ".yml"}:
        return Opened(load_scene(path), path.parent)
    raise SceneError.at(
        "unknown-scene",
        "--scene",
        f"{str(source)!r} is neither a shipped scene nor a .scene.yaml or .bddl file.",
        did_you_mean(str(source), scenes.names()),
    )
