"""`version`: which code a row of a bench was measured with."""

import hashlib
from functools import cache
from pathlib import Path

import planner
import prompts
import sim_checks
import skills

WHAT = frozenset((".py", ".yaml", ".md", ".urdf", ".safetensors", ".json"))
"""Files that decide what a bench measures, by suffix."""
NOT = frozenset(("faces", "factory"))
"""Rooms of the planner on which no row depends: how figures are shown, and how the language model was trained."""


@cache
def version() -> str:
    """Returns the hash over all code and data that a row may depend on, as hex."""
    digest = hashlib.sha256()
    for package in (skills, sim_checks, prompts, planner):
        root = Path(str(package.__file__)).parent
        for path in sorted(p for p in root.rglob("*") if p.suffix in WHAT):
            inside = path.relative_to(root)
            if package is not planner or inside.parts[0] not in NOT:
                digest.update(f"{package.__name__}/{inside}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


__all__ = ["version"]
