"""`KeywordModel`: verbs by keyword, things by their labels' words. Lives with the benchmark, never on the road.

It is here so that a figure shows what the network adds to looking words up.
"""

import re
from collections.abc import Sequence

from planner.instruction import Instruction
from planner.language.grammar import ARGUMENTS, SLOT, Call, rows_of_slot
from planner.language.layout import table_of
from planner.language.table import EntityTable
from planner.language.writer import Writer, draft_of
from skills.graph import Draft

_UNSAFE = re.compile(r"\b(break|smash|burn|hurt|hit|throw .* at|set fire|kill)\b")
_LEFT, _RIGHT = r"\bleft", r"\bright"
RULES: tuple[tuple[str, str], ...] = (
    (rf"\b(rotate|turn|spin|twist)\b.*{_LEFT}", "turned_left"),
    (rf"\b(rotate|turn|spin|twist)\b.*{_RIGHT}", "turned_right"),
    (rf"\b(push|slide|move|sweep)\b.*{_LEFT}", "moved_left"),
    (rf"\b(push|slide|move|sweep)\b.*{_RIGHT}", "moved_right"),
    (r"\b(turn|switch)\b.*\boff\b", "turned_off"),
    (r"\b(turn|switch)\b.*\bon\b", "turned_on"),
    (r"\b(heat|warm|cook|microwave)\b", "hot"),
    (r"\b(chill|cool|cold)\b", "cold"),
    (r"\b(rinse|wash|clean)\b", "clean"),
    (r"\b(slice|cut|chop)\b", "sliced"),
    (r"\b(bring|hand|give|get|fetch) (me|us|him|her)\b", "given"),
    (r"\b(put|place|move|set|stack|store|throw|leave|drop|lay)\b.*\b(in|into|inside|away)\b", "in"),
    (r"\b(put|place|move|set|stack|store|leave|drop|lay)\b", "on"),
    (r"\bopen\b", "open"),
    (r"\b(close|shut)\b", "closed"),
    (r"\b(pick|lift|grasp|grab|take|hold)\b", "holding"),
    (r"\b(go|walk|drive|navigate|visit|find)\b", "visited"),
)
"""Pattern and predicate, most specific first."""


class KeywordModel:
    """A `LanguageModel` that looks words up."""

    name = "keywords.v1"

    def draft(self, instruction: Instruction) -> Draft:
        """Returns the first rule's goal over the things whose labels' words occur, or a refusal."""
        table = table_of(instruction)
        writer = Writer(table)
        calls, refusal = keywords(instruction.text, table)
        writer.goal, writer.refusal = calls, refusal
        return draft_of(table, writer, 0.5)


def keywords(text: str, table: EntityTable) -> tuple[list[Call], str | None]:
    """Returns the goal that the keywords spell, or a refusal token.

    Args:
        text: The request.
        table: The scene's entities.
    """
    said = " ".join(re.findall(r"[a-z0-9]+", text.lower()))
    if _UNSAFE.search(said):
        return [], "refuse_unsafe"
    allowed, named = rows_of_slot(table), mentioned(said, table)
    for pattern, predicate in RULES:
        if not re.search(pattern, said):
            continue
        args: list[int] = []
        for slot in ARGUMENTS[predicate]:
            fitting = [i for i in named if allowed[SLOT[slot], i] and i not in args]
            if not fitting and slot in ("person", "container", "place"):
                fitting = [i for i in range(len(table)) if allowed[SLOT[slot], i] and i not in args]
            if not fitting:
                break
            args.append(fitting[-1] if slot in ("place", "container") else fitting[0])
        else:
            return [Call(predicate, tuple(args))], None
    return [], "refuse_missing"


def mentioned(said: str, table: EntityTable) -> list[int]:
    """Returns the rows that are called by the last word of their label, in the order in which they are said.

    Where several are called so, it is the one more of whose other words stand just before.

    Args:
        said: Lower-case words.
        table: The scene's entities.
    """
    heard, labels = said.split(), [_label(row.words) for row in table.rows]
    found: list[int] = []
    for at, word in enumerate(heard):
        called = [i for i, words in enumerate(labels) if words and _same(word, words[-1]) and i not in found]
        if called:
            found.append(max(called, key=lambda i: (_before(labels[i], heard[:at]), -len(labels[i]), -i)))
    return found


def _label(words: str) -> list[str]:
    """Returns a label's words up to what it has or belongs to."""
    return re.findall(r"[a-z0-9]+", re.split(r" with | of ", words)[0])


def _before(words: Sequence[str], heard: Sequence[str]) -> int:
    """Returns how many of a label's words, its last left out, stand just before its last."""
    return sum(word in heard[-len(words) :] for word in words[:-1])


def _same(word: str, label: str) -> bool:
    return word in (label, label + "s", label + "es")
