"""`prove`: a scene settled in physics, with nothing overlapping, adrift, untrue or out of reach."""

import math
from collections.abc import Mapping
from itertools import combinations, islice
from pathlib import Path

from sim_checks.bullet.client import BulletClient
from sim_checks.bullet.stage import Stage
from sim_checks.bullet.world import BulletWorld
from sim_checks.motion.mechanisms import in_reach
from sim_checks.motion.picking import offered, unfit
from sim_checks.motion.planning import Planning
from skills.finding import Finding
from skills.geometry import Vector3
from skills.predicates import holds
from skills.scene import Scene

OVERLAP = 0.002
"""Deepest overlap that the engine's own margins explain [m]."""
DRIFT = 0.01
"""Furthest that settling may move a thing sideways [m]."""
TILT = math.radians(5.0)
"""Furthest that settling may tip a thing [rad]."""
FASTEST = 0.01
"""Speed below which a thing counts as settled [m/s]."""
AROUND_ROBOT = 0.03
"""Room around the arm at its start [m]."""
GRASPS = 24
"""Grasps of a thing that are tried for reach."""


def prove(scene: Scene, folder: Path | None = None) -> tuple[Finding, ...]:
    """Returns what is wrong with a scene; empty when it is valid.

    Args:
        scene: The scene.
        folder: Folder of its meshes.
    """
    faults, rest = at_rest(scene, folder)
    return faults or _in_reach(scene, folder, rest)


def at_rest(scene: Scene, folder: Path | None) -> tuple[tuple[Finding, ...], dict[str, Vector3]]:
    """Builds the scene without its robot, looks for overlaps, and lets it settle; returns where things rest [m]."""
    with BulletClient() as client:
        world = BulletWorld(client, scene, folder=folder, settle=False)
        faults = _overlaps(world)
        if faults:
            return faults, {}
        before = {t: (world.centre(t), world.pose(t)) for t in world.movable}
        world.settle()
        speeds = world.speeds()
        found = list(_overlaps(world))
        for thing, (centre, pose) in before.items():
            drift = math.dist(centre[:2], world.centre(thing)[:2])
            tilt = math.acos(min(1.0, float(pose.rotation[:, 2] @ world.pose(thing).rotation[:, 2])))
            if drift > DRIFT or tilt > TILT or speeds[thing].linear > FASTEST:
                what = f"Settling moved {thing!r} by {drift * 1000:.0f} mm and {math.degrees(tilt):.0f} degrees."
                found.append(Finding("unsettled", f"objects.{thing}", what, "Put it where it can stand."))
        for literal in sorted(scene.initial_state()):
            if not holds(literal, world):
                what = f"The scene states {literal}, which does not hold once it has settled."
                found.append(Finding("untrue", str(literal), what, "Correct the placement."))
        return tuple(found), {t: world.centre(t) for t in world.movable}


def _overlaps(world: BulletWorld) -> tuple[Finding, ...]:
    """Returns the pairs of things that are inside one another."""
    found = []
    for first, second in combinations(world.things, 2):
        points = world.client.getClosestPoints(world.body(first), world.body(second), 0.0)
        depth = -min((p[8] for p in points), default=0.0)
        if depth > OVERLAP:
            what = f"{first!r} and {second!r} overlap by {depth * 1000:.1f} mm."
            found.append(Finding("overlap", f"{first}, {second}", what, "Move them apart."))
    return tuple(found)


def _in_reach(scene: Scene, folder: Path | None, rest: Mapping[str, Vector3]) -> tuple[Finding, ...]:
    """Looks for one grasp of each thing and each handle that the arm reaches and where the hand itself has room.

    What else the arm may meet on its way is not looked at.
    """
    found = []
    with Stage(scene, folder=folder) as shadow:
        for thing, loaded in shadow.world.things.items():
            role = scene.entities[thing].role
            near = shadow.client.getClosestPoints(shadow.robot.body, loaded.body, AROUND_ROBOT)
            pushed = thing in rest and math.dist(rest[thing], shadow.world.centre(thing)) > OVERLAP
            if role != "table" and (near or pushed):
                found.append(Finding("at-robot", thing, f"{thing!r} stands in the robot's way.", "Move it away."))
        planning = Planning(shadow.robot, shadow.world, scene, 0)
        for entity in scene.entities.values():
            if entity.graspable:
                reached = _graspable(planning, entity.id)
            elif entity.openable or entity.switchable:
                reached = in_reach(planning, entity.id)
            else:
                continue
            if not reached:
                what = f"No grasp of {entity.id!r} is within the arm's reach and leaves room for the hand."
                found.append(Finding("out-of-reach", entity.id, what, "Move it towards the robot."))
    return tuple(found)


def _graspable(planning: Planning, entity: str) -> bool:
    """Says whether the arm can bring its tool to at least one grasp that holds, and the hand has room there."""
    pose, body = planning.world.pose(entity), planning.world.body(entity)
    roomy = (
        (index, pose @ grasp.thing_from_tool)
        for index, grasp in enumerate(offered(planning, entity))
        if (pose @ grasp.thing_from_tool).rotation[2, 2] < 0.3
        and unfit(planning, entity, grasp) is None
        and planning.hand_blocked(
            pose @ grasp.thing_from_tool, min(grasp.opening, grasp.width + 0.025), {body: 0.003}, 0.003
        )
        is None
    )
    return any(planning.solutions(tool, index, 0.04, tries=4) for index, tool in islice(roomy, GRASPS))
