"""Steps that are done at once are journalled before either is sent, sent as one motion, and each is looked at."""

from dataclasses import replace

import numpy as np
import pytest

from planner.compile import compile_draft
from planner.dispatch.dispatcher import DispatchState, dispatch
from planner.dispatch.executors.port import Observation, StepResult
from sim_checks.certificate import CertifiedPlan, issue, load
from sim_checks.errors import CertificateError
from sim_checks.verdict import Outcome, Verdict
from skills.finding import Finding
from skills.graph import Together
from skills.motion import Grip, Motion, Segment
from skills.symbols import Literal
from skills.trace import ground
from tests.worlds import draft, kitchen

STEPS = ["pick(mug)", "place_on(mug, front)", "pick(bowl)", "place_in(bowl, tray)"]
IN_TRAY = Literal("in", ("bowl", "tray"))


def moving(*nodes: str) -> Motion:
    also = (Grip(1, 0.02),) if len(nodes) > 1 else ()
    return Motion(nodes[0], (Segment("rest", np.array([0.0, 0.1]), np.zeros((2, 7)), 0.04, also=also),), also=nodes[1:])


def graph():
    made = compile_draft(draft(["on(mug, front)", "in(bowl, tray)"], STEPS), kitchen()).graph
    assert made is not None
    return replace(made, together=(Together(("n1", "n2"), ("n3", "n4")),))


def certified(motions) -> CertifiedPlan:
    passes = [Verdict(gate, Outcome.PASS) for gate in ("symbolic", "geometric", "physics")]
    return issue(graph(), kitchen(), passes, motions, {}, {}, [1])


class Both:
    """A robot in symbols that does all steps of a motion; it may leave the last one undone, or stop on the way."""

    def __init__(self, journal, undone=False, stops=False):
        self.journal, self.undone, self.stops, self.sent = journal, undone, stops, list[tuple[str, ...]]()

    def start(self, plan):
        self.plan, self.facts = plan, plan.scene.initial_state()
        return Observation(self.facts)

    def execute(self, key, motion):
        assert set(self.journal.unfinished(key.partition("/")[0])) == set(motion.nodes)
        self.sent.append(motion.nodes)
        for name in motion.nodes:
            self.facts = ground(self.plan.graph.node(name).step, self.plan.scene, self.facts).apply(self.facts)
        self.facts -= {IN_TRAY} if self.undone else set()
        why = (Finding("rule-speed", "nodes.n1", "Too fast.", "Slower."),) if self.stops else ()
        return StepResult("stopped" if why else "done", Observation(self.facts), why)

    def stop(self):
        pass


@pytest.fixture
def plan() -> CertifiedPlan:
    return certified([moving("n1", "n2", "n3", "n4")])


def test_both_runs_are_sent_as_one_motion_after_both_are_journalled(plan, journal) -> None:
    robot = Both(journal)
    done = dispatch(plan, robot, journal, "r1")
    assert done.state is DispatchState.ACHIEVED
    assert robot.sent == [("n1", "n2", "n3", "n4")]
    assert [(r.step, r.state) for r in journal.records("r1")][1:5] == [(f"n{i}", "sent") for i in (1, 2, 3, 4)]
    assert journal.records("r1")[1].detail["together"] == ["n1", "n2", "n3", "n4"]
    (record,) = done.steps
    assert str(record) == "pick(mug) and place_on(mug, front) and pick(bowl) and place_in(bowl, tray)"


def test_what_one_arm_did_not_bring_about_is_seen(plan, journal) -> None:
    done = dispatch(plan, Both(journal, undone=True), journal, "r1")
    assert done.state is DispatchState.STOPPED
    assert [(f.code, f.where) for f in done.findings] == [("effect-missing", "nodes[n4]")]


def test_a_robot_that_stops_has_stopped_both(plan, journal) -> None:
    done = dispatch(plan, Both(journal, stops=True), journal, "r1")
    assert done.state is DispatchState.STOPPED
    assert [r.state for r in journal.records("r1")] == ["begun"] + ["sent"] * 4 + ["stopped"] * 4


def test_a_certificate_binds_which_motion_carries_out_what(plan, tmp_path) -> None:
    plan.save(tmp_path)
    assert [m.nodes for m in load(tmp_path).motions] == [("n1", "n2", "n3", "n4")]
    for motions in ([moving(f"n{i}") for i in (1, 2, 3, 4)], [moving("n1", "n2"), moving("n3", "n4")]):
        with pytest.raises(CertificateError) as caught:
            certified(motions)
        assert caught.value.finding.code == "motions-missing"
