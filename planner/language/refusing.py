"""Wording of a refusal: the thing that is missing, the skill, or the rule, and the nearest thing that is possible.

The network decides that it refuses, and which sort of refusal it is. What is said here of the reason is found by
likeness, so it is offered as the most likely one, and it decides nothing.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, cast

from planner.language.collate import inputs_of
from planner.language.describing import listed
from planner.language.grammar import BOS, REFUSALS, TOKEN, UNDRAFTED
from planner.language.phrases import Examples, meanings, plain, read_data
from planner.language.table import EntityTable
from planner.language.writer import Writer
from skills.catalogue import Catalogue, load
from skills.finding import Finding
from skills.skill import name_of

if TYPE_CHECKING:
    from planner.language.encoder import SentenceEncoder
    from planner.language.network import Grounder

CODES = {"refuse_missing": "no-such-thing", "refuse_unable": "no-such-skill", "refuse_unsafe": "unsafe-request"}
MOST_WORDS = 24
"""Longer requests are not searched for what is missing. Source: our own; it bounds the cost."""


class Rule(NamedTuple):
    """A safety rule as text."""

    id: str
    words: str
    why: str
    source: str
    instead: str
    examples: tuple[str, ...]


def rules() -> dict[str, Rule]:
    """Returns the reviewed rules by id."""
    data = cast("list[dict[str, object]]", read_data("unsafe_rules.yaml"))
    found = [Rule(**{**d, "examples": tuple(cast("list[str]", d["examples"]))}) for d in data]  # type: ignore[arg-type]
    return {rule.id: rule for rule in found}


class Refuser:
    """Words refusals.

    Args:
        model: The network.
        encoder: The sentence encoder.
        catalogue: Skills (default: the installed ones).
    """

    def __init__(self, model: "Grounder", encoder: "SentenceEncoder", catalogue: Catalogue | None = None) -> None:
        self._model, self._encoder, self._catalogue = model, encoder, catalogue

    @cached_property
    def _rules(self) -> dict[str, Rule]:
        return rules()

    @cached_property
    def _unsafe(self) -> Examples:
        return Examples(self._encoder, {r.id: r.examples for r in self._rules.values()})

    def finding(self, sort: str, text: str, table: EntityTable) -> Finding:
        """Returns a refusal as a finding: typed code, reason, and what is possible instead.

        Args:
            sort: ``refuse_missing``, ``refuse_unable`` or ``refuse_unsafe``.
            text: The request.
            table: The scene's entities.
        """
        what, remedy = {
            "refuse_missing": self._missing,
            "refuse_unable": self._unable,
            "refuse_unsafe": self._unfit,
        }[sort](text, table)
        return Finding(CODES[sort], "instruction", what, remedy)

    def _unfit(self, text: str, table: EntityTable) -> tuple[str, str]:
        rule = self._rules[self._unsafe.near(text).name]
        what = f"{REFUSALS['refuse_unsafe']} Most likely rule: {rule.words} ({rule.id}), because {rule.why}."
        return what, f"{rule.instead} Source of the rule: {rule.source}."

    def _unable(self, text: str, table: EntityTable) -> tuple[str, str]:
        skills = [s for s in self._catalogue or load() if name_of(s) not in UNDRAFTED]
        names, words = [_said(name_of(s)) for s in skills], [plain(s.words) for s in skills]
        vectors = meanings(self._encoder, [plain(text), *names, *words])
        both = (vectors[1:] @ vectors[0]).view(2, len(skills)).amax(0).tolist()
        order = sorted(range(len(skills)), key=lambda k: -both[k])
        near = [f"{_said(name_of(skills[k]))} ({skills[k].words.rstrip('.')})" for k in order[:2]]
        return REFUSALS["refuse_unable"], f"Nearest among its skills: {listed(near)}."

    def _missing(self, text: str, table: EntityTable) -> tuple[str, str]:
        names = list(dict.fromkeys(r.words for r in table.rows if r.role in ("object", "fixture")))
        names = names or [r.words for r in table.rows]
        word = self._absent(text, names, table)
        vectors = meanings(self._encoder, [word or plain(text), *names])
        near = sorted(range(len(names)), key=lambda k: -float(vectors[1 + k] @ vectors[0]))[:2]
        what = (
            f"Not everything that you name is here; most likely there is no {word!r}."
            if word
            else REFUSALS["refuse_missing"]
        )
        listing = listed([f"the {names[k]}" for k in near], "and")
        return what, f"Nearest to it here {'are' if len(near) > 1 else 'is'} {listing}."

    def _absent(self, text: str, names: list[str], table: EntityTable) -> str | None:
        """Returns the word that most likely names what is not here.

        It is a word that the request's meaning hangs on, that is nearer to the request than to anything here, and
        without which the network no longer says that something is missing.
        """
        words = plain(text).split()
        if not 1 < len(words) <= MOST_WORDS:
            return None
        count = len(words)
        rest = [" ".join(words[:k] + words[k + 1 :]) for k in range(count)]
        vectors = meanings(self._encoder, [" ".join(words), *words, *rest, *names])
        whole, each = vectors[:1], vectors[1 : 1 + count]
        without, things = vectors[1 + count : 1 + 2 * count], vectors[1 + 2 * count :]
        likeness = each @ things.T
        alike, best = likeness.amax(1).tolist(), likeness.argmax(1).tolist()
        weight, part = (1 - without @ whole[0]).tolist(), (each @ whole[0]).tolist()
        texts = [" ".join([*words[:k], names[best[k]], *words[k + 1 :]]) for k in range(count)]
        now, *then = self._chances([" ".join(words), *texts], table)
        marks = [
            weight[k] * (1 - alike[k]) + (part[k] - alike[k]) / 2 + 0.15 * max(0.0, now - then[k]) for k in range(count)
        ]
        order = sorted(range(count), key=lambda k: -marks[k])
        return words[order[0]]

    def _chances(self, texts: Sequence[str], table: EntityTable) -> list[float]:
        """Returns how likely it is that each text is answered with "there is no such thing"."""
        import torch

        allowed = torch.from_numpy(Writer(table).allowed())
        found: list[float] = []
        with torch.inference_mode():
            for start in range(0, len(texts), 24):
                part = list(texts[start : start + 24])
                memory = self._model.remember(inputs_of(self._encoder, self._encoder.tokens(part), [table] * len(part)))
                scores = self._model.write(memory, torch.full((len(part), 1), BOS))[:, -1].float()
                chances = torch.softmax(scores.masked_fill(~allowed, -torch.inf), -1)
                found += chances[:, TOKEN["refuse_missing"]].tolist()
        return found


def _said(name: str) -> str:
    return name.replace("_", " ")
