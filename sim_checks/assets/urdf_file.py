"""`read_urdf`: a URDF file of the user, checked and rewritten before the engine may see it."""

import hashlib
import math
from collections.abc import Callable
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser, indent, tostring

import numpy as np

from sim_checks.assets.obj_file import Mesh, parse_obj
from sim_checks.errors import AssetError

MAX_BYTES = 1_000_000
MAX_DEPTH = 64
MAX_JOINTS = 127
MAX_SHAPES = 300
JOINTS = {"fixed", "revolute", "prismatic", "continuous"}
HEAVIEST = 1000.0
LARGEST = 10.0
Reader = Callable[[str], bytes]


class _Builder(TreeBuilder):
    """Builds the tree; refuses document types (and with them entities) and deep nesting."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError(f"elements are nested deeper than {MAX_DEPTH}")
        return super().start(tag, attributes)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return super().end(tag)

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise ParseError("a document type is not allowed")


def read_urdf(content: bytes, read: Reader, where: str) -> tuple[str, dict[str, bytes], dict[str, Mesh]]:
    """Returns clean URDF text, its mesh files by content-addressed name, and the meshes.

    Args:
        content: The file.
        read: Returns the content of a mesh file, given its relative path; refuses what leaves the folder.
        where: Path into the scene, for findings.

    Raises:
        AssetError: The file is malformed, names what is not there, or holds a number that is not sane.
    """
    root = _parse(content, where)
    links = [link.get("name", "") for link in root.findall("link")]
    _check_tree(root, links, where)
    for element in root.iter():
        _check_numbers(element, where)
    files: dict[str, bytes] = {}
    meshes: dict[str, Mesh] = {}
    for link in root.findall("link"):
        _check_mass(link, where)
        for visual in link.findall("visual"):
            if visual.find("geometry/mesh") is not None:
                link.remove(visual)  # pictures show the collision shape: one file less to trust
        for element in link.iter("mesh"):
            name = element.get("filename", "").removeprefix("package://").removeprefix("./")
            if not name.lower().endswith(".obj"):
                raise _fault(where, f"The mesh {name!r} is no OBJ file.", "Convert it to OBJ.")
            mesh = parse_obj(read(name), name)
            clean = mesh.to_bytes()
            address = f"{hashlib.sha256(clean).hexdigest()[:24]}.obj"
            element.set("filename", address)
            files[address], meshes[address] = clean, mesh
    shapes = len(root.findall("link/collision"))
    if not 0 < shapes <= MAX_SHAPES:
        raise _fault(where, f"It has {shapes} collision shapes.", f"Give it 1 to {MAX_SHAPES}.")
    for extra in [e for e in root if e.tag not in {"link", "joint", "material"}]:
        root.remove(extra)
    indent(root, space="")
    return tostring(root, encoding="unicode"), files, meshes


def _parse(content: bytes, where: str) -> Element:
    if len(content) > MAX_BYTES:
        raise _fault(where, f"The file is over {MAX_BYTES} bytes.", "Simplify it.")
    try:
        parser = XMLParser(target=_Builder())  # noqa: S314
        parser.feed(content)
        root = parser.close()
    except (ParseError, UnicodeDecodeError, ValueError) as error:
        raise _fault(where, f"This is not well-formed: {error}.", "Correct the XML.") from error
    if not isinstance(root, Element) or root.tag != "robot":
        raise _fault(where, "The outermost element is not <robot>.", "Give a URDF file.")
    return root


def _check_tree(root: Element, links: list[str], where: str) -> None:
    """The links must form one tree."""
    if not links or len(set(links)) != len(links) or "" in links:
        raise _fault(where, "Links need distinct names.", "Name every link once.")
    joints = root.findall("joint")
    if len(joints) > MAX_JOINTS:
        raise _fault(where, f"It has {len(joints)} joints; {MAX_JOINTS} are allowed.", "Merge fixed links.")
    parent_of: dict[str, str] = {}
    for joint in joints:
        if joint.get("type") not in JOINTS:
            raise _fault(where, f"A joint has the type {joint.get('type')!r}.", f"Use {', '.join(sorted(JOINTS))}.")
        parent, child = joint.find("parent"), joint.find("child")
        ends = [end.get("link", "") if end is not None else "" for end in (parent, child)]
        if ends[0] not in links or ends[1] not in links or ends[1] in parent_of:
            raise _fault(where, f"Joint {joint.get('name')!r} joins {ends}.", "Join each link to one known parent.")
        parent_of[ends[1]] = ends[0]
    if len(parent_of) != len(links) - 1:
        raise _fault(where, "The links do not form one tree.", "Join every link but one to a parent.")
    for link in links:
        seen = {link}
        while link in parent_of:
            link = parent_of[link]
            if link in seen:
                raise _fault(where, "The joints form a circle.", "Let the links form a tree.")
            seen.add(link)


def _check_numbers(element: Element, where: str) -> None:
    """Every number must be finite; sizes must be positive and below `LARGEST`."""
    for name in ("xyz", "rpy", "size", "radius", "length", "value", "scale", "rgba", "lower", "upper", "effort",
                 "velocity", "damping", "friction", "ixx", "iyy", "izz", "ixy", "ixz", "iyz"):  # fmt: skip
        text = element.get(name)
        if text is None:
            continue
        try:
            values = [float(word) for word in text.split()]
        except ValueError as error:
            raise _fault(where, f"<{element.tag} {name}={text!r}> is no number.", "Write plain numbers.") from error
        sized = name in {"size", "radius", "length", "scale"}
        good = values and all(
            math.isfinite(v) and abs(v) <= 1e6 and not (sized and not 0 < v <= LARGEST) for v in values
        )
        wanted = {"xyz": 3, "rpy": 3, "size": 3, "scale": 3, "radius": 1, "length": 1, "value": 1}.get(
            name, len(values)
        )
        if not good or len(values) != wanted:
            raise _fault(where, f"<{element.tag} {name}={text!r}> is out of range.", "Use finite, positive sizes.")


def _check_mass(link: Element, where: str) -> None:
    mass = link.find("inertial/mass")
    value = float(mass.get("value", "nan")) if mass is not None else float("nan")
    if not 0 < value <= HEAVIEST:
        raise _fault(
            where,
            f"Link {link.get('name')!r} has no mass between 0 and {HEAVIEST:g} kg.",
            "Give every link an <inertial> with a positive mass.",
        )
    inertia = link.find("inertial/inertia")
    if inertia is None or any(not float(inertia.get(n, "0")) > 0 for n in ("ixx", "iyy", "izz")):
        raise _fault(where, f"Link {link.get('name')!r} has no positive inertia.", "Give it ixx, iyy and izz.")


def total_mass(text: str) -> float:
    """Returns the sum of the links' masses of clean URDF text [kg]."""
    root = _parse(text.encode(), "urdf")
    return float(np.sum([float(m.get("value", "0")) for m in root.findall("link/inertial/mass")]))


def _fault(where: str, what: str, remedy: str) -> AssetError:
    error = AssetError.at("bad-urdf", where, what, remedy)
    assert isinstance(error, AssetError)
    return error
