"""A can picked in the rehearsal, for the second engine to pick again."""

import pytest

from planner.compile import compile_draft
from sim_checks.geometric import Choices
from sim_checks.rehearsal import rehearse_nominal
from skills.graph import Draft, SkillGraph
from skills.motion import Motion
from skills.scene import Scene
from skills.symbols import Goal, Literal
from tests.sim_checks.mujoco.tops import can_at


@pytest.fixture(scope="session")
def pick() -> tuple[SkillGraph, Motion]:
    """The plan that picks the can, and its motion as it was rehearsed."""
    return picked(can_at())


def picked(scene: Scene) -> tuple[SkillGraph, Motion]:
    """Returns the plan that picks a scene's can, and its motion as it was rehearsed."""
    graph = compile_draft(Draft(Goal((Literal("holding", ("can",)),))), scene, instruction="pick the can").graph
    assert graph is not None
    nominal = rehearse_nominal(graph, scene, 1, Choices())
    assert not nominal.geometric and not nominal.physical
    return graph, nominal.motions[0]
