"""What a rule asks for is tried before a plan is refused: slower beside a person, around a zone."""

import numpy as np
import pytest

from planner.compile import compile_draft
from sim_checks.geometric import Choices
from sim_checks.incident import Incident
from sim_checks.motion.timing import hold
from sim_checks.rehearsal import rehearse_nominal
from sim_checks.remedy import MARGIN, Remedy, remedy_for, slowed
from sim_checks.rules.book import shipped_rules
from skills.finding import Finding
from skills.motion import Motion, Segment
from skills.scene_parts import Person, Zone
from tests.small import draft, table_top

SPEED = {"slow-near-people": {"worst": 0.5, "limit": 0.25}}


def _incident(code: str) -> Incident:
    return Incident(Finding(code, "nodes.n1", "", ""), 1.0, "carry")


@pytest.mark.parametrize(
    ("codes", "remedy"),
    [
        (["rule-slow-near-people"], Remedy("slow", "n1", 2 * MARGIN)),
        (["rule-keep-out-zone"], Remedy("candidate", "n1")),
        (["rule-slow-near-people", "effect-missed"], Remedy("candidate", "n1")),
        ([], Remedy("candidate", "n1")),
    ],
)
def test_the_least_change_suits_what_went_wrong(codes: list[str], remedy: Remedy) -> None:
    assert remedy_for([_incident(c) for c in codes], "n1", shipped_rules(), SPEED) == remedy


def test_a_slowed_motion_goes_the_same_way_and_grips_as_long() -> None:
    start, end = np.zeros(7), np.full(7, 0.5)
    swing = Segment("carry", np.array([0.0, 1.0]), np.stack([start, end]), 0.0)
    slow = slowed(Motion("n1", (swing, hold("grip", end, 0.6, 0.0))), 2.5)
    assert [s.duration for s in slow.segments] == [2.5, 0.6]
    assert np.array_equal(slow.segments[0].joints, swing.joints)


def test_beside_a_person_and_a_zone_the_plan_goes_slowly_and_around() -> None:
    mia = Person(id="mia", position=(-0.1, -0.75, 0.0), radius=0.25)
    lamp = Zone(id="lamp", centre=(-0.15, 0.0, 0.42), half=(0.03, 0.03, 0.1))
    scene = table_top().model_copy(update={"people": (mia,), "zones": (lamp,)})
    graph = compile_draft(draft(["on(can, plate)"]), scene).graph
    assert graph is not None
    nominal = rehearse_nominal(graph, scene, 3, Choices(), attempts=5)
    assert nominal.geometric == () and nominal.physical == ()
    assert "slow" in {r.kind for r in nominal.remedies}
    assert nominal.worst["slow-near-people"]["worst"] <= 0.25
    assert nominal.worst.get("keep-out-zone", {"worst": 1.0})["worst"] >= 0.0
