"""Relaxed plans: what a state still needs to reach a goal when nothing that was gained is lost again.

A relaxed plan is found by working backwards from what is missing. Its effort guides the search; its applicable calls,
and those of its alternatives, are the search's only successors.
Source: the relaxed-plan heuristic and helpful actions of Hoffmann and Nebel (2001), The FF Planning System.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from skills.catalogue import Catalogue
from skills.graph import Step
from skills.parameter import Parameter, accepts
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import Literal, State

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


@dataclass
class Relaxed:
    """A relaxed plan under construction.

    Args:
        calls: Calls and their cost.
        gained: Facts that they bring about.
        lost: Facts that they end.
    """

    calls: dict[Operator, float] = field(default_factory=dict)
    gained: set[Literal] = field(default_factory=set)
    lost: set[Literal] = field(default_factory=set)

    def copy(self) -> "Relaxed":
        """Returns a plan of its own with the same calls."""
        return Relaxed(dict(self.calls), set(self.gained), set(self.lost))

    def has(self, need: Need, state: State) -> bool:
        """Says whether a need is met in a state or by this plan."""
        literal, wanted = need
        if wanted:
            return literal in state or literal in self.gained
        return literal not in state or literal in self.lost

    def take(self, operator: Operator, cost: float) -> None:
        """Adds a call."""
        self.calls[operator] = cost
        self.gained |= operator.add
        self.lost |= operator.delete

    def __bool__(self) -> bool:
        return True

    @property
    def effort(self) -> float:
        """Cost of its calls."""
        return sum(self.calls.values())


class View:
    """What can be read off one state: groundings, suggestions and relaxed plans. Lives for one expansion."""

    def __init__(self, problem: Problem, state: State) -> None:
        self.problem = problem
        self.state = state
        self.helpful: dict[Operator, None] = {}
        self._achievers: dict[Need, tuple[tuple[Operator, float], ...]] = {}

    def ground(self, step: Step) -> Operator:
        """Returns a call of the draft, grounded in this state."""
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

    def satisfy(self, need: Need, plan: Relaxed, above: frozenset[Need] = frozenset()) -> Relaxed | None:
        """Returns ``plan`` extended so that ``need`` is met, or None when nothing can meet it; ``plan`` may change."""
        if plan.has(need, self.state):
            return plan
        if need in above:
            return None
        best: Relaxed | None = None
        choices = self.achievers(need)
        for operator, cost in choices:
            extended: Relaxed | None = plan.copy() if len(choices) > 1 else plan
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

    def relax(self, done: int) -> tuple[Relaxed | None, tuple[Need, ...]]:
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

    def _meet(self, demands: list[Need], start: Relaxed) -> tuple[Relaxed | None, tuple[Need, ...]]:
        """Returns ``start`` extended by what meets all demands, or None and the first that nothing meets."""
        plan = start.copy()
        for need in demands:
            extended = self.satisfy(need, plan)
            if extended is None:
                return None, (need,)
            plan = extended
        return plan, ()

    def _walk(self, done: int) -> tuple[Relaxed, list[Need]]:
        """Walks the remaining steps on paper; returns them as a relaxed plan, and what they and the goal lack."""
        plan, demands, current = Relaxed(), [], self.state
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
