"""`dispatch`: carries out a certified plan, step by step, and nothing but a certified plan."""

from dataclasses import dataclass
from enum import StrEnum

from planner.dispatch.errors import ExecutorError, NotCertified
from planner.dispatch.executors.port import Executor, Observation, StepResult
from planner.dispatch.journal import Journal
from planner.dispatch.monitor import Monitor
from planner.event import Event, Listener, silent
from sim_checks.certificate import CertifiedPlan, verify
from skills.finding import Finding
from skills.graph import Node
from skills.motion import Motion


class DispatchState(StrEnum):
    """How a dispatch ended."""

    ACHIEVED = "achieved"
    STOPPED = "stopped"
    UNKNOWN = "unknown"


@dataclass(frozen=True, eq=False)
class StepRecord:
    """One step as it was carried out, or several that were done at once.

    Args:
        node: The step; of several, the first.
        result: How its motion ended.
        findings: Why it was not as promised.
        also: The further steps that the same motion carried out.
    """

    node: Node
    result: StepResult
    findings: tuple[Finding, ...]
    also: tuple[Node, ...] = ()

    def __str__(self) -> str:
        """Returns the calls."""
        return " and ".join(str(node.step) for node in (self.node, *self.also))


@dataclass(frozen=True, eq=False)
class Dispatched:
    """What became of a dispatch.

    Args:
        state: ``achieved`` only when every step ended as promised and the goal was seen to hold.
        steps: The steps that were sent, in order.
        findings: Why it stopped.
        first: The world before the first step.
        last: The world as last seen.
    """

    state: DispatchState
    steps: tuple[StepRecord, ...]
    findings: tuple[Finding, ...]
    first: Observation
    last: Observation

    def __bool__(self) -> bool:
        """True only when the goal was achieved."""
        return self.state is DispatchState.ACHIEVED


def dispatch(
    plan: CertifiedPlan, executor: Executor, journal: Journal, run: str, listener: Listener = silent
) -> Dispatched:
    """Moves the robot through a certified plan; every step is journalled before it is sent.

    It stops at the first deviation and never sends a step again.

    Args:
        plan: The certified plan.
        executor: The robot.
        journal: Where every step is written down first.
        run: Id of this run; a run that the journal knows already is not started again.
        listener: Hears of every step.

    Raises:
        NotCertified: ``plan`` is not a certified plan, or its certificate does not hold.
        JournalError: The journal knows this run, or cannot be written.
        ExecutorError: The robot cannot be had.
    """
    _require_certified(plan)
    journal.begin(run, {"certificate": plan.id, "plan": plan.graph.sha256})
    monitor = Monitor(plan.graph, plan.scene)
    motions = {motion.node: motion for motion in plan.motions}
    steps: list[StepRecord] = []
    try:
        first = seen = executor.start(plan)
        findings = monitor.check_start(seen)
        for act in plan.graph.acts():
            if findings:
                break
            for node in act:
                journal.record(run, node.id, "sent", {"step": str(node.step), "certificate": plan.id, **_beside(act)})
                listener(Event(node.id, "started", str(node.step)))
            before = seen.facts
            result = _execute(executor, f"{run}/{act[0].id}", motions[act[0].id], seen)
            seen = result.observation
            findings = result.findings
            if result.outcome == "done":
                findings = monitor.check_step(act, before, seen)
            for node in act:
                journal.record(run, node.id, result.outcome, {"findings": [f.to_json() for f in findings]})
                listener(Event(node.id, "failed" if findings else "done", str(node.step), result.seconds))
            steps.append(StepRecord(act[0], result, findings, act[1:]))
    finally:
        executor.stop()
    unknown = any(s.result.outcome == "unknown" for s in steps)
    state = DispatchState.UNKNOWN if unknown else DispatchState.STOPPED if findings else DispatchState.ACHIEVED
    return Dispatched(state, tuple(steps), findings, first, seen)


def _require_certified(plan: object) -> None:
    """Checks that this is a certified plan whose certificate holds.

    Raises:
        NotCertified: It is not.
    """
    if not isinstance(plan, CertifiedPlan):
        raise NotCertified(
            Finding(
                "not-certified",
                "plan",
                f"A {type(plan).__name__} is not a certified plan.",
                "Plan and rehearse first: only a certified plan can move a robot.",
            )
        )
    verdict = verify(plan)
    lacking = {n.id for n in plan.graph.nodes} - {n for m in plan.motions for n in m.nodes}
    if not verdict or lacking:
        why = "; ".join(f.what for f in verdict.findings) or f"no motion for {', '.join(sorted(lacking))}"
        raise NotCertified(
            Finding("certificate-void", "plan", f"The certificate does not hold: {why}", "Plan and rehearse again.")
        )


def _beside(act: tuple[Node, ...]) -> dict[str, list[str]]:
    """Returns, for steps that are done at once, which those are."""
    return {"together": [n.id for n in act]} if len(act) > 1 else {}


def _execute(executor: Executor, key: str, motion: Motion, seen: Observation) -> StepResult:
    """Plays one motion; an executor that is lost on the way leaves the step unknown."""
    try:
        return executor.execute(key, motion)
    except ExecutorError as error:
        return StepResult("unknown", seen, (error.finding,))
