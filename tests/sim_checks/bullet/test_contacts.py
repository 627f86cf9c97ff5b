"""What the hand holds stays where it is in the hand while the hand turns, and is let go when the fingers open."""

import math

import numpy as np
import pytest

from sim_checks.bullet import renewal
from sim_checks.bullet.stage import Stage
from sim_checks.motion.picking import plan_pick
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.timing import hold
from skills.motion import Motion
from tests.small import table_top

SCENE = table_top()
LIMIT = 2.8
"""A little within the wrist's range, on either side [rad]."""
WORLDS = range(2, 5)
"""Seeds of the perturbed worlds."""


def pressing_outwards(stage: Stage) -> int:
    """Counts contacts of the fingers whose normal says that the can lies beyond the finger that holds it."""
    fingers = stage.robot.fingers
    link = {f: np.array(stage.client.getLinkState(stage.robot.body, f)[4]) for f in fingers}
    across = link[fingers[1]] - link[fingers[0]]
    points = stage.client.getContactPoints(bodyA=stage.world.body("can"), bodyB=stage.robot.body)
    sides = {fingers[0]: 1.0, fingers[1]: -1.0}  # the normal points from the finger to the can
    return sum(float(np.array(p[7]) @ across) * sides[p[4]] < 0 for p in points if p[4] in sides)


@pytest.fixture(scope="module")
def motions() -> tuple[Motion, Motion]:
    """Picks the can and turns the wrist from one end of its range to the other; then opens the fingers."""
    with Stage(SCENE) as shadow:
        planning = Planning(shadow.robot, shadow.world, SCENE, 1)
        pick = next(plan_pick(planning, "can", (), Trail())).segments
    start = pick[-1].joints[-1]
    end = start.copy()
    end[6] = -math.copysign(LIMIT, start[6])
    turn = planning.timed("turn", np.linspace(start, end, 12), 0.0, share=0.35, force=pick[-1].force)
    return Motion("n1", (*pick, turn)), Motion("n2", (hold("release", end, 0.5, 0.08),))


def outwards_in(seed: int, motions: tuple[Motion, Motion]) -> tuple[int, str | None]:
    """Returns how many such contacts were seen on the way in one world, and what the open hand still holds."""
    seen: list[int] = []
    with Stage(SCENE, seed=seed) as stage:
        assert stage.play(motions[0], on_frame=lambda: seen.append(pressing_outwards(stage)), frame_s=0.05).valid
        assert stage.held() == "can"
        assert stage.play(motions[1]).valid
        return sum(seen), stage.held()


def test_a_hand_that_turns_feels_no_old_contacts_and_lets_go(motions: tuple[Motion, Motion]) -> None:
    assert [outwards_in(seed, motions) for seed in WORLDS] == [(0, None)] * len(WORLDS)


def test_the_engine_keeps_the_normals_of_old_contacts(
    motions: tuple[Motion, Motion], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fact that `CONTACT_TURN` is for: without it, contacts come to point the wrong way as the hand turns."""
    monkeypatch.setattr(renewal, "CONTACT_TURN", math.inf)
    assert sum(outwards_in(seed, motions)[0] for seed in WORLDS) > 10
