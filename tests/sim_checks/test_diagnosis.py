import pytest

from sim_checks.diagnosis import Before, Failure, diagnose, unplanned
from skills.body import BodyKind, BodyRequest
from skills.finding import Finding


class Moved:
    """A world in which the thing, or the joint, has moved so far."""

    def __init__(self, x=0.0, opening=None, held=None):
        self.x, self.share, self.hand = x, opening, held

    def centre(self, entity):
        return (self.x, 0.0, 0.0)

    def opening(self, entity):
        return self.share

    def held(self):
        return self.hand


MISSED = Finding("effect-missed", "nodes.n", "It does not hold.", "Try again.")
GRASP, PLACE = BodyRequest(BodyKind.GRASP, "mug", holds_after="mug"), BodyRequest(BodyKind.PLACE, "mug", "plate")
PULL = BodyRequest(BodyKind.PULL_HANDLE, "drawer", opening=1.0)


@pytest.mark.parametrize(
    ("request_", "before", "after", "code", "failure"),
    [
        (GRASP, Moved(), Moved(0.001), "effect-missed", Failure.MISSED),
        (GRASP, Moved(), Moved(0.1), "effect-missed", Failure.SLIPPED),
        (PLACE, Moved(), Moved(0.1, held="mug"), "effect-missed", Failure.JAMMED),
        (PULL, Moved(opening=0.0), Moved(opening=0.01), "effect-missed", Failure.MISSED),
        (PULL, Moved(opening=0.0), Moved(opening=0.5), "effect-missed", Failure.JAMMED),
        (PULL, Moved(opening=0.0), Moved(opening=0.5), "collided", Failure.BLOCKED),
        (GRASP, Moved(), Moved(), "simulation-invalid", Failure.INVALID),
    ],
)
def test_a_failure_is_named_by_what_the_world_shows(request_, before, after, code, failure):
    finding = Finding(code, "nodes.n", "", "")
    assert diagnose(request_, finding, Before.of(before, request_), after) is failure


@pytest.mark.parametrize(
    ("reasons", "failure"),
    [
        ("grasp out of reach (12x); contact of hand and mug (3x)", Failure.OUT_OF_REACH),
        ("contact of hand and mug at the grasp (9x); grasp out of reach (2x)", Failure.BLOCKED),
        ("no free path to the pregrasp (4x)", Failure.BLOCKED),
    ],
)
def test_without_a_motion_the_commonest_reason_counts(reasons, failure):
    assert unplanned(Finding("no-motion", "nodes.n", f"pick has no motion: {reasons}.", "")) is failure
