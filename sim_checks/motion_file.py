"""Motions as bytes: the hash that a certificate binds, and a numpy archive without pickled objects."""

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim_checks.errors import CertificateError
from skills.motion import Grip, Motion, Segment
from skills.plain_file import read_plain
from skills.symbols import Literal

MAX_BYTES = 200_000_000


def motions_sha256(motions: Sequence[Motion]) -> str:
    """Returns the hash over names, numbers and the float64 bytes of every sample, as hex."""
    digest = hashlib.sha256(_description(motions).encode())
    for motion in motions:
        for segment in motion.segments:
            for array in (segment.times, segment.joints):
                digest.update(np.ascontiguousarray(array, dtype="<f8").tobytes())
    return digest.hexdigest()


def frozen(motions: Sequence[Motion]) -> tuple[Motion, ...]:
    """Returns copies of ``motions`` whose arrays cannot be written to.

    Raises:
        CertificateError: Samples are not finite, or their shapes do not fit.
    """
    for motion in motions:
        if motion.holds_after is not None and not isinstance(motion.holds_after, str):
            raise _bad(motion.node)
        grips = [(s.width, s.force) for s in motion.segments] + [
            (g.width, g.force) for s in motion.segments for g in s.also
        ]
        if not all(math.isfinite(width) and math.isfinite(force) for width, force in grips):
            raise _bad(motion.node)
    return tuple(
        Motion(
            m.node,
            tuple(
                Segment(
                    s.name,
                    _fixed(s.times, 1, m.node),
                    _fixed(s.joints, 2, m.node),
                    float(s.width),
                    float(s.force),
                    int(s.hand),
                    s.until,
                    tuple(Grip(int(g.hand), float(g.width), float(g.force)) for g in s.also),
                )
                for s in m.segments
            ),
            m.holds_after,
            m.state,
            tuple(m.also),
        )
        for m in motions
    )


def _fixed(array: NDArray[np.float64], dimensions: int, node: str) -> NDArray[np.float64]:
    fixed = np.array(array, dtype=np.float64)
    if fixed.ndim != dimensions or not len(fixed) or not np.isfinite(fixed).all():
        raise _bad(node)
    fixed.setflags(write=False)
    return fixed


def _bad(node: str) -> CertificateError:
    what = f"The motion of {node!r} holds samples that are no finite numbers, or of the wrong shape."
    return CertificateError.at("bad-motion", f"motions.{node}", what, "Plan it again.")


def _description(motions: Sequence[Motion]) -> str:
    described = [
        {
            "node": m.node,
            "holds_after": m.holds_after,
            "state": m.state,
            "segments": [
                {
                    "name": s.name,
                    "samples": len(s.times),
                    "shape": list(np.shape(s.joints)),
                    "width": float(s.width).hex(),
                    "force": float(s.force).hex(),
                    **({"hand": int(s.hand)} if s.hand else {}),
                    **({"until": str(s.until)} if s.until else {}),
                    **({"also": [_described(g) for g in s.also]} if s.also else {}),
                }
                for s in m.segments
            ],
            **({"also": list(m.also)} if m.also else {}),
        }
        for m in motions
    ]
    return json.dumps(described, sort_keys=True, separators=(",", ":"))


def _described(grip: Grip) -> list[object]:
    return [int(grip.hand), float(grip.width).hex(), float(grip.force).hex()]


def save_motions(path: Path, motions: Sequence[Motion]) -> None:
    """Writes ``motions`` to a numpy archive."""
    arrays: dict[str, NDArray[np.generic]] = {"description": np.array(_description(motions))}
    for i, motion in enumerate(motions):
        for j, segment in enumerate(motion.segments):
            arrays[f"times_{i}_{j}"] = np.asarray(segment.times, dtype=np.float64)
            arrays[f"joints_{i}_{j}"] = np.asarray(segment.joints, dtype=np.float64)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def load_motions(path: Path) -> tuple[Motion, ...]:
    """Reads what `save_motions` wrote; nothing in it is executed.

    Raises:
        CertificateError: The file cannot be read or is no such archive.
    """
    try:
        content = io.BytesIO(read_plain(path, MAX_BYTES))
        with zipfile.ZipFile(content) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise ValueError("it is over 200 MB")
        with np.load(content, allow_pickle=False) as arrays:
            described = json.loads(str(arrays["description"]))
            return frozen(
                [
                    Motion(
                        str(m["node"]),
                        tuple(
                            Segment(
                                str(s["name"]),
                                arrays[f"times_{i}_{j}"],
                                arrays[f"joints_{i}_{j}"],
                                float.fromhex(s["width"]),
                                float.fromhex(s["force"]),
                                int(s.get("hand", 0)),
                                Literal.parse(s["until"]) if "until" in s else None,
                                tuple(
                                    Grip(int(h), float.fromhex(w), float.fromhex(f)) for h, w, f in s.get("also", ())
                                ),
                            )
                            for j, s in enumerate(m["segments"])
                        ),
                        m["holds_after"],
                        m["state"],
                        tuple(map(str, m.get("also", ()))),
                    )
                    for i, m in enumerate(described)
                ]
            )
    except CertificateError:
        raise
    except Exception as error:  # numpy and zipfile raise many kinds for a damaged archive
        raise CertificateError.at("bad-motions", str(path), f"These are no motions: {error}.", "Plan again.") from error
