"""A conveyor all the way: a plan file, three gates, a certificate, and the robot that is dispatched to."""

import json

from planner.compile import compile_draft
from planner.episode import Episode
from planner.outcome import Planned
from planner.rehearsal import Rehearsal
from planner.scenes import open_scene
from sim_checks.bullet.client import ROLLER_ITERATIONS
from skills.symbols import Literal
from tests.small import QUICK, Nominal, Says, draft

ARRIVED = Literal("on", ("cover", "conveyor_end_region"))


def test_a_plan_file_that_conveys_is_certified_and_carried_out(tmp_path) -> None:
    scene = open_scene("line").scene
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(compile_draft(draft([str(ARRIVED)]), scene).graph.to_json()))
    road = Rehearsal(scene, Says(), QUICK)
    planned = road.validate(file)
    assert isinstance(planned, Planned), planned.findings
    assert [n.step.skill for n in planned.certified.graph.nodes] == ["pick", "place_on", "convey"]
    assert planned.certified.to_json()["payload"]["engine"]["solver_iterations"] == ROLLER_ITERATIONS
    done = road.run(planned, tmp_path / "one", Nominal())
    assert isinstance(done, Episode)
    assert done.dispatched.state.value == "achieved"
    assert ARRIVED in done.dispatched.last.facts
