"""Do all BDDL files import, settle without explosion, and hold every initial literal after settling?"""

import json
import math
import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from planner.bench.task import find_tasks
from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.world import SETTLE_STEPS, BulletWorld
from skills.errors import SkillsError
from skills.formats.bddl import import_bddl
from skills.predicates import holds

DRIFT = 0.03
"""Largest way that settling may move a thing over its support [m]. Source: our own."""
FASTEST = 0.05
"""Largest speed after settling [m/s]. Source: our own."""


@dataclass(frozen=True)
class ImportRow:
    """What became of one file.

    Args:
        task: Suite and file.
        imported: The file was read and the scene is valid.
        settled: It came to rest where it was put, and every initial literal holds.
        literals: Number of initial literals judged.
        untrue: Initial literals that do not hold after settling.
        moved: Things that settling moved too far, or that still move.
        findings: Errors and warnings, as text.
        seconds: Wall time [s].
    """

    task: str
    imported: bool = False
    settled: bool = False
    literals: int = 0
    untrue: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    seconds: float = 0.0


def judge(name: str, path: Path, seed: int) -> ImportRow:
    """Imports one file, builds its world, and judges it."""
    start = time.perf_counter()
    try:
        task = import_bddl(path, seed)
        with BulletClient() as client:
            world = BulletWorld(client, task.scene, settle=False)
            before = {o.id: world.centre(o.id) for o in task.scene.objects}
            world.settle(SETTLE_STEPS)
            speeds = world.speeds()
            moved = [
                f"{thing.id} by {math.dist(before[thing.id][:2], world.centre(thing.id)[:2]):.3f} m"
                for thing in task.scene.objects
                if math.dist(before[thing.id][:2], world.centre(thing.id)[:2]) > DRIFT
                or speeds[thing.id].linear > FASTEST
            ]
            stated = sorted(task.scene.initial_state())
            untrue = tuple(str(literal) for literal in stated if not holds(literal, world))
    except SkillsError as error:
        return ImportRow(name, findings=(str(error.finding),), seconds=time.perf_counter() - start)
    return ImportRow(
        task=name,
        imported=True,
        settled=not moved and not untrue,
        literals=len(stated),
        untrue=untrue,
        moved=tuple(moved),
        findings=tuple(str(f) for f in task.findings),
        seconds=round(time.perf_counter() - start, 3),
    )


def run(
    directory: Path, seed: int = 0, jobs: int = 2, json_out: Path | None = None, tasks: str = "*"
) -> dict[str, object]:
    """Judges every file of a folder of suites and returns ``n``, ``imported``, ``settled`` and a row for each.

    Args:
        directory: Holds one folder for each suite.
        seed: Seed of the sampled placements.
        jobs: Processes at once.
        json_out: Where to write the result, if anywhere.
        tasks: Which files, as a pattern.

    Raises:
        SceneError: The folder holds no such file.
    """
    found = find_tasks(Path(directory), tasks)
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        rows = list(pool.map(_judge_task, [(t.name, t.path, seed) for t in found], chunksize=8))
    count = len(rows)
    result: dict[str, object] = {
        "n": count,
        "imported": sum(r.imported for r in rows) / count,
        "settled": sum(r.settled for r in rows) / count,
        "seed": seed,
        "failures": [
            {"task": r.task, "untrue": r.untrue, "moved": r.moved, "findings": r.findings}
            for r in rows
            if not r.settled
        ],
        "rows": [asdict(r) for r in rows],
    }
    if json_out is not None:
        json_out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return result


def _judge_task(arguments: tuple[str, Path, int]) -> ImportRow:
    return judge(*arguments)
