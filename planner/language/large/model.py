"""`LargeModel`: any chat model behind the port: briefed, bound to a schema, read with suspicion."""

import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from planner.instruction import Instruction
from planner.language.large.answer import read_answer
from planner.language.large.answer_schema import Limits, answer_schema
from planner.language.large.briefing import Briefing
from planner.language.large.errors import LanguageModelError
from planner.language.large.handles import Handles
from prompts import Message
from skills.catalogue import Catalogue, load
from skills.finding import Finding
from skills.graph import Draft
from skills.symbols import Goal

DEADLINE_S = 60.0
"""How long one draft may take, all its tries together [s]. Source: our own."""
TRIES = 3
"""How often a model may answer before its draft is given up. Source: our own."""


class Completion(NamedTuple):
    """What a chat model answered.

    Args:
        text: The text.
        cut: Whether it stopped because of a limit, before its end.
    """

    text: str
    cut: bool = False


class Completer(Protocol):
    """A chat model that can be asked; implemented by `local.LocalCompleter` and `endpoint.EndpointCompleter`."""

    def ready(self) -> None:
        """Loads what is needed. Called before the clock of a draft starts, each time; quick after the first.

        Raises:
            LanguageModelError: The model or its library is not to be had.
        """

    def complete(self, messages: Sequence[Message], schema: Mapping[str, Any], deadline_s: float) -> Completion:
        """Returns the answer to ``messages``, bound to ``schema`` where the model can be bound.

        Args:
            messages: The conversation so far.
            schema: JSON schema of the answer.
            deadline_s: How long it may take [s].

        Raises:
            LanguageModelError: It is not to be had, or did not answer in time.
        """


class LargeModel:
    """Decomposes with a chat model; a `LanguageModel` that also redrafts from findings.

    Args:
        name: Id for the record, for example ``"endpoint:qwen"``.
        completer: Asks the model.
        tries: How often it may answer before a draft is given up.
        deadline_s: How long one draft may take in all [s].
        limits: How much an answer may hold.
        catalogue: Skills (default: the installed ones).
    """

    def __init__(
        self,
        name: str,
        completer: Completer,
        tries: int = TRIES,
        deadline_s: float = DEADLINE_S,
        limits: Limits | None = None,
        catalogue: Catalogue | None = None,
    ) -> None:
        self.name = name
        self._completer, self._tries, self._deadline_s = completer, tries, deadline_s
        self._limits, self._catalogue = limits or Limits(), catalogue

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the goal and the steps, or a question, or a refusal.

        Raises:
            InstructionError: The text cannot be read.
            LanguageModelError: The model is not to be had, or no answer of its tries could be used.
        """
        instruction.checked()
        briefing = self._briefing(instruction)
        if not len(briefing.handles):
            return Draft(Goal(()), refusal="There is nothing in this scene.")
        return self._converse(briefing, briefing.opening())

    def redraft(self, instruction: Instruction, draft: Draft, findings: Sequence[Finding]) -> Draft:
        """Returns another draft, after the model was told what was wrong with its last one.

        Args:
            instruction: The request, as before.
            draft: The draft that failed.
            findings: Why it failed.

        Raises:
            LanguageModelError: See `draft`.
        """
        briefing = self._briefing(instruction)
        return self._converse(briefing, (*briefing.opening(), *briefing.correction(draft, findings)))

    def _briefing(self, instruction: Instruction) -> Briefing:
        return Briefing(instruction, Handles(instruction.scene), self._catalogue or load())

    def _converse(self, briefing: Briefing, messages: tuple[Message, ...]) -> Draft:
        """Asks until an answer can be read, at most ``tries`` times and until the deadline."""
        self._completer.ready()
        schema = answer_schema(briefing.handles, briefing.catalogue, self._limits)
        ends, asked = time.monotonic() + self._deadline_s, messages
        findings: tuple[Finding, ...] = ()
        for _ in range(self._tries):
            left = ends - time.monotonic()
            if left <= 0:
                break
            said = self._completer.complete(asked, schema, left)
            answer = read_answer(said.text, briefing.handles, briefing.catalogue, self._limits, said.cut)
            if answer.draft is not None:
                return answer.draft
            findings = answer.findings
            asked = (*messages, *briefing.correction(said.text, findings))
        if not findings:
            what = f"{self.name!r} did not answer within {self._deadline_s:g} s."
            raise LanguageModelError.at(
                "lm-timeout", "--lm", what, "Raise REHEARSE_LM_TIMEOUT_S, or use a faster model."
            )
        first = findings[0]
        what = (
            f"{self.name!r} gave no answer that can be used; the last one: {first.code} at {first.where}: {first.what}"
        )
        remedy = "Say it in other words, or use a model that follows a JSON schema."
        raise LanguageModelError.at(first.code, "--lm", what, remedy)
