"""Motions for fixtures, and a record of where things were while one was played."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from planner.bench.language.made import furniture, thing
from sim_checks.bullet.perturb import Perturbation
from sim_checks.bullet.sight import Sight
from sim_checks.bullet.stage import Stage
from sim_checks.incident import Incident
from sim_checks.motion.picking import plan_pick
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.timing import hold
from sim_checks.rules.watch import PERIOD_S
from skills.motion import Motion, Segment
from skills.scene import ObjectSpec, Person, RobotSpec, Scene, Zone
from skills.scene_parts import PoseSpec

Path = NDArray[np.float64]
OPEN_M = 0.08
RELEASE_S = 0.4
NODE = "n1"


class Track(NamedTuple):
    """Where bodies were at every control step of a rehearsal.

    Args:
        names: Bodies, in the arm's order; the last one is what the hand holds, where it holds something.
        places: Positions [m], shape (steps, bodies, 3), of the steps at which all of them were seen.
    """

    names: tuple[str, ...]
    places: Path

    def speeds(self, body: int) -> Path:
        """Returns the speed of one body between control steps [m/s], shape (steps - 1,)."""
        found: Path = np.linalg.norm(np.diff(self.places[:, body], axis=0), axis=1) / PERIOD_S
        return found


def scene(
    *objects: ObjectSpec, people: tuple[Person, ...] = (), zones: tuple[Zone, ...] = (), width: float = 1.4
) -> Scene:
    """Returns a table with these things, people and zones, and an arm at its end.

    Args:
        objects: Things on the table.
        people: People.
        zones: Keep-out zones.
        width: Width of the table [m].
    """
    table = furniture("table", "table", "table", 0.0, 0.0).model_copy(update={"params": {"width": width}})
    return Scene(
        schema="rehearse.scene/1",
        name="watched",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0.0, 0.0))),),
        fixtures=(table,),
        objects=objects,
        people=people,
        zones=zones,
    )


def moved(name: str, start: Path, end: Path, seconds: float, width: float = OPEN_M, force: float = 20.0) -> Segment:
    """Returns a smooth joint motion from rest to rest (minimum jerk), shapes (n,) [rad]."""
    share = np.linspace(0.0, 1.0, max(12, round(seconds * 30)))
    profile = 10 * share**3 - 15 * share**4 + 6 * share**5
    return Segment(name, share * seconds, start + np.outer(profile, end - start), width, force)


@lru_cache(maxsize=1)
def home() -> tuple[float, ...]:
    """Returns the arm's joints at rest [rad]."""
    with Stage(scene()) as stage:
        return tuple(float(q) for q in stage.robot.home)


def swing(rng: np.random.Generator, seconds: float) -> Motion:
    """Returns a swing of the bare arm to a drawn side, above the table."""
    start = np.array(home())
    turn = np.zeros(len(start))
    turn[0] = rng.choice((-1, 1)) * rng.uniform(0.9, 1.3)
    turn[1], turn[3], turn[5] = rng.uniform(0.1, 0.4), rng.uniform(0.2, 0.5), rng.uniform(-0.3, 0.3)
    return Motion(NODE, (moved("swing", start, start + turn, seconds),))


@lru_cache(maxsize=8)
def picked(kind: str) -> tuple[Segment, ...]:
    """Returns the motions that pick a thing of this kind from its place on the table, up to its lift."""
    there = scene(item(kind, None))
    with Stage(there) as shadow:
        planning = Planning(shadow.robot, shadow.world, there, 1)
        return next(plan_pick(planning, "it", (), Trail())).segments


def item(kind: str, label: str | None) -> ObjectSpec:
    """Returns the thing that is picked, at its place on the table."""
    return thing("it", kind, label, "table", (-0.1, 0.12))


def lowered(segments: tuple[Segment, ...], share: float) -> tuple[Segment, ...]:
    """Returns a pick that goes back down, so that only this share of its lift is left (0: at the table)."""
    lift = segments[-1]
    back = lift.joints[::-1]
    keep = max(2, round(len(back) * (1 - share)))
    if share >= 1:
        return segments
    times = lift.times[:keep] * 1.5
    return (*segments, Segment("lower", times, back[:keep], lift.width, lift.force))


def released(segments: tuple[Segment, ...]) -> Motion:
    """Returns the motion that ends with an open hand where the last segment ends."""
    return Motion(NODE, (*segments, hold("release", segments[-1].joints[-1], RELEASE_S, OPEN_M)))


def turned(segments: tuple[Segment, ...], joint: int, angle: float, seconds: float) -> tuple[Segment, ...]:
    """Returns the segments and then a turn of one joint by ``angle`` [rad], the hand still closed."""
    last = segments[-1]
    end = last.joints[-1].copy()
    end[joint] += angle
    return (*segments, moved("carry", last.joints[-1], end, seconds, last.width, last.force))


def recorded(where: Scene, motion: Motion, seed: int, after_s: float = 0.0) -> Track:
    """Plays a motion in a perturbed world without any rule; returns where the arm, and what it holds, were.

    Args:
        where: The scene.
        motion: The motion.
        seed: Seed of the world.
        after_s: From when on [s]; the pause at the end is left out.
    """
    seen: list[dict[str, tuple[float, float, float]]] = []
    with Stage(where, seed, Perturbation()) as stage:
        sight = Sight(stage)

        def look(node: str, segment: str, time_s: float) -> tuple[Incident, ...]:
            if after_s <= time_s <= motion.duration:
                bodies = enumerate(sight.moving())
                seen.append({f"{k} {b.name}": b.position for k, b in bodies})
            return ()

        stage.monitor = look
        stage.play(motion)
    names = max(seen, key=len).keys()
    whole = [row for row in seen if row.keys() == names]
    return Track(tuple(n.partition(" ")[2] for n in names), np.array([list(row.values()) for row in whole]))
