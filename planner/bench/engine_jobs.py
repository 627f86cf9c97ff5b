"""The jobs by which engines are measured: worlds in which something is simulated, as every rollout does."""

import hashlib
import os

from sim_checks.bullet.stage import Stage
from skills.scene import Scene

STEPS = 2400
"""Simulated steps of a job: ten seconds of a robot at rest among things."""


def simulate(scene: Scene, seed: int, steps: int = STEPS) -> str:
    """Builds a perturbed world, steps it, and returns the hash of its state.

    Args:
        scene: What to build.
        seed: Seed of the perturbation.
        steps: Steps after settling.
    """
    with Stage(scene, seed) as stage:
        for _ in range(steps):
            stage.client.stepSimulation()
        stage.world.check_finite()
        return stage.world.state_hash()


def simulate_and_weigh(scene: Scene, seed: int, steps: int) -> tuple[str, int, int, int]:
    """Returns (hash of the state, memory of this process [bytes], open files, entries of its temporary folder)."""
    import tempfile

    state = simulate(scene, seed, steps)
    files = len(os.listdir("/proc/self/fd"))
    return state, memory(), files, len(os.listdir(tempfile.gettempdir()))


def memory(process: int | None = None) -> int:
    """Returns the memory that a process holds for itself [bytes] (its private pages; shared ones are nobody's growth).

    Args:
        process: Its id (default: this one).
    """
    total = 0
    with open(f"/proc/{process or os.getpid()}/smaps_rollup", encoding="ascii") as lines:
        for line in lines:
            if line.startswith(("Private_Clean:", "Private_Dirty:", "Swap:")):
                total += int(line.split()[1]) * 1024
    return total


def digest(states: dict[str, str]) -> str:
    """Returns one hash over the states of several jobs, by key."""
    return hashlib.sha256("".join(f"{k}{states[k]}" for k in sorted(states)).encode()).hexdigest()
