"""`Mesh`: an OBJ file, checked before the engine may see it (a bad index would end the process)."""

from dataclasses import dataclass

import numpy as np

from sim_checks.errors import AssetError
from skills.geometry import Matrix

MAX_BYTES = 20_000_000
MAX_VERTICES = 100_000
LARGEST, SMALLEST = 5.0, 0.001
"""Limits of a mesh's extent [m]."""


@dataclass(frozen=True, eq=False)
class Mesh:
    """Vertices and triangles.

    Args:
        vertices: Shape (n, 3) [m].
        faces: Shape (m, 3), indices from 0.
    """

    vertices: Matrix
    faces: "np.ndarray[tuple[int, int], np.dtype[np.int64]]"

    def scaled(self, scale: Matrix) -> "Mesh":
        """Returns the mesh multiplied by ``scale``, shape (3,)."""
        return Mesh(self.vertices * scale, self.faces)

    def standing(self) -> "Mesh":
        """Returns the mesh moved so that it stands on z = 0 with its bounds centred on the z axis."""
        lower, upper = self.vertices.min(axis=0), self.vertices.max(axis=0)
        middle = (lower + upper) / 2
        return Mesh(self.vertices - np.array([middle[0], middle[1], lower[2]]), self.faces)

    def to_bytes(self) -> bytes:
        """Returns a plain OBJ file of it."""
        lines = [f"v {x:.7g} {y:.7g} {z:.7g}" for x, y, z in self.vertices]
        lines += [f"f {a + 1} {b + 1} {c + 1}" for a, b, c in self.faces]
        return ("\n".join(["o mesh", *lines]) + "\n").encode()


def parse_obj(content: bytes, where: str) -> Mesh:
    """Returns the mesh of an OBJ file; materials, normals and textures are left out.

    Raises:
        AssetError: It is no OBJ text, an index is out of range, a number is not finite, or the extent is absurd.
    """
    try:
        lines = content.decode("ascii", errors="strict").splitlines()
    except UnicodeDecodeError as error:
        raise _fault(where, "It is not plain text.", "Export it as an ASCII OBJ file.") from error
    vertices: list[list[float]] = []
    faces: list[tuple[int, int, int]] = []
    for number, line in enumerate(lines, 1):
        words = line.split()
        if words[:1] == ["v"]:
            vertices.append(_vertex(words[1:4], f"{where} line {number}"))
        elif words[:1] == ["f"]:
            corners = [_index(word, len(vertices), f"{where} line {number}") for word in words[1:]]
            if len(corners) < 3:
                raise _fault(f"{where} line {number}", "A face has fewer than three corners.", "Mend the mesh.")
            faces += [(corners[0], corners[i], corners[i + 1]) for i in range(1, len(corners) - 1)]
        if len(vertices) > MAX_VERTICES or len(faces) > 2 * MAX_VERTICES:
            raise _fault(where, f"It has more than {MAX_VERTICES} vertices.", "Simplify the mesh.")
    if len(vertices) < 4 or len(faces) < 4:
        raise _fault(where, "It has fewer than four vertices or faces.", "Give a closed mesh.")
    mesh = Mesh(np.array(vertices), np.array(faces, dtype=np.int64))
    extent = mesh.vertices.max(axis=0) - mesh.vertices.min(axis=0)
    if extent.max() > LARGEST or extent.min() < SMALLEST:
        raise _fault(
            where,
            f"Its extents are {np.round(extent, 4).tolist()} m.",
            f"Keep every extent between {SMALLEST} and {LARGEST} m (is it in millimetres?).",
        )
    return mesh


def _vertex(words: list[str], where: str) -> list[float]:
    try:
        values = [float(word) for word in words]
    except ValueError as error:
        raise _fault(where, f"This is no number: {error}.", "Mend the mesh.") from error
    if len(values) != 3 or not np.isfinite(values).all() or max(map(abs, values)) > 1e4:
        raise _fault(where, "A vertex needs three finite numbers.", "Mend the mesh.")
    return values


def _index(word: str, count: int, where: str) -> int:
    try:
        index = int(word.split("/")[0])
    except ValueError as error:
        raise _fault(where, f"{word!r} is no vertex index.", "Mend the mesh.") from error
    place = index - 1 if index > 0 else count + index
    if index == 0 or not 0 <= place < count:
        raise _fault(where, f"Vertex {index} is out of range; {count} are known here.", "Mend the mesh.")
    return place


def _fault(where: str, what: str, remedy: str) -> AssetError:
    error = AssetError.at("bad-mesh", where, what, remedy)
    assert isinstance(error, AssetError)
    return error
