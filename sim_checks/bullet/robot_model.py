"""`RobotModel`: a robot's URDF made ready for the engine."""

import hashlib
import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim_checks.assets.robot_tree import RobotTree, fault, fixed_joint, marker_link
from sim_checks.bullet.client import data_path
from skills.errors import RobotError, did_you_mean
from skills.geometry import Pose
from skills.robots.description import ENGINE_DATA, Description
from skills.robots.opening import OpenedRobot

URDF_BYTES = 1_000_000
"""Largest URDF that is read."""
MESH_BYTES = 50_000_000
"""Largest mesh that is read."""
_VISUAL = re.compile(r"<visual>.*?</visual>", re.DOTALL)
_MESH = re.compile(r'filename="([^"]*)"')
_TOOL = "rehearse_tool"


@dataclass(frozen=True)
class RobotModel:
    """Files for the engine, and the tree of the whole.

    Args:
        arm: URDF of the whole robot, without visuals (it loads many times faster so).
        hand: URDF of the hand alone.
        sha256: Hash over the URDF and its meshes, as hex.
        tool: Link that is the tool frame.
        hand_from_tool: Tool frame in the frame of the hand's root link.
        of_hand: Links of the hand.
        mounted: Links that never move.
        tree: Links and joints.
    """

    arm: Path
    hand: Path
    sha256: str
    tool: str
    hand_from_tool: Pose
    of_hand: frozenset[str]
    mounted: frozenset[str]
    tree: RobotTree


@lru_cache(maxsize=16)
def robot_model(robot: OpenedRobot) -> RobotModel:
    """Returns the model of a robot; its files are written once for each process.

    Raises:
        RobotError: A file is missing, is no URDF, or does not hold what the description names.
    """
    about, folder = robot
    digest = hashlib.sha256()
    meshes: set[Path] = set()
    text = _stripped(about.urdf, folder, digest, meshes)
    if about.hand.urdf is not None and about.hand.joined is not None:
        hand = _stripped(about.hand.urdf, folder, digest, meshes)
        root = RobotTree(hand, about.hand.urdf).root
        inner = hand[hand.index(">", hand.index("<robot")) + 1 : hand.rindex("</robot>")]
        text = _appended(
            text, inner + fixed_joint("rehearse_hand", about.hand.joined.link, root, about.hand.joined.pose)
        )
    tool = about.hand.tool.link
    if about.hand.tool.pose is not None:
        text = _appended(text, marker_link(_TOOL) + fixed_joint("rehearse_tool", tool, _TOOL, about.hand.tool.pose))
        tool = _TOOL
    for mesh in sorted(meshes):
        digest.update(_content(mesh, mesh.name, MESH_BYTES))
    tree = RobotTree(text, about.urdf)
    _check(about, tree)
    place = Path(tempfile.mkdtemp(prefix=f"rehearse-{about.name}-"))
    arm, hand_file = place / f"{about.name}-{digest.hexdigest()[:16]}.urdf", place / "hand.urdf"
    of_hand = tree.below(about.hand.link)
    arm.write_text(text)
    hand_file.write_text(tree.part(of_hand))
    hand_from_tool, mounted = tree.along(about.hand.link, tool), tree.mounted(about.arm.base)
    return RobotModel(arm, hand_file, digest.hexdigest(), tool, hand_from_tool, of_hand, mounted, tree)


def _stripped(name: str, folder: Path, digest: "hashlib._Hash", meshes: set[Path]) -> str:
    """Returns a URDF's text without visuals, meshes by absolute path; adds what was read to digest and meshes."""
    root = (data_path() if name.startswith(ENGINE_DATA) else folder).resolve()
    file = _inside(root, name.removeprefix(ENGINE_DATA), name)
    try:
        text = _VISUAL.sub("", _content(file, name, URDF_BYTES).decode())
    except UnicodeDecodeError as error:
        raise fault(name, f"This is no text: {error}.", "Give a URDF file.") from error
    RobotTree(text, name)
    digest.update(text.encode())

    def found(match: re.Match[str]) -> str:
        mesh = _inside(root, str(file.parent.relative_to(root) / match[1].removeprefix("package://")), name)
        if not mesh.is_file():
            raise fault(name, f"There is no mesh {match[1]!r}.", "Correct the path, or put the file beside it.")
        meshes.add(mesh)
        return f'filename="{mesh}"'

    return "\n".join(_MESH.sub(found, line) if "<mesh" in line else line for line in text.split("\n"))


def _inside(root: Path, name: str, where: str) -> Path:
    """Returns the path of a file that may not leave ``root``."""
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise RobotError.at("path-leaves-folder", where, f"{name!r} leads out of its folder.", "Keep files together.")
    return path


def _content(file: Path, name: str, most: int) -> bytes:
    try:
        with file.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise RobotError.at("unreadable", name, what, "Check the path.") from error
    if len(content) > most:
        raise RobotError.at("too-large", name, f"The file is over {most} bytes.", "Simplify it.")
    return content


def _appended(text: str, more: str) -> str:
    return text[: text.rindex("</robot>")] + more + "\n</robot>\n"


def _check(about: Description, tree: RobotTree) -> None:
    """Every link and joint that the description names must be in the URDF, and the limits inside its own."""
    pairs = (*about.pairs.watched, *about.pairs.touching) if about.pairs else ()
    fingers = tuple(enumerate(about.gripper.fingers))
    links = [("arm.base", about.arm.base), ("hand.link", about.hand.link), ("hand.tool.link", about.hand.tool.link)]
    links += [(f"gripper.fingers[{i}].link", f.link) for i, f in fingers]
    links += [("frames", frame.link) for frame in about.frames] + [("pairs", n) for pair in pairs for n in pair]
    for where, name in links:
        if name not in tree.links:
            raise fault(where, f"The URDF has no link {name!r}.", did_you_mean(name, tree.links))
    joints = [(f"arm.joints[{i}]", n) for i, n in enumerate(about.arm.joints)]
    joints += [(f"gripper.fingers[{i}].joint", f.joint) for i, f in fingers]
    joints += [("gripper.mimic", n) for m in about.gripper.mimic for n in (m.joint, m.follows)]
    for where, name in joints:
        if name not in tree.joints:
            raise fault(where, f"The URDF has no joint {name!r}.", did_you_mean(name, tree.joints))
        if not tree.moves(name):
            raise fault(where, f"The joint {name!r} is fixed.", "Name a joint that moves.")
    for index, finger in fingers:
        if finger.link not in tree.below(about.hand.link):
            what = f"{finger.link!r} is not beyond {about.hand.link!r}."
            raise fault(f"gripper.fingers[{index}].link", what, "Name a link of the hand.")
    for index, name in enumerate(about.arm.joints):
        low, high, _, _ = tree.limits[name]
        inside = low - 1e-4 <= about.arm.lower[index] and about.arm.upper[index] <= high + 1e-4
        if tree.joints[name].get("type") == "revolute" and not inside:
            what = f"The limits of {name!r} go beyond the URDF's, {low:g} to {high:g}."
            raise fault(f"arm.joints[{index}]", what, "Narrow 'lower' and 'upper'.")
