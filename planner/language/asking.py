"""Asking: which readings of an under-specified request are worth a question, its text, and what a reply means.

A reading is worth it when a plan brings it about and its effect differs from the others'. Of several things that look
alike, stand on one support and carry the like, it does not matter which is meant.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from planner.compile import compile_draft
from planner.instruction import Instruction
from planner.language.describing import goal_words, name, told_apart
from skills.graph import Draft, Option, SkillGraph
from skills.symbols import Goal, Literal
from skills.trace import final_state

SHARE = 0.1
"""A reading less likely than this share of the likeliest is no reading. Source: our own."""
MOST_OPTIONS = 6
"""Most readings that one question offers; a longer list is no help to anybody. Source: our own."""
BEAM = 8
"""How many readings are looked for."""
THRESHOLD = 0.5
"""Ask from this probability on, where the weights' card has no calibrated threshold."""
AHEAD = math.log(3.0)
"""How far ahead of the next the reading must be that a reply chooses, in log-probability. Source: our own."""

Effect = tuple[tuple[str, ...], ...]


def joined(request: str, reply: str) -> str:
    """Returns a request and what was said about it later as one text, in the form that the model is trained on."""
    return f"{request.rstrip(' .!?')} - {reply}"


def settle(instruction: Instruction, drafts: Sequence[Draft]) -> Draft:
    """Returns a question between the readings that are left, or the one that is left.

    When none has a plan, the likeliest is returned as it is: the compiler says of it what cannot be done.

    Args:
        instruction: The request.
        drafts: Its readings, at least one, each with its probability.
    """
    known = distinct(drafts)
    kept = different(instruction, known)
    if not kept:
        return known[0]
    if len(kept) == 1:
        return kept[0]
    return question(instruction, kept[:MOST_OPTIONS])


def distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """Returns one draft for each goal, likeliest first, with the probability of all that share the goal."""
    groups: dict[object, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(frozenset(draft.goal.literals) or draft.steps, []).append(draft)
    merged = [
        replace(max(same, key=lambda d: d.confidence), confidence=min(1.0, sum(d.confidence for d in same)))
        for same in groups.values()
    ]
    merged.sort(key=lambda d: -d.confidence)
    return [d for d in merged if d.confidence >= SHARE * merged[0].confidence]


def different(instruction: Instruction, drafts: Sequence[Draft]) -> list[Draft]:
    """Returns the drafts that have a plan, one for each effect; the first of those with one effect is kept."""
    found: dict[Effect, Draft] = {}
    for draft in drafts:
        compiled = compile_draft(draft, instruction.scene, instruction.state, instruction.text)
        changes = effect(instruction, compiled.graph) if compiled.graph is not None else None
        if changes is not None:
            found.setdefault(changes, draft)
    return list(found.values())


def effect(instruction: Instruction, graph: SkillGraph) -> Effect | None:
    """Returns what a plan changes, with things that are alike under one name; None if it cannot be carried through."""
    scene, before = instruction.scene, instruction.state
    after = final_state(graph, scene, before)
    if after is None:
        return None

    def plain(mark: str, literal: Literal) -> tuple[str, ...]:
        return (mark, literal.predicate, *(alike(a, instruction) for a in literal.args))

    return tuple(sorted([plain("+", f) for f in after - before] + [plain("-", f) for f in before - after]))


def alike(identifier: str, instruction: Instruction) -> str:
    """Returns a name that an object shares with those that look alike, stand where it stands and carry the like."""
    thing, dot, side = identifier.partition(".")
    entity = instruction.scene.entities.get(thing)
    if entity is None or entity.role != "object":
        return identifier
    scene = instruction.scene
    facts = sorted(
        (f.predicate, *f.args[1:]) if f.args[0] == thing else ("has", f.predicate, name(f.args[0], scene))
        for f in instruction.state
        if thing in f.args
    )
    return repr((entity.kind, entity.words, facts, dot, side))


def question(instruction: Instruction, readings: Sequence[Draft], again: bool = False) -> Draft:
    """Returns the question that tells readings apart, with them as its options.

    Args:
        instruction: The request.
        readings: At least two.
        again: Whether a reply to it could not be read.
    """
    words, text = _contrast(instruction, readings)
    options = tuple(Option(w, d) for w, d in zip(words, readings, strict=True))
    listing = ", ".join(words[:-1]) + f", or {words[-1]}?"
    sorry = "I still cannot tell. " if again else ""
    confidence = min(1.0, sum(d.confidence for d in readings))
    return Draft(Goal(()), question=f"{sorry}{text}: {listing}", confidence=confidence, options=options)


def _contrast(instruction: Instruction, readings: Sequence[Draft]) -> tuple[list[str], str]:
    """Returns what tells each reading apart, and how the question begins."""
    scene = instruction.scene
    mentioned = [list(dict.fromkeys(a for x in (d.goal.literals or d.steps) for a in x.args)) for d in readings]
    common = set(mentioned[0]).intersection(*mentioned[1:])
    own = [[a for a in names if a not in common] for names in mentioned]
    shapes = {tuple(x.predicate for x in d.goal.literals) for d in readings}
    if len(shapes) == 1 and all(len(o) == 1 for o in own) and len({o[0] for o in own}) == len(own):
        things = [o[0] for o in own]
        if all("." not in t for t in things):
            said = told_apart(instruction, things)
            noun = _shared([name(t, scene) for t in things])
            said = [_short(s, noun) for s in said]
            return said, f"Which {noun or 'one'} do you mean"
    return [f"{k}) {goal_words(d, scene)}" for k, d in enumerate(readings, 1)], "What do you mean"


def _shared(names: Sequence[str]) -> str:
    """Returns the noun that names end with: that before ``of`` if what follows is the same, or is not a name's end."""
    tails = {n.partition(" of ")[2] for n in names}
    heads = [n.partition(" of ")[0].split() for n in names]
    shared: list[str] = []
    for words in zip(*(h[::-1] for h in heads), strict=False):
        if len(set(words)) > 1:
            break
        shared.insert(0, words[0])
    tail = tails.pop() if len(tails) == 1 else ""
    return " ".join(shared) + (f" of {tail}" if tail and shared else "")


def _short(said: str, noun: str) -> str:
    """Returns a description without the ``of ...`` that the question itself says."""
    _, of, tail = noun.partition(" of ")
    return said.replace(f" of {tail}", "", 1) if of else said


def union(instruction: Instruction, readings: Sequence[Draft]) -> Draft | None:
    """Returns the reading that means all of them ("both"), if there is a plan for it."""
    literals = tuple(dict.fromkeys(x for d in readings for x in d.goal.literals))
    every = Draft(Goal(literals), confidence=min(d.confidence for d in readings))
    return every if compile_draft(every, instruction.scene, instruction.state, instruction.text) else None


def chosen(scores: Sequence[float], ahead: float = AHEAD) -> int | None:
    """Returns the index of the best score, if it is clearly ahead of the next."""
    order = sorted(range(len(scores)), key=lambda k: -scores[k])
    if not order or scores[order[0]] == -math.inf:
        return None
    return order[0] if len(order) == 1 or scores[order[0]] - scores[order[1]] >= ahead else None
