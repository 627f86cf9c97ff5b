"""The drives between the places where a plan's steps are done, for a robot that moves about."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from planner.compile import Compiled, compile_draft
from skills.graph import Draft, Node, Step
from skills.robots.opening import open_robot
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
    return tuple(step for step, _ in _routed(steps, scene, state))


def _routed(
    steps: Sequence[Step], scene: Scene, state: State | None, still: Collection[int] = ()
) -> list[tuple[Step, bool]]:
    """Returns the steps and drives, each with whether it is a drive that was put in; none before those in ``still``."""
    now = scene.initial_state() if state is None else state
    found: list[tuple[Step, bool]] = []
    at: str | None = None
    for index, step in enumerate(steps):
        place = step.args[0] if step.skill == DRIVE else landmark(acted_on(step), scene, now)
        place = None if index in still else place
        if step.skill != DRIVE and place is not None and place != at:
            found.append((Step(DRIVE, (place,)), True))
        found.append((step, False))
        at = place or at
        now = ground(step, scene, now).apply(now)
    return found


def with_drives(
    compiled: Compiled,
    scene: Scene,
    state: State | None = None,
    folder: Path | None = None,
    still: Collection[str] = (),
) -> Compiled:
    """Returns a compiled plan with the drives that its robot needs; for a robot that stays where it is, the same plan.

    Args:
        compiled: What the compiler made of a draft.
        scene: The scene; its first robot is to do it.
        state: Facts at the start (default: what the scene file says).
        folder: Folder of the scene file, for a robot that is described beside it.
        still: Nodes for which the robot stays where it is.
    """
    graph = compiled.graph
    if graph is None or not scene.robots or open_robot(scene.robots[0].kind, folder).description.base is None:
        return compiled
    nodes = graph.ordered()
    way = _routed([n.step for n in nodes], scene, state, [i for i, n in enumerate(nodes) if n.id in still])
    steps = tuple(step for step, _ in way)
    if len(steps) == len(nodes):
        return compiled
    again = compile_draft(Draft(graph.goal, steps), scene, state, graph.instruction)
    if again.graph is None or tuple(n.step for n in again.graph.nodes) != steps:
        return compiled  # the robot drives unasked to what it cannot reach
    known, named = iter(nodes), list[Node]()
    for node, (step, new) in zip(again.graph.nodes, way, strict=True):
        why = f"drives to {step.args[0]}, where the next step is done" if new else next(known).added
        named.append(replace(node, added=why))
    driven = replace(again.graph, nodes=tuple(named))
    return replace(compiled, graph=driven, added=tuple(n for n in named if n.added))


def landmark(identifier: str, scene: Scene, state: State) -> str | None:
    """Returns the piece of furniture, appliance or person where an entity or region is, or None for what is held."""
    seen = [identifier]
    for current in seen:  # grows while it is walked over
        entity = scene.entities.get(current)
        if entity is not None and entity.role != "object":
            return entity.parent or entity.id
        seen += [c for c in carriers(current, scene, state) if c not in seen]
    return None


def acted_on(step: Step) -> str:
    """Returns what decides where a step is done: where a thing goes, else the thing itself."""
    return step.args[-1]
