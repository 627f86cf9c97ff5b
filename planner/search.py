"""Symbolic search: from a state, through the steps that a draft names, to a goal.

Forward A* over grounded skill calls. The heuristic is a relaxed plan (deletes ignored), found by working
backwards from what is missing; its applicable calls, and those of its alternatives, are the only successors.
Among plans of equal effort the one wins in which drawers and doors stand open for the shortest time.
Source: the relaxed-plan heuristic and helpful actions of Hoffmann and Nebel (2001), The FF Planning System.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import NamedTuple

from skills.catalogue import Catalogue
from skills.graph import Step
from skills.parameter import Parameter, accepts
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import Literal, State

EXPANSIONS = 1000
"""Most states that one search opens. Source: our own; the largest LIBERO goal opens fewer than 30."""

Need = tuple[Literal, bool]
"""A fact, and whether it must hold (True) or must not (False)."""


@dataclass(frozen=True)
class Problem:
    """What to reach.

    Args:
        scene: The scene.
        catalogue: The skills.
        goal: Facts that must hold in the end.
        steps: Calls that must occur in this order; one whose effect already holds is skipped.
    """

    scene: Scene
    catalogue: Catalogue
    goal: tuple[Literal, ...]
    steps: tuple[Step, ...] = ()


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


@dataclass
class _Relaxed:
    """A relaxed plan under construction."""

    calls: dict[Operator, float] = field(default_factory=dict)
    gained: set[Literal] = field(default_factory=set)
    lost: set[Literal] = field(default_factory=set)

    def copy(self) -> "_Relaxed":
        return _Relaxed(dict(self.calls), set(self.gained), set(self.lost))

    def has(self, need: Need, state: State) -> bool:
        literal, wanted = need
        if wanted:
            return literal in state or literal in self.gained
        return literal not in state or literal in self.lost

    def take(self, operator: Operator, cost: float) -> None:
        self.calls[operator] = cost
        self.gained |= operator.add
        self.lost |= operator.delete

    def __bool__(self) -> bool:
        return True

    @property
    def effort(self) -> float:
        return sum(self.calls.values())


class _View:
    """What can be read off one state: groundings, suggestions and relaxed plans. Lives for one expansion."""

    def __init__(self, problem: Problem, state: State) -> None:
        self.problem = problem
        self.state = state
        self.helpful: dict[Operator, None] = {}
        self._achievers: dict[Need, tuple[tuple[Operator, float], ...]] = {}

    def ground(self, step: Step) -> Operator:
        return self.problem.catalogue.get(step.skill).ground(step.args, self.problem.scene, self.state)

    def achievers(self, need: Need) -> tuple[tuple[Operator, float], ...]:
        """Returns the calls that bring ``need`` about, with their cost."""
        if need not in self._achievers:
            self._achievers[need] = tuple(self._find_achievers(need))
        return self._achievers[need]

    def _find_achievers(self, need: Need) -> Iterator[tuple[Operator, float]]:
        literal, wanted = need
        scene = self.problem.scene
        for skill in self.problem.catalogue:
            for args in skill.suggest(literal, wanted, scene, self.state):
                if fits(skill.parameters, args, scene):
                    operator = skill.ground(args, scene, self.state)
                    if literal in (operator.add if wanted else operator.delete):
                        yield operator, skill.cost(args, scene)

    def satisfy(self, need: Need, plan: _Relaxed, above: frozenset[Need] = frozenset()) -> _Relaxed | None:
        """Returns ``plan`` extended so that ``need`` is met, or None when nothing can meet it; ``plan`` may change."""
        if plan.has(need, self.state):
            return plan
        if need in above:
            return None
        best: _Relaxed | None = None
        choices = self.achievers(need)
        for operator, cost in choices:
            extended: _Relaxed | None = plan.copy() if len(choices) > 1 else plan
            for condition in lacks(operator, self.state):
                extended = extended and self.satisfy(condition, extended, above | {need})
            if extended is None:
                continue
            if operator.applicable(self.state):
                self.helpful[operator] = None
            extended.take(operator, cost)
            if best is None or extended.effort < best.effort:
                best = extended
        return best

    def relax(self, done: int) -> tuple[_Relaxed | None, tuple[Need, ...]]:
        """Returns a relaxed plan from here to the end, and what is impossible (when there is none)."""
        start, demands = self._walk(done)
        plan, lacking = self._meet(demands, start)
        ready = [need for need in demands if any(o.applicable(self.state) for o, _ in self.achievers(need))]
        if plan is not None and 0 < len(ready) < len(demands):
            # What can be done at once may spare the rest its preparations: putting a thing where it belongs frees
            # the hand.
            other, _ = self._meet([*ready, *(need for need in demands if need not in ready)], start)
            plan = other if other is not None and other.effort < plan.effort else plan
        if plan is None:
            return None, lacking
        spoiled = [g for g in self.problem.goal if g in self.state and g in plan.lost and g not in plan.gained]
        for literal in spoiled:  # a goal fact that has to be given up on the way costs its restoration
            plan.calls |= dict(self.achievers((literal, True))[:1])
        return plan, ()

    def _meet(self, demands: list[Need], start: _Relaxed) -> tuple[_Relaxed | None, tuple[Need, ...]]:
        """Returns ``start`` extended by what meets all demands, or None and the first that nothing meets."""
        plan = start.copy()
        for need in demands:
            extended = self.satisfy(need, plan)
            if extended is None:
                return None, (need,)
            plan = extended
        return plan, ()

    def _walk(self, done: int) -> tuple[_Relaxed, list[Need]]:
        """Walks the remaining steps on paper; returns them as a relaxed plan, and what they and the goal lack."""
        plan, demands, current = _Relaxed(), [], self.state
        for step in self.problem.steps[done:]:
            operator = self.problem.catalogue.get(step.skill).ground(step.args, self.problem.scene, current)
            if redundant(operator, current):
                continue
            demands += [need for need in lacks(operator, current) if need not in demands]
            current = operator.apply((current | operator.preconditions) - operator.absent)
            plan.calls[operator] = self.problem.catalogue.get(step.skill).cost(step.args, self.problem.scene)
        demands += [(g, True) for g in self.problem.goal if g not in current and (g, True) not in demands]
        return plan, demands


def lacks(operator: Operator, state: State) -> list[Need]:
    """Returns what keeps ``operator`` from being applicable in ``state``, missing facts first, sorted."""
    return [(f, True) for f in operator.missing(state)] + [(f, False) for f in operator.blocking(state)]


def fits(parameters: tuple[Parameter, ...], args: tuple[str, ...], scene: Scene) -> bool:
    """Says whether ``args`` are of the right number and types, and all different."""
    return (
        len(parameters) == len(args)
        and len(set(args)) == len(args)
        and all(accepts(p.type, a, scene) for p, a in zip(parameters, args, strict=True))
    )


def redundant(operator: Operator, state: State) -> bool:
    """Says whether everything that ``operator`` would bring about already holds."""
    return operator.add - {Literal("hand_empty")} <= state and not operator.applicable(state)


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
    queue: list[tuple[float, int, float, int, _Spot, _View]] = []
    best: dict[tuple[State, int], tuple[float, int]] = {}
    opened = 0

    def push(spot: _Spot) -> tuple[Need, ...]:
        rank = (spot.effort, spot.exposure)
        if best.get((spot.state, spot.done), (float("inf"), 0)) <= rank:
            return ()
        best[(spot.state, spot.done)] = rank
        view = _View(problem, spot.state)
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


def _successors(problem: Problem, spot: _Spot, view: _View) -> Iterator[_Spot]:
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
