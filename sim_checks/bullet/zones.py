"""`add_zones`: keep-out boxes as obstacles of a planning client. No rollout has them: there they are watched."""

from collections.abc import Mapping

from sim_checks.bullet.client import BulletClient
from skills.geometry import Box


def add_zones(client: BulletClient, zones: Mapping[str, Box]) -> dict[int, str]:
    """Adds each box as a body that nothing moves; returns body id -> what to call it.

    Args:
        client: A planning client.
        zones: Id -> box.
    """
    found: dict[int, str] = {}
    for name, box in sorted(zones.items()):
        shape = client.createCollisionShape(client.GEOM_BOX, halfExtents=box.half)
        body = client.createMultiBody(0.0, shape, -1, box.pose.position, box.pose.orientation)
        found[body] = f"keep-out zone {name!r}"
    return found
