"""How hard two fingers close: as hard as the weight between them asks for, and not at all where they would let it slip.

A finger presses with a force F and carries at most its friction, μF (Coulomb); two of them carry 2μF. A gripper is
chosen for a multiple of the weight, since things are heavier and smoother than declared, and hands start and stop.
"""

from dataclasses import replace

from sim_checks.assets.asset import Grasp
from sim_checks.bullet.client import GRAVITY
from sim_checks.bullet.fingers import PAD_FRICTION
from sim_checks.motion.planning import Planning
from skills.robots.parts import Gripper

SURE, LEAST = 3.0, 2.0
"""Weights that the friction of a grasp is to carry, and the fewest with which a thing is picked: the declared
perturbation alone (a fifth heavier, a fifth smoother) takes 1.5."""


def squeezed(planning: Planning, entity: str, grasps: tuple[Grasp, ...], gripper: Gripper) -> tuple[Grasp, ...]:
    """Returns the grasps with the force that carries `SURE` weights, or the gripper's largest where that is less.

    Args:
        planning: The planning world.
        entity: The thing.
        grasps: Ways to hold it; none gets less force than it has.
        gripper: What closes.
    """
    asked = SURE * needed(planning, entity)
    return tuple(replace(g, force=min(max(g.force, asked), gripper.force)) for g in grasps)


def slips(planning: Planning, entity: str, gripper: Gripper) -> bool:
    """Says whether the gripper's largest force carries fewer than `LEAST` weights of a thing.

    Args:
        planning: The planning world.
        entity: The thing.
        gripper: What closes.
    """
    return LEAST * needed(planning, entity) > gripper.force


def needed(planning: Planning, entity: str) -> float:
    """Returns the force of each finger whose friction just carries a thing's own weight [N]."""
    client, body = planning.robot.client, planning.world.body(entity)
    links = [client.getDynamicsInfo(body, link) for link in range(-1, client.getNumJoints(body))]
    mass, friction = sum(link[0] for link in links), links[0][1]
    return float(mass * GRAVITY / (2.0 * PAD_FRICTION * max(friction, 1e-6)))
