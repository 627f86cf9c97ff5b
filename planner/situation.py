"""The scene as it now is: a scene file's own content, with what was observed since put in its place."""

import math

from planner.dispatch.executors.port import Observation
from skills.geometry import Pose
from skills.kinds import kind_of
from skills.scene import Fixture, ObjectSpec, PoseSpec, Scene, parse_scene

MOVED_M = 0.002
"""A thing that moved less than this [m] keeps the place that the file gives it."""
TURNED_RAD = 0.03
"""A thing that turned less than this [rad] keeps the place that the file gives it."""


def scene_after(scene: Scene, first: Observation, last: Observation) -> Scene:
    """Returns the scene with moved things where they were last seen, and joints as they stand.

    Args:
        scene: The scene before.
        first: What was seen when the work began.
        last: What was seen when it ended.

    Raises:
        skills.errors.SceneError: What was observed is no valid scene (a thing left the workspace).
    """
    objects = [
        _moved(thing, last.poses[thing.id])
        if thing.id in last.poses and _differs(first.poses.get(thing.id), last.poses[thing.id])
        else thing
        for thing in scene.objects
    ]
    fixtures = [_turned(scene, fixture, last) for fixture in scene.fixtures]
    changed = scene.model_copy(update={"objects": tuple(objects), "fixtures": tuple(fixtures)})
    return parse_scene(changed.model_dump(mode="json", by_alias=True), scene.name)


def _moved(thing: ObjectSpec, pose: Pose) -> ObjectSpec:
    place = PoseSpec(
        position=tuple(round(c, 5) for c in pose.position),  # type: ignore[arg-type]
        orientation=tuple(round(c, 6) for c in pose.orientation),  # type: ignore[arg-type]
    )
    return thing.model_copy(update={"pose": place, "placement": None})


def _turned(scene: Scene, fixture: Fixture, last: Observation) -> Fixture:
    joints = dict(fixture.joints)
    for part in kind_of(fixture.kind).parts:
        opening = last.openings.get(scene.canonical(f"{fixture.id}_{part.name}"))
        if opening is not None:
            joints[part.name] = round(min(1.0, max(0.0, opening)), 4)
    return fixture.model_copy(update={"joints": joints})


def _differs(before: Pose | None, after: Pose) -> bool:
    if before is None:
        return True
    cosine = abs(sum(a * b for a, b in zip(before.orientation, after.orientation, strict=True)))
    turned = 2 * math.acos(min(1.0, cosine))
    return math.dist(before.position, after.position) > MOVED_M or turned > TURNED_RAD
