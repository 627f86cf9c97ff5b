"""`carry_out`: a plan's motions in the second engine, its goal judged there by the same predicates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sim_checks.bullet.render import Picture
from sim_checks.effects import unmet
from sim_checks.geometric import requests
from sim_checks.mujoco.causes import Cause, cause_of
from sim_checks.mujoco.engine import Physics
from sim_checks.mujoco.picture import picture
from sim_checks.mujoco.stage import MujocoStage, Played
from skills.graph import SkillGraph
from skills.motion import Motion
from skills.predicates import missing
from skills.scene import Scene
from skills.symbols import Goal, Literal


class Shot(NamedTuple):
    """A picture after a step: what was done, and whether it kept its promise (None: nothing was done yet)."""

    caption: str
    good: bool | None
    frame: Picture


@dataclass(frozen=True)
class Carried:
    """What became of a plan.

    Args:
        missing: Goal literals that do not hold at the end.
        cause: What went wrong first, or None: every step kept its promise and the goal holds.
        node: Where, or None.
        hit: Things that the robot touched with anything but its fingers.
        drift: Movable thing -> how far from its place in the rehearsal it came to rest before anything moved [m].
        slip: How far anything moved in the hand, at most [m].
        shots: Pictures of the start and of every step's end, when asked for.
    """

    missing: tuple[Literal, ...]
    cause: Cause | None
    node: str | None
    hit: tuple[str, ...]
    drift: Mapping[str, float]
    slip: float
    shots: tuple[Shot, ...] = ()

    @property
    def goal_met(self) -> bool:
        """The goal holds at the end of a simulation that can be trusted."""
        return not self.missing and self.cause is not Cause.INVALID


def carry_out(
    graph: SkillGraph,
    scene: Scene,
    motions: Sequence[Motion],
    goal: Goal,
    seed: int | None = None,
    folder: Path | None = None,
    physics: Physics | None = None,
    pictures: bool = False,
) -> Carried:
    """Settles the scene in the second engine, plays every motion, and judges the end.

    Nothing stops the plan on its way but a simulation that cannot be trusted: a step that misses its promise is
    noted, and the rest is played all the same.

    Args:
        graph: The plan.
        scene: Its scene.
        motions: One for each node.
        goal: What judges the end.
        seed: Seed of the perturbation; None carries it out in the nominal world.
        folder: Folder of the scene's meshes.
        physics: Settings of the engine.
        pictures: Take pictures on the way.

    Raises:
        SimulationError: The world cannot be built.
    """
    stage = MujocoStage(scene, seed, folder, physics)
    asked = requests(graph, scene)
    by_node = {motion.node: motion for motion in motions}
    cause: Cause | None = None
    node: str | None = None
    seen: list[Played] = []
    shots = [Shot("before", None, picture(stage))] if pictures else []
    for step in graph.nodes:
        seen.append(stage.play(by_node[step.id]))
        broken = not seen[-1].valid or bool(unmet(graph, step, stage.world, scene))
        if broken and cause is None:
            cause, node = cause_of(asked[step.id], seen[-1], stage.world), step.id
        if pictures:
            shots.append(Shot(str(step.step), not broken, picture(stage)))
        if not seen[-1].valid:
            cause = Cause.INVALID
            break
    left = goal.literals if cause is Cause.INVALID else missing(goal, stage.world)
    if left and cause is None:
        cause = Cause.UNDONE
    hit = sorted(set().union(*(s.hit for s in seen)))
    slip = max((s.slip for s in seen), default=0.0)
    return Carried(left, cause, node, tuple(hit), stage.drift, slip, tuple(shots))
