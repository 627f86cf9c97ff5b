"""`Encoding`: a scene, a start and calls as a problem of unified-planning, written without the skills' operators.

Every call becomes one action without parameters. A fact becomes a Boolean fluent if it holds at the start, is asked
for, or some call can bring it about; what else a skill speaks of is never true. What the skills work out from where
things are in a given state is said here for all states at once:

- *one hand*: `hand_empty` before picking, pushing, conveying and moving joints; `holding(x)` before putting down and
  rinsing;
- *appliances*: for heating and chilling x, x is in the appliance, its door is shut and its switches are on;
- *clear*: for picking, pushing, cutting, turning and sliding x, no object is on or in x (one condition for each);
- *behind doors*: a fluent `inside(x, d)` says that x is, at whatever depth, in the container d, which has a door.
  Reaching x needs `inside(x, d) -> open(d)` for every d. Putting x somewhere sets `inside(x, d)` to what holds of that
  place (conditional effects), picking clears it. Fixtures never move: for them it is a constant;
- *conveyors*: for conveying x, x is on the conveyor's start and no other object on its start or end; afterwards it is
  on its end and nowhere else;
- *areas*: what is put on a region is also on the region's support; what is put beside a thing is also on or in what
  that thing is on or in (conditional effects). What is picked up or pushed away has nothing beside it any more.

Source: unified-planning 1.3.0, `SequentialPlanValidator` (plans of instantaneous actions, one after the other).
"""

from collections.abc import Iterable, Sequence

from unified_planning.engines.plan_validator import SequentialPlanValidator
from unified_planning.environment import Environment
from unified_planning.model import Fluent, FNode, InstantaneousAction, Problem
from unified_planning.plans import ActionInstance, SequentialPlan

from planner.bench.gates.reachable import EMPTY, FITS, MAKES, is_side, reachable
from skills.graph import Step
from skills.scene import Scene
from skills.symbols import OPPOSITE, Goal, Literal, State

JOINTS = ("open", "close", "turn_on", "turn_off")
NUDGES = ("rotate_left", "rotate_right", "slide_left", "slide_right", "pull", "cut")


class Encoding:
    """A planning problem for the calls that are given.

    Args:
        scene: The scene.
        start: Facts at the start.
        calls: Calls that fit the scene; plans consist of these.
        asked: Facts that goals may ask for.
    """

    def __init__(self, scene: Scene, start: State, calls: Iterable[Step], asked: Iterable[Literal] = ()) -> None:
        self._scene, self._start = scene, start
        self._objects = [o.id for o in scene.objects]
        self._doors = [e.id for e in scene.entities.values() if e.openable and e.container]
        self._regions = {r.id: scene.canonical(r.on) for r in scene.regions}
        environment = Environment()
        self._say = environment.expression_manager
        self._environment = environment
        self._problem = Problem("scene", environment)
        self._fluents: dict[object, FNode] = {}
        steps = list(dict.fromkeys(calls))
        for fact in sorted(start | frozenset(asked) | reachable(steps, start, scene, self._regions)):
            self._fluents[fact] = self._fluent(str(fact), fact in start)
        for thing in self._objects:
            for door in self._doors:
                here = door in self._around(thing, start)
                self._fluents[thing, door] = self._fluent(f"inside({thing}, {door})", here)
        self._actions = {step: self._action(step) for step in steps}
        self._problem.add_actions(self._actions.values())
        self._validator = SequentialPlanValidator(environment=environment)

    def knows(self, step: Step) -> bool:
        """Says whether the call is one of those that were given."""
        return step in self._actions

    def prepared(self, steps: Sequence[Step], goal: Goal) -> SequentialPlan:
        """Sets the goal, and returns the plan for `validate`."""
        self._problem.clear_goals()
        for literal in goal.literals:
            if literal not in self._fluents:
                self._fluents[literal] = self._fluent(str(literal), literal in self._start)
            self._problem.add_goal(self._fluents[literal])
        return SequentialPlan([ActionInstance(self._actions[s]) for s in steps], self._environment)

    def validate(self, plan: SequentialPlan) -> bool:
        """Says whether unified-planning finds the prepared plan valid."""
        return bool(self._validator.validate(self._problem, plan))

    def valid(self, steps: Sequence[Step], goal: Goal) -> bool:
        """Says whether unified-planning finds the calls, one after the other, valid for the goal."""
        return self.validate(self.prepared(steps, goal))

    def _fluent(self, name: str, initially: bool) -> FNode:
        fluent = Fluent(name, environment=self._environment)
        self._problem.add_fluent(fluent, default_initial_value=initially)
        expression: FNode = fluent()
        return expression

    def _around(self, thing: str, state: State) -> set[str]:
        """Returns the doors of all containers that a thing is in, at whatever depth, in one state."""
        found: set[str] = set()
        seen, queue = {thing}, [thing]
        while queue:
            current = queue.pop()
            supports = {f.args[1] for f in state if f.predicate in ("on", "in") and f.args[0] == current}
            if current in self._regions:
                supports.add(self._regions[current])
            found |= supports & set(self._doors)
            queue += supports - seen
            seen |= supports
        return found

    def _fact(self, predicate: str, *args: str) -> FNode:
        return self._fluents.get(Literal(predicate, args), self._say.FALSE())

    def _inside(self, place: str, door: str) -> FNode:
        """Returns the condition under which what is put there, or is there, is behind the door."""
        if place == door:
            return self._say.TRUE()
        if place in self._regions:
            return self._inside(self._regions[place], door)
        reference = place.partition(".")[0] if is_side(place) else place
        if reference in self._objects:
            return self._fluents[reference, door]
        return self._say.TRUE() if door in self._around(reference, self._start) else self._say.FALSE()

    def _reached(self, action: InstantaneousAction, place: str, besides: str = "") -> None:
        """Adds the condition that every door around a place is open, except ``besides``."""
        for door in self._doors:
            if door != besides:
                action.add_precondition(self._say.Implies(self._inside(place, door), self._fact("open", door)))

    def _at_work(self, thing: str, appliance: str) -> list[FNode]:
        """Returns the conditions under which an appliance acts on a thing: inside, the door shut, every switch on."""
        entity = self._scene.entities[appliance]
        conditions = [self._fact("in" if entity.container else "on", thing, appliance)]
        if entity.openable:
            conditions.append(self._fact("closed", appliance))
        for other in self._scene.entities.values():
            if other.switchable and appliance in (other.id, other.parent):
                conditions.append(self._fact("turned_on", other.id))
        return conditions

    def _some_at_work(self, thing: str, event: str) -> FNode:
        """Returns the condition under which any appliance brings a fact about a thing about."""
        flag = {"hot": "heater", "cold": "cooler", "clean": "washer"}[event]
        makers = [e.id for e in self._scene.entities.values() if getattr(e, flag)]
        return self._say.Or([self._say.And(self._at_work(thing, maker)) for maker in makers])

    def _clear(self, action: InstantaneousAction, thing: str) -> None:
        for fact, fluent in self._facts():
            if fact.predicate in ("on", "in") and fact.args[1] == thing and fact.args[0] in self._objects:
                action.add_precondition(self._say.Not(fluent))

    def _facts(self) -> list[tuple[Literal, FNode]]:
        return [(f, e) for f, e in self._fluents.items() if isinstance(f, Literal)]

    def _action(self, step: Step) -> InstantaneousAction:
        action = InstantaneousAction(f"do {step}", _env=self._environment)
        first, skill = step.args[0], step.skill
        holding = self._fact("holding", first)
        if skill in ("place_on", "place_in", "hand_over", "stack", "insert"):
            action.add_precondition(holding)
            action.add_effect(holding, False)
            action.add_effect(self._fluents[EMPTY], True)
        elif skill in ("heat", "chill"):
            for condition in self._at_work(first, step.args[1]):
                action.add_precondition(condition)
        elif skill == "wait_until":
            action.add_precondition(self._some_at_work(*step.args))
        elif skill in ("rinse", "wipe", "pour"):
            action.add_precondition(holding)
        elif skill == "convey":
            action.add_precondition(self._fluents[EMPTY])
            action.add_precondition(self._fact("on", first, f"{step.args[1]}_start_region"))
        elif skill != "navigate_to":
            action.add_precondition(self._fluents[EMPTY])
        if skill in MAKES:
            made, undone = MAKES[skill]
            if skill in JOINTS:
                action.add_precondition(self._say.Not(self._fact(made, first)))
                self._reached(action, first, besides=first)
            elif skill in NUDGES:
                self._clear(action, first)
                self._reached(action, first, besides=first if skill != "cut" else "")
            elif skill == "inspect":
                self._reached(action, first, besides=first)
            action.add_effect(self._fact(made, first), True)
            if undone:
                action.add_effect(self._fact(undone, first), False)
        elif skill == "pick":
            self._reached(action, first)
            self._clear(action, first)
            action.add_effect(holding, True)
            action.add_effect(self._fluents[EMPTY], False)
            self._leave(action, first, keep={})
            for door in self._doors:
                action.add_effect(self._fluents[first, door], False)
        elif skill == "wipe":
            self._reached(action, step.args[1])
            self._clear(action, step.args[1])
            action.add_effect(self._fact("wiped", step.args[1]), True)
        elif skill == "pour":
            action.add_precondition(self._fact("filled", first))
            action.add_precondition(self._say.Not(self._fact("filled", step.args[1])))
            self._reached(action, step.args[1])
            self._clear(action, step.args[1])
            action.add_effect(self._fact("filled", step.args[1]), True)
            action.add_effect(self._fact("filled", first), False)
        elif skill == "wait_until":
            action.add_effect(self._fact(step.args[1], first), True)
            if step.args[1] in OPPOSITE:
                action.add_effect(self._fact(OPPOSITE[step.args[1]], first), False)
        elif skill == "convey":
            self._carry(action, first, step.args[1])
        elif skill in ("hand_over", "navigate_to"):
            action.add_effect(self._fact("given" if skill == "hand_over" else "visited", *step.args), True)
        else:
            self._put(action, step)
        return action

    def _carry(self, action: InstantaneousAction, thing: str, conveyor: str) -> None:
        """Adds that a conveyor with nothing else on it brings a thing from its start to its end."""
        ends = [f"{conveyor}_start_region", f"{conveyor}_end_region"]
        for fact, fluent in self._facts():
            if fact.predicate in ("on", "in") and fact.args[1] in ends and fact.args[0] not in (thing, *ends):
                action.add_precondition(self._say.Not(fluent))
        arrived = Literal("on", (thing, ends[1]))
        self._leave(action, thing, keep={arrived: self._say.TRUE()})
        action.add_effect(self._fluents[arrived], True)

    def _put(self, action: InstantaneousAction, step: Step) -> None:
        """Adds how a thing comes to a place: from the hand, or pushed over the support."""
        thing, place = step.args
        self._reached(action, place)
        if step.skill in FITS:
            self._clear(action, place)
            action.add_effect(self._fact(FITS[step.skill][0], thing, place), True)
        if step.skill in ("place_in", "insert"):
            action.add_effect(self._fact("in", thing, place), True)
        else:
            arrives = {Literal("on", (thing, place)): self._say.TRUE(), **self._landing(thing, place)}
            if step.skill == "push":
                self._reached(action, thing)
                self._clear(action, thing)
                action.add_precondition(self._say.Not(self._fact("on", thing, place)))
                for fact, when in self._landing(thing, place).items():
                    action.add_precondition(self._say.Implies(when, self._fluents[fact]))
                self._leave(action, thing, arrives)
            for fact, when in arrives.items():
                action.add_effect(self._fluents[fact], True, when)
        for door in self._doors:
            inside = self._inside(place, door)
            action.add_effect(self._fluents[thing, door], True, inside)
            if step.skill == "push":
                action.add_effect(self._fluents[thing, door], False, self._say.Not(inside))

    def _landing(self, thing: str, place: str) -> dict[Literal, FNode]:
        """Returns on what else a thing stands that is put on a region or beside a thing, and when."""
        if place in self._regions:
            return {Literal("on", (thing, self._regions[place])): self._say.TRUE()}
        if not is_side(place):
            return {}
        found: dict[Literal, FNode] = {}
        for fact, fluent in self._facts():
            if fact.predicate in ("on", "in") and fact.args[0] == place.partition(".")[0]:
                if fact.args[1] in self._scene.entities and fact.args[1] != thing:
                    found[Literal(fact.predicate, (thing, fact.args[1]))] = fluent
        return found

    def _leave(self, action: InstantaneousAction, thing: str, keep: dict[Literal, FNode]) -> None:
        """Adds that a thing is no more where it was, unless it arrives there; and nothing is beside it."""
        for fact, fluent in self._facts():
            if fact.predicate in ("stacked", "inserted", "given") and fact.args[0] == thing:
                action.add_effect(fluent, False)
            if fact.predicate in ("on", "in"):
                if fact.args[0] == thing and fact not in keep:
                    action.add_effect(fluent, False)
                elif fact.args[0] == thing:
                    action.add_effect(fluent, False, self._say.Not(keep[fact]))
                elif is_side(fact.args[1]) and fact.args[1].partition(".")[0] == thing:
                    action.add_effect(fluent, False)
