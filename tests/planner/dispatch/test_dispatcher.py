"""Nothing but a certified plan moves; every step is journalled first; the first deviation stops the robot."""

import pytest

from planner.dispatch.dispatcher import DispatchState, dispatch
from planner.dispatch.errors import JournalError, NotCertified
from sim_checks.certificate import CertifiedPlan
from skills.symbols import Literal

IN_DRAWER = Literal("in", ("mug", "cab_top_region"))


def test_a_certified_plan_is_carried_out_step_by_step(plan, journal, obedient) -> None:
    robot, events = obedient(journal=journal), []
    done = dispatch(plan, robot, journal, "r1", events.append)
    assert done and done.state is DispatchState.ACHIEVED
    assert robot.executed == [n.id for n in plan.graph.ordered()]
    assert [r.state for r in journal.records("r1")] == ["begun"] + ["sent", "done"] * len(robot.executed)
    assert journal.unfinished("r1") == ()
    assert [e.state for e in events] == ["started", "done"] * len(robot.executed)
    assert robot.stops == 1
    assert IN_DRAWER in done.last.facts


@pytest.mark.parametrize("what", ["graph", "certificate", "none"])
def test_what_is_not_certified_is_not_dispatched(plan, journal, obedient, what) -> None:
    robot = obedient()
    other = {"graph": plan.graph, "certificate": plan.certificate, "none": None}[what]
    with pytest.raises(NotCertified) as caught:
        dispatch(other, robot, journal, "r1")
    assert caught.value.finding.code == "not-certified"
    assert robot.executed == [] and journal.records() == ()


def test_a_certificate_that_does_not_hold_moves_nothing(plan, journal, obedient, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("REHEARSE_KEY_DIR", str(tmp_path / "other"))  # another installation trusts another key
    robot = obedient()
    with pytest.raises(NotCertified) as caught:
        dispatch(plan, robot, journal, "r1")
    assert caught.value.finding.code == "certificate-void"
    assert robot.executed == []


def test_a_plan_whose_motions_were_taken_away_moves_nothing(plan, journal, obedient) -> None:
    object.__setattr__(plan, "motions", plan.motions[:-1])
    with pytest.raises(NotCertified):
        dispatch(plan, obedient(), journal, "r1")


def test_an_effect_that_is_not_seen_stops_the_robot(plan, journal, obedient) -> None:
    opened = plan.graph.ordered()[0].id
    robot = obedient(spoil={opened: lambda facts: facts - {Literal("open", ("cab_top_region",))}})
    done = dispatch(plan, robot, journal, "r1")
    assert not done and done.state is DispatchState.STOPPED
    assert [f.code for f in done.findings] == ["effect-missing"]
    assert robot.executed == [opened] and robot.stops == 1


def test_a_later_step_that_became_impossible_stops_the_robot(plan, journal, obedient) -> None:
    first, second, *_ = plan.graph.ordered()
    placed = plan.graph.ordered()[2].id
    shut = {Literal("open", ("cab_top_region",))}
    robot = obedient(spoil={second.id: lambda facts: (facts - shut) | {Literal("closed", ("cab_top_region",))}})
    done = dispatch(plan, robot, journal, "r1")
    assert [f.code for f in done.findings] == ["world-drifted"]
    assert placed in done.findings[0].what
    assert robot.executed == [first.id, second.id]


def test_a_goal_that_is_lost_on_the_way_stops_the_robot(plan, journal, obedient) -> None:
    last = plan.graph.ordered()[-1].id
    robot = obedient(spoil={last: lambda facts: facts - {IN_DRAWER}})
    done = dispatch(plan, robot, journal, "r1")
    assert [f.code for f in done.findings] == ["goal-out-of-reach"]
    assert done.state is DispatchState.STOPPED


def test_a_world_that_drifted_since_planning_is_not_touched(plan, journal, obedient) -> None:
    def taken(facts):
        return (facts - {Literal("hand_empty")}) | {Literal("holding", ("bowl",))}

    robot = obedient(start=taken)
    done = dispatch(plan, robot, journal, "r1")
    assert [f.code for f in done.findings] == ["world-drifted"]
    assert robot.executed == [] and robot.stops == 1
    assert done.state is DispatchState.STOPPED


def test_a_failed_step_stops_the_robot(plan, journal, obedient) -> None:
    first = plan.graph.ordered()[0].id
    done = dispatch(plan, obedient(fail=(first,)), journal, "r1")
    assert [f.code for f in done.findings] == ["collided"]
    assert [r.state for r in journal.records("r1")] == ["begun", "sent", "failed"]


def test_a_lost_robot_leaves_the_step_unknown_and_is_never_sent_again(plan, journal, obedient) -> None:
    second = plan.graph.ordered()[1].id
    robot = obedient(die=second)
    done = dispatch(plan, robot, journal, "r1")
    assert done.state is DispatchState.UNKNOWN and not done
    assert journal.records("r1")[-1].state == "unknown"
    again = obedient()
    with pytest.raises(JournalError) as caught:
        dispatch(plan, again, journal, "r1")
    assert caught.value.finding.code == "run-known"
    assert again.executed == []


def test_whatever_goes_wrong_in_the_middle_the_robot_is_let_go(plan, journal, obedient) -> None:
    robot = obedient()

    def fault(key, motion):
        raise ZeroDivisionError

    robot.execute = fault
    with pytest.raises(ZeroDivisionError):
        dispatch(plan, robot, journal, "r1")
    assert robot.stops == 1
    assert journal.unfinished("r1") == (plan.graph.ordered()[0].id,)


def test_only_certified_plans_type_check() -> None:
    assert dispatch.__annotations__["plan"] is CertifiedPlan
