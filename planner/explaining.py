"""`Case`: a verdict from a file, with its plan and scene, ready to be explained and to be shown again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.scenes import open_scene
from sim_checks.bullet.client import TIME_STEP
from sim_checks.bullet.perturb import Perturbation
from sim_checks.counterexample import Counterexample, parse
from sim_checks.gates import GateSettings, base_seed
from sim_checks.geometric import Choices
from sim_checks.motion_file import load_motions
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.rollout import World
from sim_checks.rules.book import RuleBook
from sim_checks.snapshots import Pictures, picture
from skills.errors import GraphError, SkillsError
from skills.graph import SkillGraph
from skills.graph_json import MAX_BYTES, graph_from_data, loads
from skills.motion import Motion
from skills.plain_file import read_plain
from skills.scene import Scene, parse_scene

NAMES = ("certificate.json", "verdicts.json", "plan.json", "scene.json", "motions.npz")


@dataclass(frozen=True, eq=False)
class Case:
    """What is to be explained.

    Args:
        graph: The plan.
        scene: Its scene.
        verdicts: The gates' verdicts as JSON data, cheap to dear.
        findings: Findings that stand outside of a verdict, as JSON data.
        motions: The motions that were rehearsed, where they were kept.
        folder: Folder of the scene's meshes.
        settings: What was asked of the gates.
    """

    graph: SkillGraph
    scene: Scene
    verdicts: tuple[Mapping[str, Any], ...]
    findings: tuple[Mapping[str, Any], ...] = ()
    motions: tuple[Motion, ...] | None = None
    folder: Path | None = None
    settings: GateSettings = field(default_factory=GateSettings)

    @property
    def failed(self) -> Mapping[str, Any] | None:
        """The first verdict that is no pass."""
        return next((v for v in self.verdicts if v.get("outcome") != "pass"), None)

    @property
    def shown(self) -> Counterexample | None:
        """The rehearsal that shows why, where a gate with motions said no."""
        data = (self.failed or {}).get("counterexample")
        return parse(data) if isinstance(data, Mapping) else None

    @property
    def seed_of(self) -> str:
        """Sha256 of the plan whose seed the motion planners had: of a repair that of the first plan, else its own."""
        found = next((v.get("evidence") for v in self.verdicts if v.get("gate") == "geometric"), None)
        return str(found.get("seed_of", self.graph.sha256)) if isinstance(found, Mapping) else self.graph.sha256

    @property
    def node(self) -> str | None:
        """The step that failed, by its id."""
        if self.shown is not None:
            return self.shown.node
        for finding in (self.failed or {}).get("findings", self.findings):
            where = str(finding.get("where", ""))
            for index, node in enumerate(self.graph.nodes):
                if where.split(":")[0] in (f"nodes.{node.id}", f"nodes[{index}]"):
                    return node.id
        return None

    @property
    def why_not(self) -> str:
        """Why the plan was refused, in one sentence."""
        if self.failed is None:
            return "Nothing speaks against it: every gate passed."
        if self.shown is not None and self.failed.get("outcome") != "inconclusive":
            return self.shown.why_not
        first: Mapping[str, Any] | None = next(iter(self.failed.get("findings", ())), None)
        if first is None:
            return f"The {self.failed.get('gate')} gate came to no verdict."
        step = next((n for n in self.graph.nodes if n.id == self.node), None)
        said = str(first.get("what", "")).rstrip(".")
        if step is not None and said.startswith(str(step.step)):
            return f"Because {step.step} ({step.id}){said.removeprefix(str(step.step))}."
        if step is not None:
            return f"Because of {step.step} ({step.id}): {said}."
        return f"Because {said[:1].lower()}{said[1:]}."

    @property
    def remedy(self) -> str:
        """What to do about it."""
        if self.failed is None:
            return ""
        first: Mapping[str, Any] = next(iter(self.failed.get("findings", ())), {})
        said = str(first.get("remedy", ""))
        return f"{self.shown.remedy} {said}".strip() if self.shown is not None and self.shown.remedy != said else said


def read_case(path: Path, scene: str | None = None, seed: int = 0) -> Case:
    """Reads a certificate, an episode's folder, or what a command wrote with ``--json``.

    Args:
        path: The file or folder.
        scene: The scene (default: scene.json beside the file).
        seed: Seed of a BDDL file's placements.

    Raises:
        SkillsError: A file is missing or is something else.
    """
    folder = path if path.is_dir() else path.parent
    file = next((path / n for n in NAMES[:2] if (path / n).exists()), path / NAMES[0]) if path.is_dir() else path
    data = loads(_content(file), str(file))
    said = data if isinstance(data, list) else _mapping(data.get("payload", data), file).get("verdicts")
    if not isinstance(said, list) or not said or not all(isinstance(v, dict) and "gate" in v for v in said):
        what = "It holds no verdicts of gates."
        raise GraphError.at(
            "no-verdicts", str(file), what, "Give what `rehearse validate --json` wrote, or an episode."
        )
    plan = data.get("plan") if isinstance(data, dict) else None
    graph = graph_from_data(plan if plan is not None else loads(_content(folder / "plan.json"), "plan.json"))
    home: Path | None = folder
    if scene is not None:
        twin, home = open_scene(scene, seed)
    else:
        twin = parse_scene(loads(_content(folder / "scene.json"), "scene.json"), "scene.json")
    if graph.scene_sha256 and graph.scene_sha256 != twin.sha256:
        what = f"The plan was made for another scene than {twin.name!r}."
        raise GraphError.at("other-scene", str(file), what, "Name its scene with --scene.")
    kept = folder / "motions.npz"
    motions = load_motions(kept) if kept.exists() and plan is None else None
    findings = tuple(data.get("findings") or ()) if isinstance(data, dict) else ()
    return Case(graph, twin, tuple(said), findings, motions, home)


def show(case: Case, rules: RuleBook | None = None) -> Pictures | None:
    """Returns pictures of the failure, or None where there is nothing to be seen; it is played once more in physics.

    Where the motions were not kept they are planned anew: the same plan in the same scene gives the same ones.

    Args:
        case: The case.
        rules: The rules that were watched (default: the shipped ones).
    """
    shown = case.shown
    if shown is None:
        return None
    motions = case.motions
    if motions is None:
        seed = base_seed(case.seed_of, case.scene, case.settings)
        nominal = rehearse_nominal(case.graph, case.scene, seed, Choices(), case.settings.attempts, case.folder, rules)
        motions = tuple(nominal.motions)
    perturbation: Perturbation | None = None if shown.seed is None else case.settings.perturbation
    finer = max(1, round(TIME_STEP / shown.time_step_s))
    world = World(case.scene, shown.seed, perturbation, finer, case.folder)
    return picture(case.graph, motions, world, shown, rules)


def _content(file: Path) -> bytes:
    try:
        return read_plain(file, MAX_BYTES)
    except OSError as error:
        what = f"The file cannot be read: {error.strerror}."
        raise GraphError.at("unreadable", str(file), what, "Check the path, or name the scene with --scene.") from error


def _mapping(data: object, file: Path) -> Mapping[str, Any]:
    if not isinstance(data, dict):
        raise GraphError.at("no-verdicts", str(file), "It holds no verdicts.", "Give a certificate or a verdict.")
    return data


__all__ = ["Case", "SkillsError", "read_case", "show"]
