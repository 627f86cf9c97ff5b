"""How drawers, levels, compartments and tops are called."""

from typing import TYPE_CHECKING

from planner.factory.lexicon import fixtures
from planner.factory.reference import Reference

if TYPE_CHECKING:
    from planner.factory.refer import Referrer

LEVELS = ("top", "middle", "bottom")
COMPARTMENTS = ("front", "back", "left", "right")
ROUNDABOUT = {
    "top": [
        "drawer above the middle one",
        "drawer over the middle drawer",
        "drawer at the very top",
        "first drawer from the top",
        "third drawer from the bottom",
        "highest of the drawers",
        "drawer on top",
    ],
    "middle": [
        "drawer below the top one",
        "drawer under the top drawer",
        "drawer above the bottom one",
        "drawer over the lowest one",
        "drawer in the middle",
        "drawer between the top and bottom ones",
        "second drawer from the top",
        "second drawer from the bottom",
        "drawer in between the other two",
        "drawer right beneath the top one",
    ],
    "bottom": [
        "drawer below the middle one",
        "drawer under the middle drawer",
        "drawer beneath the middle one",
        "drawer at the very bottom",
        "first drawer from the bottom",
        "last drawer from the top",
        "lowest of the drawers",
        "third drawer down",
        "drawer underneath the middle one",
    ],
}
"""Descriptions of a drawer by the others."""


def parts_of(shape: str) -> list[tuple[str, str, str]]:
    """Returns part, words and letters (s surface, c container, o openable) of what a fixture consists of."""
    if shape == "cabinet":
        return [*((f"{n}_region", f"{n} drawer", "co") for n in LEVELS), ("top_side", "top", "s")]
    if shape == "oven":
        return [("top_side", "top", "s")]
    if shape == "shelf":
        return [
            ("top_region", "shelf", "c"),
            ("bottom_region", "lower level, under the shelf", "c"),
            ("top_side", "top", "s"),
        ]
    if shape == "caddy":
        return [(f"{n}_contain_region", f"{n} compartment", "c") for n in COMPARTMENTS]
    return []


def part_words(say: "Referrer", row: int) -> Reference | None:
    """Returns an expression for a part, or None if its thing cannot be told.

    Args:
        say: The referrer of this world.
        row: The part's row.
    """
    rows, infos = say.world.rows, say.world.infos
    info, parent = infos[row], rows[row].parent
    alone = sum(f.part == info.part and f.shape == info.shape for f in infos) == 1
    if info.part == "top_side" or info.shape == "shelf":
        owner = _owner(say, parent)
        return None if owner is None else _level(say, info.part, owner)
    if info.shape == "cabinet":
        stated = _by_state(say, row)
        if stated is not None and say.chance(0.12):
            return stated
    text: str | None = None
    if not alone or say.chance(0.55):
        text = _owner(say, parent)
        if text is None and not alone:
            return None
    if info.shape == "cabinet":
        level = info.part.removesuffix("_region")
        draw = say.rng.random()
        if draw < 0.05:
            noun = f"drawer {say.pick(['at', 'on'])} the {level}"
        elif draw < 0.16:
            noun = say.pick(ROUNDABOUT[level])
        else:
            words = fixtures()["cabinet"]["levels"][level]
            said = words[0] if say.chance(0.5) else say.pick(words)
            noun = f"{said} drawer" if say.chance(0.93) else said + say.pick([" one", " compartment"])
    else:
        side = info.part.removesuffix("_contain_region")
        word = say.pick(fixtures()["caddy"]["compartments"]) if say.chance(0.5) else "compartment"
        if text is not None and say.chance(0.12):
            at = say.pick(["on", "at"])
            return Reference(f"the {word} {at} the {say.pick([side, side + ' side'])} of {text}", "part")
        noun = f"{say.pick(fixtures()['caddy']['sides'][side]) if say.chance(0.3) else side} {word}"
    if text is None:
        return Reference(f"the {noun}", "part")
    draw = say.rng.random()
    short = len(text.split()) < 4
    if draw < 0.12 and short:
        return Reference(f"{text}'s {noun}", "part")
    if draw < 0.22 and short and text.startswith("the ") and noun.endswith(" drawer") and "drawer" not in text:
        return Reference(f"{text} {noun}", "part")
    return Reference(f"the {noun} {say.pick(['of', 'of', 'of', 'of', 'in', 'in', 'on', 'from'])} {text}", "part")


def _owner(say: "Referrer", parent: int) -> str | None:
    """Returns what the thing is called that a part belongs to."""
    said = say.say(parent, simple=say.chance(0.9))
    if said is None and not say.depth:
        said = say.anchor(parent)
    return None if said is None else said.text


def _by_state(say: "Referrer", row: int) -> Reference | None:
    """Returns "the open drawer", if only one drawer is open."""
    rows, infos = say.world.rows, say.world.infos
    opened = [i for i, f in enumerate(infos) if f.shape == "cabinet" and rows[i].openable and rows[i].opened]
    if opened == [row]:
        return Reference(
            say.pick(["the open drawer", "the drawer that is open", "the open one of the drawers"]), "state"
        )
    return None


def _level(say: "Referrer", part: str, owner: str) -> Reference:
    """Returns what a level of a shelf, or the top of anything, is called."""
    if part == "top_side":
        return Reference(f"the top of {owner}", "part")
    if part == "top_region" and say.chance(0.55):
        return Reference(owner if "shel" in owner or "book" in owner else f"{owner} shelf", "part")
    words = fixtures()["shelf"]["levels"][part.removesuffix("_region")]
    return Reference(f"the {say.pick(words)} of {owner}", "part")
