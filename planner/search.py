"""Symbolic search: from a state, through the steps that a draft names, to a goal.

Forward A* over grounded skill calls, led by relaxed plans (`planner.relaxed`). Among plans of equal effort the one wins
in which drawers and doors stand open for the shortest time.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import NamedTuple

from planner.relaxed import Need, Problem, View, redundant
from skills.skill import Operator
from skills.symbols import State

EXPANSIONS = 1000
"""Most states that one search opens. Source: our own; the largest LIBERO goal opens fewer than 30."""


class Call(NamedTuple):
    """One call of a found plan, and the index of the draft's step that it is (None: added)."""

    operator: Operator
    step: int | None


@dataclass(frozen=True)
class Found:
    """The end of a search.

    Args:
        calls: The plan, or None when none was found.
        skipped: Indices of steps that were already true.
        impossible: What cannot be reached at all, when that is proved.
        exhausted: True when there was nothing left to try; False when the limit cut the search off.
        expansions: States opened.
    """

    calls: tuple[Call, ...] | None
    skipped: tuple[int, ...] = ()
    impossible: tuple[Need, ...] = ()
    exhausted: bool = False
    expansions: int = 0


@dataclass(frozen=True)
class _Spot:
    """A state, how many steps are done, and how the search came here."""

    state: State
    done: int
    effort: float = 0.0
    exposure: int = 0
    calls: tuple[Call, ...] = ()
    skipped: tuple[int, ...] = ()


def search(problem: Problem, state: State, limit: int = EXPANSIONS) -> Found:
    """Returns the cheapest plan that was found; when the limit cuts the search off, the first that haste finds.

    Args:
        problem: What to reach.
        state: Where to start.
        limit: Most states to open, for the careful and for the hasty search each; the careful one opens fewer for
            a large problem.
    """
    size = len(problem.goal) + len(problem.steps)
    found = _explore(problem, state, limit // max(1, size // 4), hasty=False)  # large states cost more to open
    if found.calls is None and not found.exhausted:
        hurried = _explore(problem, state, limit, hasty=True)
        return replace(hurried, expansions=found.expansions + hurried.expansions)
    return found


def _explore(problem: Problem, state: State, limit: int, hasty: bool) -> Found:
    """Opens states best first: by effort so far and to come, then by exposure; in haste by the effort to come."""
    counter = count()
    queue: list[tuple[float, int, float, int, _Spot, View]] = []
    best: dict[tuple[State, int], tuple[float, int]] = {}
    opened = 0

    def push(spot: _Spot) -> tuple[Need, ...]:
        rank = (spot.effort, spot.exposure)
        if best.get((spot.state, spot.done), (float("inf"), 0)) <= rank:
            return ()
        best[(spot.state, spot.done)] = rank
        view = View(problem, spot.state)
        plan, lacking = view.relax(spot.done)
        if plan is None:
            return lacking
        exposure = spot.exposure + sum(_exposure(problem, spot.state, o, lasting=True) for o in plan.calls)
        effort = plan.effort if hasty else spot.effort + plan.effort
        heapq.heappush(queue, (effort, exposure, plan.effort, next(counter), spot, view))
        return ()

    impossible = push(_Spot(state, 0))
    while queue and opened < limit:
        *_, spot, view = heapq.heappop(queue)
        if (spot.effort, spot.exposure) > best[(spot.state, spot.done)]:
            continue
        opened += 1
        if spot.done == len(problem.steps) and spot.state.issuperset(problem.goal):
            return Found(spot.calls, spot.skipped, expansions=opened)
        for successor in _successors(problem, spot, view):
            push(successor)
    return Found(None, impossible=impossible, exhausted=not queue, expansions=opened)


def _successors(problem: Problem, spot: _Spot, view: View) -> Iterator[_Spot]:
    named = None
    if spot.done < len(problem.steps):
        named = view.ground(problem.steps[spot.done])
        if redundant(named, spot.state):
            yield _Spot(spot.state, spot.done + 1, spot.effort, spot.exposure, spot.calls, (*spot.skipped, spot.done))
            return
        if named.applicable(spot.state):
            yield _after(problem, spot, named, spot.done)
    for operator in view.helpful:
        if operator != named:
            yield _after(problem, spot, operator, None)


def _after(problem: Problem, spot: _Spot, operator: Operator, step: int | None) -> _Spot:
    cost = problem.catalogue.get(operator.name).cost(operator.args, problem.scene)
    state = operator.apply(spot.state)
    return _Spot(
        state,
        spot.done + (step is not None),
        spot.effort + cost,
        spot.exposure + _exposure(problem, spot.state, operator),
        (*spot.calls, Call(operator, step)),
        spot.skipped,
    )


def _exposure(problem: Problem, state: State, operator: Operator, lasting: bool = False) -> int:
    """Returns how many drawers and doors that the goal speaks of stand open while ``operator`` has no use for them.

    Args:
        problem: The problem.
        state: State before ``operator``.
        operator: The call.
        lasting: Count only those which the goal wants open, and which therefore stay so.
    """
    open_now = {f.args[0] for f in state if f.predicate == "open"}
    spoken = {g.args[0] for g in problem.goal if g.predicate == "open" or (g.predicate == "closed" and not lasting)}
    used = {f.args[0] for f in operator.preconditions | operator.delete if f.predicate == "open"}
    return len((open_now & spoken) - used)
