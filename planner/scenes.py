"""Opening a scene by the name it ships under, or from a scene file or BDDL file."""

from pathlib import Path
from typing import NamedTuple

from sim_checks.assets import scenes
from skills.errors import SceneError, did_you_mean
from skills.robots.names import is_file, names, shipped
from skills.robots.opening import open_robot
from skills.scene import RobotSpec, Scene, load_scene, parse_scene

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


def with_robot(scene: Scene, robot: str) -> Scene:
    """Returns the scene with another robot in the place of its first one.

    Args:
        scene: The scene.
        robot: A shipped robot's name, or the path of a description (from the working directory).

    Raises:
        RobotError: There is no such robot, or its description is not valid.
    """
    about = open_robot(robot).description
    first = scene.robots[0]
    usual = RobotSpec(pose=first.pose)
    if shipped(robot) == shipped(usual.kind):
        spec = first if shipped(first.kind) == shipped(usual.kind) else usual
    else:
        kind = str(Path(robot).resolve()) if is_file(robot) else robot
        taken = {*scene.entities, *(r.id for r in scene.regions), *(z.id for z in scene.zones)}
        taken |= {other.id for other in scene.robots[1:]}
        name = f"{about.name}_robot" if about.name in taken else about.name
        spec = RobotSpec(id=name, kind=kind, pose=first.pose)
    changed = scene.model_copy(update={"robots": (spec, *scene.robots[1:])})
    return parse_scene(changed.model_dump(mode="json", by_alias=True), scene.name)


def with_each_robot(scene: Scene) -> frozenset[str]:
    """Returns the hashes of the scene with its own robot and with each of the shipped ones in its place."""
    return frozenset((scene.sha256, *(with_robot(scene, name).sha256 for name in names())))
