"""How much of a rollout is physics, and how much faster than the world it runs."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim_checks.bullet.stage import Stage
from sim_checks.worker import Fault, run_isolated
from skills.motion import Motion
from skills.scene import Scene

LIMIT_S = 600.0
"""Longest wall time of all rollouts [s]."""


@dataclass(frozen=True)
class Rollouts:
    """Times of several rollouts of one plan, after the world was built.

    Args:
        simulated_s: Simulated time of each [s].
        step_s: Wall time inside the engine's step, of each [s].
        wall_s: Wall time of each [s].
    """

    simulated_s: tuple[float, ...]
    step_s: tuple[float, ...]
    wall_s: tuple[float, ...]

    def to_json(self) -> dict[str, object]:
        """Returns the figures (medians over the rollouts) and the details."""
        shares = [s / w for s, w in zip(self.step_s, self.wall_s, strict=True)]
        ratios = [s / w for s, w in zip(self.simulated_s, self.wall_s, strict=True)]
        return {
            "step_share": round(statistics.median(shares), 4),
            "realtime_ratio": round(statistics.median(ratios), 2),
            "rollouts": len(self.wall_s),
            "simulated_s": [round(v, 3) for v in self.simulated_s],
            "step_s": [round(v, 4) for v in self.step_s],
            "wall_s": [round(v, 4) for v in self.wall_s],
        }


def measure(scene: Scene, motions: Sequence[Motion], rollouts: int = 5, folder: Path | None = None) -> Rollouts | Fault:
    """Plays the motions in several perturbed worlds, in a process of its own.

    Args:
        scene: The scene.
        motions: The motions of one plan.
        rollouts: How many.
        folder: Folder of the scene's meshes.
    """
    return run_isolated(_play, (scene, tuple(motions), rollouts, folder), LIMIT_S)


def _play(scene: Scene, motions: tuple[Motion, ...], rollouts: int, folder: Path | None) -> Rollouts:
    times = []
    for seed in range(rollouts):
        with Stage(scene, seed=seed, folder=folder) as stage:
            plays = [stage.play(motion) for motion in motions]
        times.append(
            tuple(sum(column) for column in zip(*((p.simulated_s, p.step_s, p.wall_s) for p in plays), strict=True))
        )
    simulated, step, wall = zip(*times, strict=True)
    return Rollouts(simulated, step, wall)
