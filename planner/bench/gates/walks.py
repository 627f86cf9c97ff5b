"""`Walks`: the calls that fit a scene, sequences of them that can be done, and the plans that those are."""

import random
from collections.abc import Sequence
from functools import cached_property
from itertools import product

from planner.links import causal_links, resource_orders, threat_orders
from skills.catalogue import Catalogue, load
from skills.graph import Edge, Node, SkillGraph, Step
from skills.parameter import PREDICATE_TYPES, Parameter, candidates, misfits
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import PREDICATES, Goal, Literal, State
from skills.trace import ground

TRIES = 400
"""Calls that are tried for one step of a walk."""


class Walks:
    """Random sequences of calls in one scene.

    Args:
        scene: The scene.
        chance: Where the choices come from.
        catalogue: Skills (default: the installed ones).
    """

    def __init__(self, scene: Scene, chance: random.Random, catalogue: Catalogue | None = None) -> None:
        self.scene, self.chance, self.catalogue = scene, chance, catalogue or load()
        self.start: State = scene.initial_state()

    @cached_property
    def calls(self) -> dict[str, tuple[Step, ...]]:
        """Every call that fits the scene, by skill; skills that nothing fits are left out."""
        found = {}
        for name, skill in self.catalogue.skills.items():
            fitting = product(*(candidates(p.type, self.scene) for p in skill.parameters))
            canonical = (a for a in fitting if all(self.scene.canonical(x) == x for x in a))
            steps = tuple(
                Step(name, a) for a in canonical if not misfits(skill.parameters, a, self.scene, "args", name)
            )
            if steps:
                found[name] = steps
        return found

    def any_call(self) -> Step:
        """Returns some call that fits the scene, whether or not it can be done."""
        return self.chance.choice(self.calls[self.chance.choice(tuple(self.calls))])

    def walk(self, length: int) -> tuple[list[Operator], State]:
        """Returns calls that can be done one after the other, and the state in the end.

        Args:
            length: How many, unless the scene comes to a dead end.
        """
        state, operators = self.start, list[Operator]()
        while len(operators) < length:
            for _ in range(TRIES):
                operator = ground(self.any_call(), self.scene, state, self.catalogue)
                if operator.applicable(state):
                    break
            else:
                break
            operators.append(operator)
            state = operator.apply(state)
        return operators, state

    def plan(self, length: int) -> SkillGraph:
        """Returns a valid plan with causal links and resource orders, as the compiler draws them."""
        while True:
            operators, end = self.walk(length)
            goal = self.asked(end, changed=True)
            if len(operators) == length and goal.literals:
                return drawn(operators, goal, self.scene)

    def may_ask(self, fact: Literal) -> bool:
        """Says whether a goal may ask for the fact in this scene."""
        predicate, kinds = PREDICATES.get(fact.predicate), PREDICATE_TYPES.get(fact.predicate, ())
        if predicate is None or not predicate.goal or len(kinds) != len(fact.args):
            return False
        parameters = [Parameter(str(i), kind) for i, kind in enumerate(kinds)]
        canonical = all(self.scene.canonical(a) == a for a in fact.args)
        return canonical and not misfits(parameters, fact.args, self.scene, "goal", fact.predicate)

    def asked(self, end: State, changed: bool = False) -> Goal:
        """Returns a goal of one to three facts of ``end``.

        Args:
            end: The state that fulfils it.
            changed: Whether only facts count that did not hold at the start.
        """
        facts = [f for f in sorted(end - self.start if changed else end) if self.may_ask(f)]
        return Goal(tuple(self.chance.sample(facts, min(len(facts), self.chance.randint(1, 3)))))


def drawn(operators: Sequence[Operator], goal: Goal, scene: Scene) -> SkillGraph:
    """Returns the plan with its links and orders."""
    ids = [f"n{i + 1}" for i in range(len(operators))]
    nodes = tuple(Node(i, Step(o.name, o.args)) for i, o in zip(ids, operators, strict=True))
    links = causal_links(ids, operators)
    edges = (*links, *resource_orders(ids, operators, links))
    edges = (*edges, *threat_orders(ids, operators, edges))
    return SkillGraph(goal, nodes, edges, scene.sha256)


def chained(steps: Sequence[Step], goal: Goal, scene: Scene) -> SkillGraph:
    """Returns the plan that does the steps one after the other, without links."""
    nodes = tuple(Node(f"n{i + 1}", step) for i, step in enumerate(steps))
    edges = tuple(Edge(a.id, b.id) for a, b in zip(nodes, nodes[1:], strict=False))
    return SkillGraph(goal, nodes, edges, scene.sha256)
