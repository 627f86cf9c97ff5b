"""`Briefing`: what a large model is told of one request: skills, worked examples, the scene and the words, as data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from planner.instruction import Instruction
from planner.language.large.answer import draft_data
from planner.language.large.answer_schema import GOAL_ARGUMENTS
from planner.language.large.handles import Handles
from planner.language.layout import places
from prompts import Message, data_block, load_examples, load_template
from skills.catalogue import Catalogue
from skills.finding import Finding
from skills.graph import Draft
from skills.parameter import ParameterType, accepts
from skills.scene import parse_scene
from skills.symbols import PREDICATES

_TYPES: tuple[ParameterType, ...] = get_args(ParameterType)
DECOMPOSE, REPAIR = "decompose.v1", "repair.v1"
ECHO_CHARACTERS = 4000
"""How much of an answer that could not be read is shown to the model again."""
MOST_FINDINGS = 12
"""How many findings go back at once."""


@dataclass(frozen=True)
class Briefing:
    """One request as messages.

    Args:
        instruction: The request and its world.
        handles: Names of the scene's things.
        catalogue: Skills.
    """

    instruction: Instruction
    handles: Handles
    catalogue: Catalogue

    def opening(self) -> tuple[Message, ...]:
        """Returns the system text, the worked examples and the request.

        Raises:
            InstructionError: The text cannot be read.
        """
        template = load_template(DECOMPOSE)
        rules = {"skills": skill_lines(self.catalogue), "predicates": predicate_lines()}

        def turn(asked: Instruction, handles: Handles) -> tuple[Message, ...]:
            block = {"scene": data_block(scene_data(asked, handles)), "request": data_block(asked.checked())}
            return template.fill({**rules, **block})

        system, request = turn(self.instruction, self.handles)
        messages = [system]
        for example in load_examples():
            shown = Instruction(example.instruction, parse_scene(example.scene, example.id))
            messages += [turn(shown, Handles(shown.scene))[1], Message("assistant", data_block(example.answer))]
        return (*messages, request)

    def correction(self, said: Draft | str, findings: Sequence[Finding]) -> tuple[Message, ...]:
        """Returns the turns that give findings back: the model's own answer, and what is wrong with it.

        Args:
            said: The draft that failed, or a text that is none.
            findings: Why; warnings are left out.
        """
        errors = [f for f in findings if f.severity == "error"][:MOST_FINDINGS]
        echo = said[:ECHO_CHARACTERS] if isinstance(said, str) else self._data(said)
        told = data_block([self.handles.finding(f) for f in errors])
        return load_template(REPAIR).fill({"answer": echo or "(nothing)", "findings": told})

    def _data(self, draft: Draft) -> str:
        return data_block(draft_data(draft, self.handles, self.catalogue))


def skill_lines(catalogue: Catalogue) -> str:
    """Returns the skills, one a line, in the form in which answers name them."""
    lines = []
    for skill in catalogue:
        name = skill.id.partition(".")[0]
        arguments = ", ".join(f'"{p.name}": <{p.type}>' for p in skill.parameters)
        lines.append(f'- {{"skill": "{name}", {arguments}}}: {skill.words}')
    return "\n".join(lines)


def predicate_lines() -> str:
    """Returns the predicates of a goal, one a line, in the form in which answers name them."""
    lines = []
    for predicate in PREDICATES.values():
        if predicate.goal:
            arguments = ", ".join(f'"{n}": <id>' for n in GOAL_ARGUMENTS[: predicate.arity])
            lines.append(f'- {{"predicate": "{predicate.name}", {arguments}}}: {predicate.words}')
    return "\n".join(lines)


def scene_data(instruction: Instruction, handles: Handles) -> dict[str, object]:
    """Returns the scene as a model reads it: opaque ids, plain labels, what things afford, where they are, facts."""
    scene, where = instruction.scene, places(instruction)
    things: list[dict[str, object]] = []
    for entity in scene.entities.values():
        row: dict[str, object] = {
            "id": handles.handle(entity.id),
            "label": handles.label(entity.id),
            "role": entity.role,
            "can": [kind for kind in _TYPES if accepts(kind, entity.id, scene)],
            "at_mm": [round(1000 * c) for c in where[entity.id]],
        }
        things.append({**row, "of": handles.handle(entity.parent)} if entity.parent else row)
    for region in scene.regions:
        row = {"id": handles.handle(region.id), "label": handles.label(region.id), "role": "region"}
        can = [kind for kind in _TYPES if accepts(kind, region.id, scene)]
        things.append({**row, "can": can, "of": handles.handle(region.on)})
    return {"things": things, "facts": [handles.fact(f) for f in sorted(instruction.state)]}
