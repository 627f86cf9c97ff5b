"""A certified plan whose motions stand still, and a robot that does what the symbols promise, or fails to."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from planner.compile import compile_draft
from planner.dispatch.errors import ExecutorError
from planner.dispatch.executors.port import Observation, StepResult
from planner.dispatch.journal import Journal
from sim_checks.certificate import CertifiedPlan, issue
from sim_checks.verdict import Outcome, Verdict
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion, Segment
from skills.symbols import State
from skills.trace import ground
from tests.worlds import draft, kitchen

GATES = ("symbolic", "geometric", "physics")


def still(node: str) -> Motion:
    return Motion(node, (Segment("rest", np.array([0.0, 0.1]), np.zeros((2, 7)), 0.04),))


def certified(graph: SkillGraph, scene) -> CertifiedPlan:
    verdicts = [Verdict(gate, Outcome.PASS) for gate in GATES]
    return issue(graph, scene, verdicts, [still(n.id) for n in graph.nodes], {}, {}, [1, 2])


@pytest.fixture
def plan() -> CertifiedPlan:
    """Opens a drawer, puts the mug in it, closes it: five steps."""
    scene = kitchen()
    steps = ["open(cab_top_region)", "pick(mug)", "place_in(mug, cab_top_region)", "close(cab_top_region)"]
    graph = compile_draft(draft(["in(mug, cab_top_region)", "closed(cab_top_region)"], steps), scene).graph
    assert graph is not None
    return certified(graph, scene)


@pytest.fixture
def journal(tmp_path: Path):
    with Journal(tmp_path / "journal.sqlite") as opened:
        yield opened


class Obedient:
    """An executor in symbols: each motion brings about its node's effects, unless it is told otherwise.

    Args:
        spoil: Changes the facts that are seen after a node.
        fail: Nodes that end as failed.
        die: The node at which the robot is lost.
        journal: When given, checks that each step was journalled before it was sent.
    """

    def __init__(self, spoil=None, fail=(), die=None, journal=None, start: Callable[[State], State] | None = None):
        self.spoil, self.fail, self.die, self.journal, self.alter = spoil or {}, fail, die, journal, start
        self.executed: list[str] = []
        self.stops = 0

    def start(self, plan: CertifiedPlan) -> Observation:
        self.plan = plan
        self.facts = plan.scene.initial_state()
        if self.alter:
            self.facts = self.alter(self.facts)
        return Observation(self.facts)

    def execute(self, key: str, motion: Motion) -> StepResult:
        node = motion.node
        if self.journal is not None:
            assert self.journal.unfinished(key.partition("/")[0]) == (node,)
        self.executed.append(node)
        if node == self.die:
            raise ExecutorError(Finding("executor-lost", "executor", "It is gone.", "Look."))
        operator = ground(self.plan.graph.node(node).step, self.plan.scene, self.facts)
        self.facts = self.spoil.get(node, lambda facts: facts)(operator.apply(self.facts))
        if node in self.fail:
            return StepResult("failed", Observation(self.facts), (Finding("collided", node, "It hit.", "Look."),))
        return StepResult("done", Observation(self.facts))

    def stop(self) -> None:
        self.stops += 1


@pytest.fixture
def obedient() -> type[Obedient]:
    return Obedient
