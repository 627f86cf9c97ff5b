"""How drawers, levels, compartments and tops are called."""

from typing import TYPE_CHECKING

from planner.factory.lexicon import fixtures
from planner.factory.reference import Reference

if TYPE_CHECKING:
    from planner.factory.refer import Referrer


def part_words(say: "Referrer", row: int) -> Reference | None:
    """Returns an expression for a part, or None if its thing cannot be told.

    Args:
        say: The referrer of this world.
        row: The part's row.
    """
    rows, infos = say.world.rows, say.world.infos
    info, parent = infos[row], rows[row].parent
    alone = sum(f.part == info.part and f.shape == info.shape for f in infos) == 1
    owner: Reference | None = None
    if not alone or say.chance(0.6):
        owner = say.say(parent, simple=say.chance(0.7))
        if owner is None and not alone:
            return None
    if info.part == "top_side" or info.shape == "shelf":
        owner = owner or say.say(parent)
        return None if owner is None else _level(say, info.part, owner.text)
    if info.shape == "cabinet":
        level = info.part.removesuffix("_region")
        if owner is None and say.chance(0.06):
            return Reference(f"the drawer {say.pick(['at', 'on'])} the {level}", "part")
        words = fixtures()["cabinet"]["levels"][level]
        said = words[0] if say.chance(0.55) else say.pick(words)
        noun = f"{said} drawer" if say.chance(0.93) else said + say.pick([" one", " compartment"])
    else:
        side = info.part.removesuffix("_contain_region")
        word = say.pick(fixtures()["caddy"]["compartments"]) if say.chance(0.5) else "compartment"
        if owner is not None and say.chance(0.12):
            at = say.pick(["on", "at"])
            return Reference(f"the {word} {at} the {say.pick([side, side + ' side'])} of {owner.text}", "part")
        noun = f"{say.pick(fixtures()['caddy']['sides'][side]) if say.chance(0.3) else side} {word}"
    if owner is None:
        return Reference(f"the {noun}", "part")
    if say.chance(0.15):
        return Reference(f"{owner.text}'s {noun}", "part")
    return Reference(f"the {noun} {say.pick(['of', 'of', 'of', 'in', 'on'])} {owner.text}", "part")


def _level(say: "Referrer", part: str, owner: str) -> Reference:
    """Returns what a level of a shelf, or the top of anything, is called."""
    if part == "top_side":
        return Reference(f"the top of {owner}", "part")
    if part == "top_region" and say.chance(0.55):
        return Reference(owner if "shel" in owner or "book" in owner else f"{owner} shelf", "part")
    words = fixtures()["shelf"]["levels"][part.removesuffix("_region")]
    return Reference(f"the {say.pick(words)} of {owner}", "part")
