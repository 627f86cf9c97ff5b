"""`Shelf`: certified plans of earlier runs, found again by what they do, where, and under which code."""

import hashlib
import json
from functools import cache
from pathlib import Path

import sim_checks
import skills
from planner.outcome import Planned
from sim_checks.certificate import load
from sim_checks.errors import CertificateError
from sim_checks.gates import GateSettings
from skills.graph import SkillGraph
from skills.scene import Scene


class Shelf:
    """A folder of certified plans.

    The same plan on the same scene under the same settings and code earns the same certificate, so a bench need not
    earn it twice. What is on the shelf is verified like any certificate before it is used, and is dispatched anew.

    Args:
        folder: Where the plans are; made when the first one is put there.
        settings: Settings of the gates.
    """

    def __init__(self, folder: Path, settings: GateSettings) -> None:
        self._folder, self._settings = folder, settings

    def find(self, graph: SkillGraph, scene: Scene) -> Planned | None:
        """Returns the certified plan that does what ``graph`` does, or None."""
        place = self._place(graph, scene)
        if not (place / "certificate.json").exists():
            return None
        try:
            return Planned(load(place), ())
        except CertificateError:
            return None

    def put(self, planned: Planned) -> None:
        """Keeps a certified plan."""
        planned.certified.save(self._place(planned.graph, planned.certified.scene))

    def _place(self, graph: SkillGraph, scene: Scene) -> Path:
        """Returns the folder of a plan: steps, goal, scene, settings and code decide, not the words about it."""
        content = [
            scene.sha256,
            self._settings.to_json(),
            sorted(map(str, graph.goal.literals)),
            [str(n.step) for n in graph.ordered()],
            sources_sha256(),
        ]
        return self._folder / hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


@cache
def sources_sha256() -> str:
    """Returns the hash over the source of everything that a verdict depends on, as hex.

    The second engine (`sim_checks.mujoco`) is left out: no gate asks it.
    """
    digest = hashlib.sha256()
    for package in (skills, sim_checks):
        root = Path(str(package.__file__)).parent
        for path in sorted(root.rglob("*.py")):
            if path.relative_to(root).parts[0] != "mujoco":
                digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()
