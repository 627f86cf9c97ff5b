"""`RobotModel`: a robot's URDF made ready for the engine."""

import hashlib
import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sim_checks.assets.robot_tree import RobotTree, fault, fixed_joint, marker_link, prefixed
from sim_checks.bullet.client import data_path
from skills.errors import RobotError, did_you_mean
from skills.geometry import Pose
from skills.robots.description import ENGINE_DATA, Description
from skills.robots.opening import OpenedRobot
from skills.robots.parts import Base, Chain, Joined, Limb
from skills.robots.suction import Suction

URDF_BYTES = 1_000_000
"""Largest URDF that is read."""
MESH_BYTES = 50_000_000
"""Largest mesh that is read."""
_VISUAL = re.compile(r"<visual>.*?</visual>", re.DOTALL)
_COLLISION = re.compile(r"<collision>.*?</collision>", re.DOTALL)
_MESH = re.compile(r'filename="([^"]*)"')
_TOOL = "rehearse_tool"


@dataclass(frozen=True)
class LimbModel:
    """One arm's share of the files.

    Args:
        alone: URDF of the arm with its hand alone, its base the root; without shapes, for kinematics.
        hand: URDF of the hand alone.
        tool: Link that is the tool frame.
        hand_from_tool: Tool frame in the frame of the hand's root link.
        of_hand: Links of the hand.
    """

    alone: Path
    hand: Path
    tool: str
    hand_from_tool: Pose
    of_hand: frozenset[str]


@dataclass(frozen=True)
class RobotModel:
    """Files for the engine, and the tree of the whole.

    Args:
        arm: URDF of the whole robot, without visuals (it loads many times faster so).
        limbs: One for each arm.
        sha256: Hash over the URDF and its meshes, as hex.
        mounted: Links that never move.
        tree: Links and joints.
    """

    arm: Path
    limbs: tuple[LimbModel, ...]
    sha256: str
    mounted: frozenset[str]
    tree: RobotTree

    @property
    def hand(self) -> Path:
        """URDF of the first arm's hand alone."""
        return self.limbs[0].hand

    @property
    def tool(self) -> str:
        """Link that is the first arm's tool frame."""
        return self.limbs[0].tool

    @property
    def hand_from_tool(self) -> Pose:
        """Tool frame of the first arm in the frame of its hand's root link."""
        return self.limbs[0].hand_from_tool

    @property
    def of_hand(self) -> frozenset[str]:
        """Links of the first arm's hand."""
        return self.limbs[0].of_hand


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
    for index, part in enumerate(about.attached):
        more = prefixed(_stripped(part.urdf, folder, digest, meshes), part.prefix)
        text = _joined(text, more, f"rehearse_part_{index}", part.urdf, part.joined)
    tools = []
    for index, limb in enumerate(about.limbs):
        tag = f"_{index}" if index else ""
        if limb.hand.urdf is not None and limb.hand.joined is not None:
            more = _stripped(limb.hand.urdf, folder, digest, meshes)
            text = _joined(text, more, f"rehearse_hand{tag}", limb.hand.urdf, limb.hand.joined)
        tools.append(limb.hand.tool.link)
        if limb.hand.tool.pose is not None:
            fixed = fixed_joint(f"rehearse_tool{tag}", tools[-1], _TOOL + tag, limb.hand.tool.pose)
            text = _appended(text, marker_link(_TOOL + tag) + fixed)
            tools[-1] = _TOOL + tag
    for mesh in sorted(meshes):
        digest.update(_content(mesh, mesh.name, MESH_BYTES))
    tree = RobotTree(text, about.urdf)
    _check(about, tree)
    place = Path(tempfile.mkdtemp(prefix=f"rehearse-{about.name}-"))
    arm = place / f"{about.name}-{digest.hexdigest()[:16]}.urdf"
    arm.write_text(text)
    limbs = tuple(_limb(place, index, limb, tree, tools[index]) for index, limb in enumerate(about.limbs))
    mounted = tree.mounted(about.arm.base if about.base is None else tree.root)
    return RobotModel(arm, limbs, digest.hexdigest(), mounted, tree)


def _limb(place: Path, index: int, limb: Limb, tree: RobotTree, tool: str) -> LimbModel:
    """Writes one arm's files."""
    tag = f"-{index}" if index else ""
    hand, alone = place / f"hand{tag}.urdf", place / f"alone{tag}.urdf"
    of_hand = tree.below(limb.hand.link)
    hand.write_text(tree.part(of_hand))
    alone.write_text(_COLLISION.sub("", tree.part(tree.below(limb.arm.base), tool)))
    return LimbModel(alone, hand, tool, tree.along(limb.hand.link, tool), of_hand)


def _joined(text: str, more: str, name: str, where: str, joined: Joined) -> str:
    """Returns ``text`` with the links and joints of ``more``, its root fixed where it is to be."""
    inner = more[more.index(">", more.index("<robot")) + 1 : more.rindex("</robot>")]
    return _appended(text, inner + fixed_joint(name, joined.link, RobotTree(more, where).root, joined.pose))


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
    links = [("frames", frame.link) for frame in about.frames] + [("pairs", n) for pair in pairs for n in pair]
    joints = [(f"base.joints[{i}]", n) for i, n in enumerate(about.base.joints)] if about.base else []
    for index, limb in enumerate(about.limbs):
        at = f"others[{index - 1}]." if index else ""
        links += [(f"{at}arm.base", limb.arm.base), (f"{at}hand.link", limb.hand.link)]
        links += [(f"{at}hand.tool.link", limb.hand.tool.link)]
        links += [(f"{at}gripper.fingers[{i}].link", f.link) for i, f in enumerate(limb.gripper.fingers)]
        links += [(f"{at}gripper.link", limb.gripper.link)] if isinstance(limb.gripper, Suction) else []
        joints += [(f"{at}arm.joints[{i}]", n) for i, n in enumerate(limb.arm.joints)]
        joints += [(f"{at}gripper.fingers[{i}].joint", f.joint) for i, f in enumerate(limb.gripper.fingers)]
        joints += [(f"{at}gripper.mimic", n) for m in limb.gripper.mimic for n in (m.joint, m.follows)]
    for where, name in links:
        if name not in tree.links:
            raise fault(where, f"The URDF has no link {name!r}.", did_you_mean(name, tree.links))
    for where, name in joints:
        if name not in tree.joints:
            raise fault(where, f"The URDF has no joint {name!r}.", did_you_mean(name, tree.joints))
        if not tree.moves(name):
            raise fault(where, f"The joint {name!r} is fixed.", "Name a joint that moves.")
    for limb in about.limbs:
        holding = {f"fingers[{index}].link": finger.link for index, finger in enumerate(limb.gripper.fingers)}
        if isinstance(limb.gripper, Suction):
            holding["link"] = limb.gripper.link
        for where, name in holding.items():
            if name not in tree.below(limb.hand.link):
                what = f"{name!r} is not beyond {limb.hand.link!r}."
                raise fault(f"gripper.{where}", what, "Name a link of the hand.")
    for chain in about.chains:
        for index, name in enumerate(chain.joints):
            low, high, _, _ = tree.limits[name]
            inside = low - 1e-4 <= chain.lower[index] and chain.upper[index] <= high + 1e-4
            if tree.joints[name].get("type") in ("revolute", "prismatic") and not inside:
                what = f"The limits of {name!r} go beyond the URDF's, {low:g} to {high:g}."
                raise fault(f"{chain_words(chain)}.joints[{index}]", what, "Narrow 'lower' and 'upper'.")


def chain_words(chain: Chain) -> str:
    """Returns what a chain of joints is called in a description."""
    return "base" if isinstance(chain, Base) else "arm"
