"""A small real scene, quick gates, and a language model that says what it was told to say."""

from collections.abc import Sequence
from pathlib import Path

from planner.compile import compile_draft
from planner.dispatch.executors.simulated import Camera, SimulatedExecutor
from planner.pipeline import Settings
from sim_checks.gates import GateSettings
from sim_checks.rules.book import RuleBook
from sim_checks.sequential import Claim
from skills.graph import Draft, SkillGraph, Step
from skills.scene import Fixture, PoseSpec, RobotSpec, Scene, resting
from skills.scene_parts import Person
from skills.symbols import Goal, Literal

QUICK = Settings(GateSettings(claim=Claim(least=0.2, good=0.95, error=0.27)))
"""Settings under which one perturbed rehearsal decides."""


def table_top(*more) -> Scene:
    """A can and a plate on a table, and what is added."""
    return Scene(
        schema="rehearse.scene/1",
        name="table_top",
        robots=(RobotSpec(pose=PoseSpec(position=(-0.6, 0, 0))),),
        fixtures=(Fixture(id="table", kind="table", pose=PoseSpec(position=(0, 0, 0))),),
        objects=(resting("can", "can", "table", -0.1, 0.12), resting("plate", "plate", "table", -0.1, -0.15), *more),
    )


def draft(goals=(), steps=(), **more) -> Draft:
    """A draft from texts like ``on(can, plate)``."""
    literals = tuple(Literal.parse(text) for text in goals)
    return Draft(Goal(literals), tuple(map(_call, steps)), **more)


def _call(text: str) -> Step:
    name, _, rest = text.partition("(")
    return Step(name, tuple(a.strip() for a in rest.rstrip(")").split(",")))


class Says:
    """A `LanguageModel` that answers each sentence from a table."""

    name = "says.v1"

    def __init__(self, table=None, always=None) -> None:
        self.table, self.always, self.heard = table or {}, always, []

    def draft(self, instruction) -> Draft:
        self.heard.append(instruction)
        return self.always or self.table[instruction.text]


class Nominal(SimulatedExecutor):
    """A simulated robot in the nominal world, whatever the seed.

    A certified plan reached its goal there in its nominal rehearsal, and a world is built the same way twice: so it
    does again. What is tested with this robot is the road, not luck in one world that no gate has seen.
    """

    def __init__(
        self,
        seed: int = 0,
        camera: Camera | None = None,
        folder: Path | None = None,
        watch: Goal | None = None,
        rules: RuleBook | None = None,
        people: Sequence[Person] | None = None,
    ) -> None:
        super().__init__(seed, camera, folder, watch, rules, people)
        self._seed = None


def compiled(scene: Scene, *steps: Step) -> SkillGraph:
    """The graph that the compiler makes of some steps in a scene."""
    graph = compile_draft(Draft(Goal(()), steps), scene).graph
    assert graph is not None
    return graph
