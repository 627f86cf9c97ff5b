"""`trace`: what the symbols say happens along a sequence of skill calls."""

from collections.abc import Iterable
from typing import NamedTuple

from skills.catalogue import Catalogue, load
from skills.graph import SkillGraph, Step
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import State


class Moment(NamedTuple):
    """One call, between the state before it and the state after it."""

    before: State
    operator: Operator
    after: State


def ground(step: Step, scene: Scene, state: State, catalogue: Catalogue | None = None) -> Operator:
    """Returns the operator of ``step`` in ``state``.

    Raises:
        VocabularyError: There is no such skill.
    """
    skill = (catalogue or load()).get(step.skill)
    return skill.ground(tuple(scene.canonical(a) for a in step.args), scene, state)


def trace(
    steps: Iterable[Step], scene: Scene, state: State | None = None, catalogue: Catalogue | None = None
) -> tuple[Moment, ...]:
    """Returns the moments of ``steps``, one after the other, up to the first call that is not applicable.

    That call is the last moment; its ``before`` and ``after`` are the same state.

    Args:
        steps: Calls whose arguments fit their parameters.
        scene: The scene.
        state: Facts at the start (default: what the scene file says).
        catalogue: Skills (default: the installed ones).
    """
    current = scene.initial_state() if state is None else state
    moments = []
    for step in steps:
        operator = ground(step, scene, current, catalogue)
        fits = operator.applicable(current)
        after = operator.apply(current) if fits else current
        moments.append(Moment(current, operator, after))
        if not fits:
            break
        current = after
    return tuple(moments)


def final_state(graph: SkillGraph, scene: Scene, state: State | None = None) -> State | None:
    """Returns the symbolic state after the whole graph, or None when a call of it is not applicable."""
    start = scene.initial_state() if state is None else state
    moments = trace([n.step for n in graph.ordered()], scene, start)
    if moments and not moments[-1].operator.applicable(moments[-1].before):
        return None
    return moments[-1].after if moments else start
