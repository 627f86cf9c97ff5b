"""Reading a request again: which of its readings a reply means, and what else it may have meant."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.compile import compile_draft
from planner.instruction import Instruction
from planner.language.asking import BEAM, joined
from planner.language.decode import decode
from planner.language.describing import RANKS
from planner.language.encoder import SentenceEncoder
from planner.language.phrases import meanings, plain
from planner.language.scoring import goal_tokens, score
from planner.language.table import EntityTable, Row
from planner.language.writer import draft_of
from skills.finding import Finding
from skills.graph import Draft, Option
from skills.symbols import Goal, Literal

if TYPE_CHECKING:
    from planner.language.network import Grounder

SHARPNESS = 12.0
"""Log-odds per unit of cosine between a reply and an option's own words. Source: our own, on a small set of replies."""
LEAST_SAID = -5.0
"""What the network says at least of an option, in log-odds: it may not know this way to answer. Source: our own."""
NOT_THIS = "no, the other one"
"""How a person says that another thing was meant; joined to the request for the network."""
MOST_TRIED = 8
"""Most other readings for which a plan is looked for."""
LIKENESS = 8.0
"""Log-odds per unit of cosine between the things that are exchanged: "the other one" is one of its kind. Our own."""


def reply_scores(
    model: "Grounder",
    encoder: SentenceEncoder,
    text: str,
    reply: str,
    table: EntityTable,
    options: Sequence[Option],
    every: Draft | None,
) -> list[float]:
    """Returns how well each option, and then all of them together, fits a reply, as log-odds.

    Two readers count: the network, of the request and the reply as one text, and the sentence encoder, of the reply
    beside the words that the question used for the option and beside its number in the list.

    Args:
        model: The network.
        encoder: The sentence encoder.
        text: Request and reply as one text.
        reply: The reply alone.
        table: The scene's entities.
        options: What the question offered.
        every: All options in one draft, where they can be had together.
    """
    goals = [o.draft.goal for o in (*options, *([Option("", every)] if every else []))]
    tokens = [goal_tokens(g, table) for g in goals]
    known = [k for k, t in enumerate(tokens) if t is not None]
    read = [-math.inf] * len(goals)
    for k, value in zip(known, score(model, encoder, text, table, [t for t in tokens if t is not None]), strict=True):
        read[k] = value
    read = _normal(read)
    names = [[o.words, f"the {RANKS[k % len(RANKS)]} one"] for k, o in enumerate(options)]
    names[-1].append("the last one")
    if every is not None:
        names.append(["both of them", "all of them"])
    flat = [p for group in names for p in group]
    vectors = meanings(encoder, [plain(reply), *map(plain, flat)])
    cosines = iter((vectors[1:] @ vectors[0]).tolist())
    near = _normal([SHARPNESS * max(next(cosines) for _ in group) for group in names])
    if all(r == -math.inf for r in read):
        return near
    return [max(r, LEAST_SAID) + n for r, n in zip(read, near, strict=True)]


def _normal(scores: Sequence[float]) -> list[float]:
    """Returns log-probabilities over the scores given."""
    top = max(scores)
    if top == -math.inf:
        return list(scores)
    total = top + math.log(sum(math.exp(s - top) for s in scores))
    return [s - total for s in scores]


def another(
    model: "Grounder",
    encoder: SentenceEncoder,
    instruction: Instruction,
    table: EntityTable,
    excluded: Sequence[Goal],
) -> Draft:
    """Returns the likeliest other reading that has a plan, or a refusal.

    Other readings are those of a beam, and the last excluded goal with one thing exchanged for another.

    Args:
        model: The network.
        encoder: The sentence encoder.
        instruction: The request.
        table: The scene's entities.
        excluded: Goals that were not meant, oldest first.
    """
    found = decode(model, encoder, instruction.checked(), table, BEAM, refusals=False, only="act")
    candidates = {d.goal: 0.0 for d in (draft_of(table, f.writer, f.confidence) for f in found)}
    if excluded:
        alike = meanings(encoder, [r.words for r in table.rows])
        for goal, old, new in _swaps(excluded[-1], table):
            candidates[goal] = LIKENESS * (float(alike[old] @ alike[new]) - 1.0)
    barred = {frozenset(g.literals) for g in excluded}
    goals = [g for g in candidates if frozenset(g.literals) not in barred and g.missing(instruction.state)]
    tokens = {g: t for g in goals if (t := goal_tokens(g, table)) is not None}
    text = joined(instruction.checked(), NOT_THIS)
    scores = dict(zip(tokens, score(model, encoder, text, table, list(tokens.values())), strict=True))
    order = sorted((g for g in scores if scores[g] > -math.inf), key=lambda g: -(scores[g] + candidates[g]))
    for goal in order[:MOST_TRIED]:
        draft = Draft(goal, confidence=math.exp(scores[goal]))
        if compile_draft(draft, instruction.scene, instruction.state, instruction.text):
            return draft
    why = Finding("no-other-reading", "instruction", "I see no other thing that could be meant.", "Say what you mean.")
    return Draft(Goal(()), refusal=why.what, confidence=0.0, why=why)


def _swaps(goal: Goal, table: EntityTable) -> Iterator[tuple[Goal, int, int]]:
    """Yields the goals in which one thing is exchanged for another of its role, with both rows."""
    index = {row.id: i for i, row in enumerate(table.rows)}
    for name in dict.fromkeys(a.partition(".")[0] for x in goal.literals for a in x.args):
        for new, row in enumerate(table.rows):
            if name in index and row.id != name and _like(row, table.rows[index[name]]):
                literals = (
                    Literal(x.predicate, tuple(_renamed(a, name, row.id) for a in x.args)) for x in goal.literals
                )
                yield Goal(tuple(dict.fromkeys(literals))), index[name], new


def _like(one: Row, other: Row) -> bool:
    return one.role == other.role


def _renamed(argument: str, old: str, new: str) -> str:
    thing, dot, side = argument.partition(".")
    return f"{new}{dot}{side}" if thing == old else argument
