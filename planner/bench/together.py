"""Two arms at once: drawn tasks about two things, rehearsed with both arms at work and with one after the other.

Each task has a small home of its own, from a seed. Three sorts take turns: two things at one table, each to a place
near it; a low thing into a drawer that is closed at first; a thing brought to another piece of furniture while the one
beside it is put to its place. Both ways are rehearsed in the nominal world and in the same perturbed one; goals are
judged by physics.
"""

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from planner.bench.task import Row, Task
from planner.bench.trials import each, isolated
from planner.compile import compile_draft
from planner.routing import with_drives
from planner.together import paired, parted, standing
from sim_checks import symbolic
from sim_checks.bullet.perturb import Perturbation
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.rollout import World, play_through
from sim_checks.scenes.proof import at_rest
from skills.errors import SceneError
from skills.finding import Finding
from skills.graph import Draft, SkillGraph
from skills.motion import Motion
from skills.scene import Fixture, ObjectSpec, Placement, PoseSpec, Region, RobotSpec, Scene
from skills.symbols import Goal, Literal

TRIAL_S = 3600.0
"""Longest wall time of one task [s]."""
ATTEMPTS = 8
"""Nominal rehearsals of one plan."""
DRAWS = 30
"""Homes drawn for one task, most."""
KINDS = (("mug", "red"), ("box", "blue"), ("can", None), ("bowl", "green"), ("tomato_sauce", None), ("ketchup", None))
"""What stands about, with its colour if it is painted."""
LOW = (("butter", None), ("cream_cheese", None), ("cookies", None))
"""What fits in a drawer."""
PLACE = 0.07
"""Half of the edge of a place [m]."""


class Drawn(NamedTuple):
    """A task.

    Args:
        scene: The home.
        goal: What must hold in the end.
    """

    scene: Scene
    goal: Goal


def lay(rng: Generator) -> Drawn:
    """Returns two things on one table, one on the left and one on the right, each to be put on a place on its side."""
    first, second = _two(rng, KINDS)
    height = _between(rng, 0.70, 0.78)
    objects, regions = [], []
    for thing, side, name in ((first, 1.0, "left_place"), (second, -1.0, "right_place")):
        near, far = _between(rng, 0.12, 0.24), _between(rng, 0.42, 0.52)
        at, to = (near, far) if rng.random() < 0.7 else (far, near + 0.04)
        objects.append(_thing(thing, "table", (_between(rng, -0.28, -0.1), side * at), rng))
        regions.append(_place(name, "table", (_between(rng, -0.28, -0.12), side * to)))
    scene = _home(_board("table", (1.4, _between(rng, -0.4, 0.4)), height), objects, regions)
    pairs = zip(objects, regions, strict=True)
    return Drawn(scene, Goal(tuple(Literal("on", (o.id, r.id)) for o, r in pairs)))


def put_away(rng: Generator) -> Drawn:
    """Returns a low thing beside a cabinet, to be put into one of its drawers."""
    (thing,) = _two(rng, LOW)[:1]
    height, side = _between(rng, 0.70, 0.80), 1.0 if rng.random() < 0.5 else -1.0
    cabinet = Fixture(
        id="cabinet",
        kind="white_cabinet",
        placement=Placement(on="table", xy=(0.06, side * 0.25), yaw=round(math.pi, 4)),
    )
    spot = (_between(rng, -0.3, -0.15), -side * _between(rng, 0.1, 0.35))
    scene = _home(
        _board("table", (1.4, _between(rng, -0.4, 0.4)), height), [_thing(thing, "table", spot, rng)], [], cabinet
    )
    return Drawn(scene, Goal((Literal("in", (scene.objects[0].id, "cabinet_top_region")),)))


def relay(rng: Generator) -> Drawn:
    """Returns two things on one table, one to be put on a place there, the other to be brought to the sideboard."""
    first, second = _two(rng, KINDS)
    height, side = _between(rng, 0.70, 0.78), 1.0 if rng.random() < 0.5 else -1.0
    objects = [
        _thing(first, "table", (_between(rng, -0.28, -0.12), side * _between(rng, 0.12, 0.24)), rng),
        _thing(second, "table", (_between(rng, -0.28, -0.1), -side * _between(rng, 0.15, 0.4)), rng),
    ]
    place = _place("place", "table", (_between(rng, -0.28, -0.12), side * _between(rng, 0.42, 0.52)))
    board = _board("sideboard", (-1.3, _between(rng, -0.5, 0.5)), height + 0.02)
    scene = _home(_board("table", (1.4, _between(rng, -0.3, 0.3)), height), objects, [place], board)
    return Drawn(scene, Goal((Literal("on", (objects[0].id, "place")), Literal("on", (objects[1].id, "sideboard")))))


SORTS: dict[str, Callable[[Generator], Drawn]] = {"lay": lay, "put_away": put_away, "relay": relay}
"""Name of a sort -> draws a task of it."""


def _two(
    rng: Generator, kinds: Sequence[tuple[str, str | None]]
) -> tuple[tuple[str, str | None], tuple[str, str | None]]:
    one, other = rng.permutation(len(kinds))[:2]
    return kinds[int(one)], kinds[int(other)]


def _between(rng: Generator, low: float, high: float) -> float:
    return round(float(rng.uniform(low, high)), 3)


def _thing(what: tuple[str, str | None], on: str, xy: tuple[float, float], rng: Generator) -> ObjectSpec:
    kind, colour = what
    params: dict[str, float | str] = {"colour": colour} if colour else {}
    place = Placement(on=on, xy=xy, yaw=_between(rng, -math.pi, math.pi))
    return ObjectSpec(id=f"{colour}_{kind}" if colour else kind, kind=kind, placement=place, params=params)


def _place(name: str, on: str, xy: tuple[float, float]) -> Region:
    return Region(id=name, on=on, xy=xy, half=(PLACE, PLACE), label=name.replace("_", " "))


def _board(name: str, xy: tuple[float, float], height: float) -> Fixture:
    size: dict[str, float | str] = {"length": 0.8, "width": 1.4, "height": height - 0.05}
    pose = PoseSpec(position=(*xy, height))
    return Fixture(id=name, kind="table", label=name, pose=pose, params=size)


def _home(board: Fixture, objects: Sequence[ObjectSpec], regions: Sequence[Region], *more: Fixture) -> Scene:
    floor = Fixture(
        id="floor", kind="floor", pose=PoseSpec(position=(0.0, 0.0, 0.0)), params={"length": 5.0, "width": 4.6}
    )
    robot = RobotSpec.model_validate({"id": "robot", "kind": "home", "pose": PoseSpec(position=(0.0, 0.0, 0.0))})
    return Scene(
        schema="rehearse.scene/1",
        name="together",
        robots=(robot,),
        fixtures=(floor, board, *more),
        objects=tuple(objects),
        regions=tuple(regions),
    )


def draw_task(sort: str, index: int) -> Drawn:
    """Returns the task with this number.

    Raises:
        SceneError: No home is valid.
    """
    for draw in range(DRAWS):
        drawn = SORTS[sort](np.random.default_rng(seed_of(sort, index, draw)))
        if not at_rest(drawn.scene, None)[0]:
            return drawn
    raise SceneError.at("no-scene", sort, f"None of {DRAWS} homes is valid.", "Take another number.")


def seed_of(sort: str, index: int, draw: int) -> int:
    """Returns the seed of one draw; nobody can pick a lucky one."""
    return int.from_bytes(hashlib.sha256(f"together/{sort}/{index}/{draw}".encode()).digest()[:4], "big")


def tasks(n: int) -> list[Task]:
    """Returns ``n`` tasks, the sorts taking turns."""
    names = list(SORTS)
    return [Task(names[i % len(names)], Path(names[i % len(names)]), "", i // len(names)) for i in range(n)]


def bench(todo: Sequence[Task], jobs: int) -> Iterator[Row]:
    """Tries every task in a process of its own; yields rows as they are done."""
    return each(todo, lambda task: isolated(task, attempt, (task.name, task.seed), TRIAL_S), jobs)


def attempt(sort: str, index: int) -> Row:
    """Returns the row of one task; runs in a worker process.

    ``goal_met`` says that both ways reached the goal in both worlds, ``certified`` that two arms were at work at once.
    """
    drawn, seed = draw_task(sort, index), seed_of(sort, index, DRAWS)
    scene = drawn.scene
    compiled = compile_draft(Draft(drawn.goal), scene)
    plain = with_drives(compiled, scene).graph
    row = Row(sort, "", index, "compile")
    if plain is None or compiled.graph is None:
        return replace(row, codes=("no-plan-found",))
    driven = with_drives(compiled, scene, still=standing(compiled.graph, scene)).graph or plain
    graph: SkillGraph | None = paired(driven, scene)
    assert graph is not None
    row = replace(row, stage="symbolic", plan=(f"{drawn.goal}", *(str(n.step) for n in graph.nodes)))
    verdict = symbolic.check(graph, scene)
    if not verdict or not graph.together:
        return replace(row, codes=tuple(f.code for f in verdict.findings) or ("nothing-at-once",))
    began, refused = time.perf_counter(), list[Finding]()
    while graph is not None:
        motions, wrong = _rehearsed(graph, scene, seed)
        if not wrong:
            break
        refused += wrong
        graph = parted(graph, wrong)
    spent = {"together_wall": round(time.perf_counter() - began, 2)}
    after, failed = (motions, wrong) if graph is not None and not graph.together else _rehearsed(plain, scene, seed)
    spent |= {"together": _makespan(motions), "after": _makespan(after)}
    row = replace(row, stage="physics", seconds=spent, findings=tuple(map(str, (*refused, *failed))))
    codes = tuple(f.code for f in (*refused, *failed))
    met = graph is not None and not wrong and not failed
    return replace(
        row,
        stage="achieved" if met else "physics",
        codes=codes,
        goal_met=met,
        certified=graph is not None and bool(graph.together),
    )


def _rehearsed(graph: SkillGraph, scene: Scene, seed: int) -> tuple[list[Motion], tuple[Finding, ...]]:
    """Returns the motions of a plan, and what went wrong in the nominal or in one perturbed world."""
    nominal = rehearse_nominal(graph, scene, seed, Choices(), ATTEMPTS)
    wrong = (*nominal.geometric, *nominal.physical)
    if not wrong:
        found = play_through(graph, nominal.motions, World(scene, seed % 2**31, Perturbation()))
        wrong = tuple(i.finding for i in found)
    return nominal.motions, wrong


def _makespan(motions: Sequence[Motion]) -> float:
    return round(sum(m.duration for m in motions), 2)


def summary(rows: Sequence[Row]) -> dict[str, object]:
    """Returns how many tasks were done with two arms at once, and how long they took over one thing after the other."""
    done = [r for r in rows if r.goal_met]
    joined = [r for r in done if r.certified]

    def over(some: Sequence[Row]) -> float:
        after = sum(r.seconds["after"] for r in some)
        return round(sum(r.seconds["together"] for r in some) / after, 4) if after else 0.0

    return {
        "n": len(rows),
        "goal_met": len(done),
        "at_once": len(joined),
        "together_over_after": over(joined),
        "of_all": over(done),
        "together_s": round(sum(r.seconds["together"] for r in joined), 1),
        "after_s": round(sum(r.seconds["after"] for r in joined), 1),
        "sorts": {
            sort: [sum(r.task == sort for r in some) for some in (joined, done, list(rows))] for sort in sorted(SORTS)
        },
    }
