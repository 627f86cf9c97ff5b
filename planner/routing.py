"""`routed`: the drives between the places where a plan's steps are done, for a robot that moves about."""

from collections.abc import Sequence

from skills.graph import Step
from skills.scene import Scene
from skills.support import carriers
from skills.symbols import State
from skills.trace import ground

DRIVE = "navigate_to"


def routed(steps: Sequence[Step], scene: Scene, state: State | None = None) -> tuple[Step, ...]:
    """Returns ``steps`` with a drive before each one that is done at another place than the one before it.

    Drives that are there already are kept.

    Args:
        steps: Skill calls that can be done in this order.
        scene: The scene.
        state: Facts at the start (default: what the scene file says).
    """
    now = scene.initial_state() if state is None else state
    found: list[Step] = []
    at: str | None = None
    for step in steps:
        place = step.args[0] if step.skill == DRIVE else landmark(_acted_on(step), scene, now)
        if step.skill != DRIVE and place is not None and place != at:
            found.append(Step(DRIVE, (place,)))
        found.append(step)
        at = place or at
        now = ground(step, scene, now).apply(now)
    return tuple(found)


def landmark(identifier: str, scene: Scene, state: State) -> str | None:
    """Returns the piece of furniture, appliance or person where an entity or region is, or None for what is held."""
    seen = [identifier]
    for current in seen:  # grows while it is walked over
        entity = scene.entities.get(current)
        if entity is not None and entity.role != "object":
            return entity.parent or entity.id
        seen += [c for c in carriers(current, scene, state) if c not in seen]
    return None


def _acted_on(step: Step) -> str:
    """Returns what decides where a step is done: where a thing goes, else the thing itself."""
    return step.args[-1]
