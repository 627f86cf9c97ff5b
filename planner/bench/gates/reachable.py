"""`reachable`: which facts a set of calls can bring about at all, said without the skills' operators."""

from collections.abc import Mapping, Sequence

from skills.graph import Step
from skills.scene import Scene
from skills.symbols import OPPOSITE, SIDES, Literal, State

MAKES = {
    "open": ("open", "closed"),
    "close": ("closed", "open"),
    "turn_on": ("turned_on", "turned_off"),
    "turn_off": ("turned_off", "turned_on"),
    "rotate_left": ("turned_left", "turned_right"),
    "rotate_right": ("turned_right", "turned_left"),
    "slide_left": ("moved_left", "moved_right"),
    "slide_right": ("moved_right", "moved_left"),
    "heat": ("hot", "cold"),
    "chill": ("cold", "hot"),
    "rinse": ("clean", None),
    "cut": ("sliced", None),
    "press": ("pressed", None),
    "pull": ("moved_back", None),
    "inspect": ("inspected", None),
}
"""Skill -> what it makes true of its first argument, and what it makes false."""
FITS = {"stack": ("stacked", "on"), "insert": ("inserted", "in")}
"""Skill -> what it makes true of its arguments, and where the first is then."""
EMPTY = Literal("hand_empty")


def reachable(steps: Sequence[Step], start: State, scene: Scene, regions: Mapping[str, str]) -> frozenset[Literal]:
    """Returns the facts that calls can bring about, and their opposites.

    Args:
        steps: The calls.
        start: Facts at the start.
        scene: The scene.
        regions: Region -> what it is on.
    """
    found = {EMPTY}
    for step in steps:
        first, skill = step.args[0], step.skill
        if skill in MAKES:
            found |= {Literal(p, (first,)) for p in MAKES[skill] if p}
        elif skill == "pick":
            found.add(Literal("holding", (first,)))
        elif skill in FITS:
            made, place = FITS[skill]
            found |= {Literal(made, step.args), Literal(place, step.args), Literal("holding", (first,))}
        elif skill in ("place_in", "hand_over"):
            found |= {Literal("in" if skill == "place_in" else "given", step.args), Literal("holding", (first,))}
        elif skill == "pour":
            found |= {Literal("filled", (vessel,)) for vessel in step.args}
        elif skill == "wait_until":
            event = step.args[1]
            found |= {Literal(p, (first,)) for p in (event, OPPOSITE.get(event)) if p}
        elif skill == "wipe":
            found |= {Literal("wiped", (step.args[1],)), Literal("holding", (first,))}
        elif skill == "navigate_to":
            found.add(Literal("visited", step.args))
        elif skill == "convey":
            found.add(Literal("on", (first, f"{step.args[1]}_end_region")))
        else:
            found.add(Literal("on", step.args))
            found.add(Literal("holding", (first,)) if skill == "place_on" else Literal("on", step.args))
            if step.args[1] in regions:
                found.add(Literal("on", (first, regions[step.args[1]])))
    beside = [s.args for s in steps if s.skill in ("place_on", "push") and is_side(s.args[1])]
    count = -1
    while count != len(found):  # what is beside a thing may be on whatever that thing may be on
        count = len(found)
        places = [f for f in found | start if f.predicate in ("on", "in") and f.args[1] in scene.entities]
        for thing, area in beside:
            carriers = [(f.predicate, f.args[1]) for f in places if f.args[0] == area.partition(".")[0]]
            found |= {Literal(p, (thing, c)) for p, c in carriers if c != thing}
    return frozenset(found)


def is_side(place: str) -> bool:
    """Says whether a place is beside a thing, such as `plate.left`."""
    return place.partition(".")[2] in SIDES
