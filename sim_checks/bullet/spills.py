"""`spilled`: what has been poured beside every vessel."""

from sim_checks.bullet.world import BulletWorld
from sim_checks.incident import Incident
from skills.finding import Finding

SPILT = 1
"""Beads beside every vessel that are let through. Source: our own, about a tenth of what is in one."""
CODE = "spilled"


def spilled(world: BulletWorld, node: str, now_s: float) -> dict[str, Incident]:
    """Returns the finding of a spill by its code, empty where what was in vessels is in vessels.

    Args:
        world: The world at rest after a step.
        node: The step.
        now_s: Time since the start [s].
    """
    beside = world.beads.outside()
    if beside <= SPILT:
        return {}
    what = f"{beside} of {len(world.beads.bodies)} beads were spilled beside every vessel."
    found = Finding(CODE, f"nodes.{node}", what, "Pour more slowly, from another side, or into a wider vessel.")
    vessels = tuple(v for v in world.beads.vessels if world.beads.inside(v))
    return {CODE: Incident(found, now_s, "", vessels, None, float(beside), float(SPILT))}
