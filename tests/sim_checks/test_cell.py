"""The cell: what the cup takes is certified and carried out, what it cannot hold is a finding that says why."""

import math

import pytest

from planner.compile import compile_draft
from planner.scenes import open_scene, with_robot
from sim_checks.bullet.perturb import Perturbation
from sim_checks.geometric import Choices
from sim_checks.rehearsal import Nominal, rehearse_nominal
from sim_checks.rollout import World, play_through
from sim_checks.scenes.proof import prove
from skills.scene import ObjectSpec, Placement, Scene, resting
from tests.small import draft, table_top

CELL = open_scene("cell").scene


def ball(folder, radius: float = 0.034) -> ObjectSpec:
    """A ball, as a mesh beside the scene."""
    rings = [(i * math.pi / 16, j * 2 * math.pi / 24) for i in range(1, 16) for j in range(24)]
    points = [(math.sin(a) * math.cos(b), math.sin(a) * math.sin(b), math.cos(a)) for a, b in rings]
    points += [(0.0, 0.0, 1.0), (0.0, 0.0, -1.0)]
    lines = [f"v {radius * x:.6f} {radius * y:.6f} {radius * (z + 1):.6f}" for x, y, z in points]
    top, low = len(points) - 1, len(points)
    for j in range(24):
        k = (j + 1) % 24
        lines += [f"f {top} {j + 1} {k + 1}", f"f {low} {14 * 24 + k + 1} {14 * 24 + j + 1}"]
        for i in range(14):
            a, b = i * 24 + j + 1, i * 24 + k + 1
            lines += [f"f {a} {a + 24} {b + 24}", f"f {a} {b + 24} {b}"]
    (folder / "ball.obj").write_text("\n".join(lines) + "\n")
    return ObjectSpec(
        id="ball", kind="ball", mesh="ball.obj", mass=0.1, placement=Placement(on="table", xy=(-0.1, 0.0))
    )


def tried(scene: Scene, goal: str, folder=None) -> Nominal:
    graph = compile_draft(draft([goal]), scene).graph
    return rehearse_nominal(graph, scene, 1, Choices(), attempts=1, folder=folder)


def test_the_shipped_cell_is_valid_and_its_pin_goes_into_the_fixture() -> None:
    assert prove(CELL) == ()
    graph = compile_draft(draft(["in(pin, fixture)"]), CELL).graph
    found = rehearse_nominal(graph, CELL, 1, Choices())
    assert (found.geometric, found.physical) == ((), ())
    for seed in range(4):
        assert play_through(graph, found.motions, World(CELL, seed, Perturbation())) == ()


@pytest.mark.parametrize(
    ("thing", "code"),
    [
        (resting("mug", "mug", "table", -0.1, 0.0), "no-seal"),
        (resting("bottle", "bottle", "table", -0.1, 0.0), None),
        (resting("block", "block", "table", -0.1, 0.0), None),
        (resting("block", "block", "table", -0.1, 0.0).model_copy(update={"mass": 3.0}), "too-heavy"),
        (resting("block", "block", "table", 0.5, 0.0), "out-of-reach"),
    ],
    ids=["a mug's rim", "a bottle's cap", "a block", "a heavy block", "a block far off"],
)
def test_what_the_cup_cannot_hold_is_a_finding(thing: ObjectSpec, code: str | None) -> None:
    scene = with_robot(table_top(thing), "cell")
    found = tried(scene, f"holding({thing.id})")
    assert [f.code for f in (*found.geometric, *found.physical)] == ([code] if code else [])


def test_a_ball_does_not_close_the_cup(tmp_path) -> None:
    scene = with_robot(table_top(ball(tmp_path)), "cell")
    found = tried(scene, "holding(ball)", tmp_path)
    assert [f.code for f in found.geometric] == ["no-seal"]
    assert "fingers" in found.geometric[0].remedy
