"""`rehearse doctor`: is everything here, ours, and sound?"""

import importlib
import importlib.metadata
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.markup import escape

from planner.faces.answer import Answer, ExitCode
from planner.faces.options import JsonOption
from sim_checks.bullet.stage import self_test
from sim_checks.worker import Fault, run_isolated

PACKAGES = {
    "planner": "pipeline.py",
    "skills": "kinds.py",
    "prompts": "templates",
    "sim_checks": "certificate.py",
}
"""Our packages, and what tells each from a stranger of the same name."""
ENGINES = ("pybullet", "ompl", "toppra", "torch", "transformers", "numpy", "pydantic", "cryptography")


class Check(NamedTuple):
    """One thing that the doctor looked at."""

    name: str
    ok: bool
    detail: str


def doctor(as_json: JsonOption = False) -> None:
    """Checks the installation: packages, versions, weights, and that the physics reads 9.81 N for 1 kg."""
    checks = tuple(_guarded(name, look) for name, look in _CHECKS.items())
    sound = all(c.ok for c in checks)
    data = {"sound": sound, "checks": [c._asdict() for c in checks]}

    def show(console: Console) -> None:
        for check in checks:
            mark = "[green]ok[/]" if check.ok else "[red]no[/]"
            console.print(f"{mark} [bold]{check.name}[/]  {escape(check.detail)}")

    Answer(ExitCode.PASS if sound else ExitCode.REJECTED, data, show).give(as_json)


def packages_are_ours() -> Check:
    """Checks that the four packages are ours, not namesakes, and share one parent folder."""
    parents: dict[str, Path] = {}
    for name, landmark in PACKAGES.items():
        file = importlib.import_module(name).__file__
        if file is None or not (Path(file).parent / landmark).exists():
            return Check("packages", False, f"{name!r} is another distribution's package; install into a clean .venv")
        parents[name] = Path(file).resolve().parent.parent
    if len(set(parents.values())) != 1:
        places = ", ".join(f"{n} in {p}" for n, p in parents.items())
        return Check("packages", False, f"the packages come from several places: {places}")
    return Check("packages", True, f"{', '.join(PACKAGES)} in {parents['planner']}")


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("python", sys.version_info[:2] == (3, 11), f"{version} (3.11 is needed)")


def _versions() -> Check:
    found = [f"{name} {importlib.metadata.version(name)}" for name in ENGINES]
    return Check("versions", True, ", ".join(found))


def _weights() -> Check:
    from planner.language.embedded import WEIGHTS, load_network, weights_folder

    path = weights_folder() / WEIGHTS
    size = path.stat().st_size / 1e6
    load_network(weights_folder())  # refuses weights that are not the ones the card describes
    return Check("weights", size <= 40, f"{path.name}, {size:.1f} MB (at most 40), as the card describes them")


def _physics() -> Check:
    fault = run_isolated(self_test, (), 60.0)
    if isinstance(fault, Fault):
        return Check("physics", False, fault.what)
    return Check("physics", True, "a 1 kg box at rest reads 9.81 N within 1 %")


def _scenes() -> Check:
    from planner.scenes import open_scene, shipped_scenes

    names = [f"{name} {open_scene(path).scene.sha256[:8]}" for name, path in shipped_scenes().items()]
    return Check("scenes", bool(names), ", ".join(names) or "no shipped scene was found")


_CHECKS: dict[str, Callable[[], Check]] = {
    "python": _python,
    "packages": packages_are_ours,
    "versions": _versions,
    "scenes": _scenes,
    "weights": _weights,
    "physics": _physics,
}


def _guarded(name: str, look: Callable[[], Check]) -> Check:
    """Returns the check's result; whatever it raises counts against it."""
    try:
        return look()
    except Exception as error:
        return Check(name, False, f"{type(error).__name__}: {error}")
