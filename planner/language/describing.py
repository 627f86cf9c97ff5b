"""Words for things and goals: descriptions that tell things apart, made of labels as plain data and of places."""

from collections import Counter
from collections.abc import Sequence

from planner.instruction import Instruction
from planner.language.layout import Point, places, plain_label
from skills.graph import Draft, Step
from skills.scene import Scene
from skills.symbols import Literal

LITERALS = {
    "on": "put {0} on {1}",
    "in": "put {0} in {1}",
    "open": "open {0}",
    "closed": "close {0}",
    "turned_on": "turn on {0}",
    "turned_off": "turn off {0}",
    "holding": "take {0}",
    "hot": "heat {0}",
    "cold": "chill {0}",
    "clean": "rinse {0}",
    "sliced": "slice {0}",
    "given": "hand {0} to {1}",
    "visited": "go to {0}",
    "turned_left": "turn {0} to the left",
    "turned_right": "turn {0} to the right",
    "moved_left": "slide {0} to the left",
    "moved_right": "slide {0} to the right",
}
"""What bringing a fact about is called."""

FACTS = {
    "on": "{0} must be on {1}",
    "in": "{0} must be in {1}",
    "holding": "I must hold {0}",
    "hand_empty": "my hand must be empty",
    "turned_on": "{0} must be on",
    "turned_off": "{0} must be off",
    "turned_left": "{0} must be turned to the left",
    "turned_right": "{0} must be turned to the right",
    "moved_left": "{0} must be moved to the left",
    "moved_right": "{0} must be moved to the right",
    "given": "{1} must have {0}",
    "visited": "I must have been at {0}",
}
"""What it is called that a fact must hold; other facts are adjectives."""
STEPS = {
    "pick": "pick up {0}",
    "place_on": "put {0} on {1}",
    "place_in": "put {0} in {1}",
    "push": "push {0} to {1}",
    "turn_on": "turn on {0}",
    "turn_off": "turn off {0}",
    "navigate_to": "go to {0}",
    "hand_over": "hand {0} to {1}",
    "heat": "heat {0} in {1}",
    "chill": "chill {0} in {1}",
    "rinse": "rinse {0} in {1}",
    "rotate_left": "turn {0} to the left",
    "rotate_right": "turn {0} to the right",
    "slide_left": "slide {0} to the left",
    "slide_right": "slide {0} to the right",
}
"""What a skill call is called; other skills go by their names."""

BESIDE = {"left": "to the left of", "right": "to the right of", "front": "in front of", "back": "behind"}
RANKS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
APART_M = 0.03
"""Things whose places differ by less than this [m] are not told apart by left and right, front and back."""


def name(identifier: str, scene: Scene) -> str:
    """Returns what an entity, a region or a side area is called, without article."""
    entity = scene.entities.get(scene.canonical(identifier))
    if entity is not None:
        return plain_label(entity.words)
    region = next((r for r in scene.regions if r.id == identifier), None)
    return plain_label(region.label or region.id.replace("_", " ")) if region else plain_label(identifier)


def the(identifier: str, scene: Scene) -> str:
    """Returns an entity, a region or a side area as a noun phrase with its article."""
    thing, dot, side = identifier.partition(".")
    if dot and side in BESIDE and identifier not in scene.entities:
        return f"{BESIDE[side]} {the(thing, scene)}"
    return f"the {name(identifier, scene)}"


def act_words(literal: Literal, scene: Scene) -> str:
    """Returns what bringing a fact about is called, for example ``put the mug on the plate``."""
    return _filled(LITERALS.get(literal.predicate, literal.predicate.replace("_", " ") + " {0}"), literal.args, scene)


def fact_words(literal: Literal, scene: Scene) -> str:
    """Returns that a fact must hold, for example ``the drawer must be open``."""
    return _filled(
        FACTS.get(literal.predicate, "{0} must be " + literal.predicate.replace("_", " ")), literal.args, scene
    )


def step_words(step: Step, scene: Scene) -> str:
    """Returns what a skill call is called, for example ``put the mug on the plate``."""
    known = STEPS.get(step.skill)
    if known is None:
        known = " ".join([step.skill.replace("_", " "), *(f"{{{k}}}" for k in range(len(step.args)))])
    return _filled(known, step.args, scene)


def _filled(text: str, args: Sequence[str], scene: Scene) -> str:
    text = text.format(*(the(a, scene) for a in args), "", "")
    for phrase in BESIDE.values():
        for before in ("on", "to"):
            text = text.replace(f"{before} {phrase}", phrase)
    return text.strip()


def goal_words(draft: Draft, scene: Scene) -> str:
    """Returns what a draft is after, in words."""
    said = [act_words(literal, scene) for literal in draft.goal.literals]
    said = said or [step_words(s, scene) for s in draft.steps]
    return listed(list(dict.fromkeys(said)), "and") or "nothing"


def listed(words: Sequence[str], link: str = "or") -> str:
    """Returns words as one list, for example ``a, b or c``."""
    return f" {link} ".join(p for p in (", ".join(words[:-1]), words[-1]) if p) if words else ""


def told_apart(instruction: Instruction, identifiers: Sequence[str]) -> list[str]:
    """Returns a description for each entity that no other of them fits.

    Names come first; where what they stand on or lie in differs, that too; then left and right, front and back, or what
    is next to them; where nothing else is left, numbers.

    Args:
        instruction: The scene and the facts of the moment.
        identifiers: Entities, regions or side areas, all different.
    """
    scene = instruction.scene
    support = {i: _support(i, instruction) for i in identifiers}
    named = [the(i, scene) for i in identifiers]
    if len(set(support.values())) > 1:
        said = [f"{n} {support[i]}".strip() for i, n in zip(identifiers, named, strict=True)]
    else:
        said = named
    count = Counter(said)
    for phrase in [p for p, n in count.items() if n > 1]:
        twins = [k for k, s in enumerate(said) if s == phrase]
        for k, words in zip(twins, _by_place(instruction, [identifiers[k] for k in twins], phrase), strict=True):
            said[k] = words
    return said


def _support(identifier: str, instruction: Instruction) -> str:
    """Returns where an object is, for example ``in the basket``; nothing for what is no object."""
    scene = instruction.scene
    entity = scene.entities.get(identifier)
    if entity is None or entity.role != "object":
        return ""
    found = [f for f in sorted(instruction.state) if f.predicate in ("in", "on") and f.args[0] == identifier]
    found.sort(key=lambda f: f.args[1] not in scene.entities)
    return f"{found[0].predicate} {the(found[0].args[1], scene)}" if found else ""


def _by_place(instruction: Instruction, twins: Sequence[str], phrase: str) -> list[str]:
    """Returns descriptions of things of one name by where they are."""
    where = places(instruction)
    noun = phrase.removeprefix("the ")
    if not all(t in where for t in twins):
        return [f"the {RANKS[k % len(RANKS)]} {noun}" for k in range(len(twins))]
    for axis, low, middle, high in ((1, "left", "middle", "right"), (0, "back", "middle", "front")):
        along = sorted(twins, key=lambda t: where[t][axis])
        gaps = [where[b][axis] - where[a][axis] for a, b in zip(along, along[1:], strict=False)]
        if min(gaps) < APART_M:
            continue
        if len(twins) <= 3:
            words = [low, high] if len(twins) == 2 else [low, middle, high]
            place = {t: f"the {w} {noun}" for t, w in zip(along, words, strict=True)}
        else:
            side = "from the left" if axis == 1 else "from the back"
            place = {t: f"the {RANKS[k % len(RANKS)]} {noun} {side}" for k, t in enumerate(along)}
        return [place[t] for t in twins]
    beside = [_neighbour(t, twins, where, instruction.scene) for t in twins]
    if None not in beside and len(set(beside)) == len(twins):
        return [f"the {noun} next to {b}" for b in beside]
    return [f"the {RANKS[k % len(RANKS)]} {noun}" for k in range(len(twins))]


def _neighbour(identifier: str, twins: Sequence[str], where: dict[str, Point], scene: Scene) -> str | None:
    """Returns the nearest thing that is none of the twins and has a name of its own."""
    names = Counter(name(i, scene) for i in scene.entities)
    here = where[identifier]

    def far(other: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(here[:2], where[other][:2], strict=True))

    others = [
        e.id
        for e in scene.entities.values()
        if e.role in ("object", "fixture") and e.id not in twins and names[name(e.id, scene)] == 1
    ]
    return the(min(others, key=far), scene) if others else None
