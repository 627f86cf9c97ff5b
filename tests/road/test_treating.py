"""Heat and cold come from closed appliances all the way: gates, certificate, and the robot that is dispatched to."""

from dataclasses import replace

from planner.episode import Episode
from planner.outcome import Planned, Refused
from planner.rehearsal import Rehearsal
from skills.graph import Step
from skills.symbols import Literal
from tests.sim_checks.appliances import with_appliance
from tests.small import QUICK, Nominal, Says, compiled, draft

CHILL = draft(["cold(food)"], ["chill(food, appliance)"])


def test_chilling_what_the_fridge_holds_is_certified_and_done(tmp_path) -> None:
    road = Rehearsal(with_appliance("fridge", inside="can"), Says(always=CHILL), QUICK)
    planned = road.plan("chill the can")
    assert isinstance(planned, Planned)
    (motion,) = planned.certified.motions
    assert str(motion.segments[0].until) == "cold(food)"
    done = road.run(planned, tmp_path / "one", Nominal())
    assert isinstance(done, Episode)
    assert done.dispatched.state.value == "achieved"
    assert Literal("cold", ("food",)) in done.dispatched.last.facts


def test_a_plan_that_heats_behind_an_open_door_is_vetoed() -> None:
    scene = with_appliance("microwave", inside="can", joints={"heating_region": 1.0})
    shut = with_appliance("microwave", inside="can")
    plan = compiled(shut, Step("heat", ("food", "appliance")))
    refused = Rehearsal(scene, Says(), QUICK).validate(replace(plan, scene_sha256=scene.sha256))
    assert isinstance(refused, Refused) and refused.stage == "symbolic"
    assert "closed(appliance)" in refused.findings[0].what
