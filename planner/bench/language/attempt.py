"""`Attempt`: what a language model made of a case, followed to the symbolic gate and no further."""

import time
from dataclasses import dataclass

from planner.bench.language.case import Case
from planner.compile import compile_draft
from planner.instruction import Instruction
from planner.language.port import LanguageModel
from sim_checks.rules import gate
from skills.errors import SkillsError
from skills.finding import Finding
from skills.graph import Draft, SkillGraph
from skills.symbols import Goal, State
from skills.trace import final_state


@dataclass(frozen=True)
class Attempt:
    """A draft and what became of it.

    Args:
        draft: What the model said.
        graph: The compiled plan, or None.
        passed: The symbolic gate passed the plan.
        start: Facts before.
        end: Facts after a plan that passed, by the symbols alone; None where there is no such plan.
        findings: Why there is none.
        seconds: Time that the model took [s].
    """

    draft: Draft
    graph: SkillGraph | None
    passed: bool
    start: State
    end: State | None
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0


def attempt(model: LanguageModel, case: Case) -> Attempt:
    """Returns what the model makes of a case; a model's fault is a refusal with its finding."""
    return attempt_at(model, case.instruction)


def attempt_at(model: LanguageModel, instruction: Instruction) -> Attempt:
    """Returns what the model makes of an instruction; see `attempt`."""
    began = time.perf_counter()
    try:
        draft = model.draft(instruction)
    except SkillsError as error:
        spent = time.perf_counter() - began
        refused = Draft(Goal(()), refusal=str(error.finding), confidence=0.0)
        return Attempt(refused, None, False, instruction.state, None, (error.finding,), spent)
    return follow(draft, instruction, time.perf_counter() - began)


def follow(draft: Draft, instruction: Instruction, seconds: float = 0.0) -> Attempt:
    """Returns what becomes of a draft: compiled, checked by the symbolic gate and its rules, played through."""
    scene, start = instruction.scene, instruction.state
    compiled = compile_draft(draft, scene, start, instruction.text)
    if compiled.graph is None:
        return Attempt(draft, None, False, start, None, compiled.findings, seconds)
    verdict = gate.check(compiled.graph, scene, start)
    end = final_state(compiled.graph, scene, start) if verdict else None
    return Attempt(draft, compiled.graph, bool(verdict), start, end, verdict.findings, seconds)
