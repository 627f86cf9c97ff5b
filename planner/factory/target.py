"""Where something goes, in words: preposition and place for a target entity or a side of one."""

import numpy as np

from planner.factory.refer import Referrer
from planner.factory.reference import Reference
from planner.factory.relate import ground

FLAT = ("plate", "saucer", "platter", "cutting board", "cake stand", "coaster", "trivet")
SIDES_SAID = {
    "left": [
        "to the left of",
        "to the left of",
        "left of",
        "on the left of",
        "on the left side of",
        "on the left-hand side of",
        "at the left of",
    ],
    "right": [
        "to the right of",
        "to the right of",
        "right of",
        "on the right of",
        "on the right side of",
        "on the right-hand side of",
        "at the right of",
    ],
    "front": [
        "in front of",
        "in front of",
        "to the front of",
        "to the front of",
        "at the front of",
        "just before",
        "on the front side of",
    ],
    "back": ["behind", "behind", "to the back of", "in back of", "to the rear of", "at the back of", "at the rear of"],
}


def target_words(say: Referrer, row: int, side: str | None, known: Reference | None = None) -> Reference | None:
    """Returns preposition and place, or None if the place cannot be told.

    Args:
        say: The referrer of this world.
        row: The target's row.
        side: The side of it that is meant, or None for the target itself.
        known: How the target itself is called, if that is already said ("it").
    """
    rng: np.random.Generator = say.rng
    rows, infos = say.world.rows, say.world.infos
    info, entity = infos[row], rows[row]
    if side is not None:
        said = known or say.say(row)
        if said is None:
            return None
        if rng.random() < 0.1 and side in ("left", "right") and len(said.text.split()) < 4:
            return Reference(
                f"{say.pick(['to', 'on'])} {said.text}'s {side}{say.pick(['', ' side', ' hand side'])}", said.mode
            )
        near = say.pick(["just ", "right ", "directly ", "immediately "]) if rng.random() < 0.08 else ""
        return Reference(f"{near}{say.pick(SIDES_SAID[side])} {said.text}", said.mode)
    if info.part == "top_side":
        said = known or say.say(entity.parent)
        if said is None:
            return None
        plain = info.shape == "cabinet" or info.shape == "oven"
        options = [
            "on top of",
            "on top of",
            "on top of",
            "on the top of",
            "atop",
            "onto the top of",
            "up on top of",
            "over the top of",
        ]
        if plain and known is None:
            options += ["on", "on", "onto", "upon"]
        return Reference(f"{say.pick(options)} {said.text}", said.mode)
    if info.part == "bottom_region" and info.shape == "shelf" and known is None and rng.random() < 0.7:
        said = say.say(entity.parent)
        if said is None:
            return None
        text = said.text if "shel" in said.text or rng.random() < 0.3 else said.text + " shelf"
        return Reference(f"{say.pick(['under', 'under', 'under', 'below', 'beneath', 'underneath'])} {text}", said.mode)
    name = entity.words
    if entity.role == "table":
        under = ground(say, row)
        told = known or (say.say(row) if under is None else Reference(under, "name"))
        if told is None:
            return None
        said = told
        return Reference(
            f"{say.pick(['on', 'on', 'onto', 'back on', 'down on', 'back onto', 'on top of'])} {said.text}", "name"
        )
    whole = known or say.say(row)
    if whole is None:
        return None
    said = whole
    if info.part in ("top_region", "bottom_region") and info.shape == "shelf":
        return Reference(f"{say.pick(['on', 'on', 'on', 'onto', 'in', 'into', 'upon'])} {said.text}", said.mode)
    if entity.container:
        options = ["in", "in", "in", "into", "inside", "inside of", "within"]
        if info.part.endswith("contain_region"):
            options += ["to", "in"]
        if "tray" in name or "board" in name or "rack" in name:
            options += ["on", "onto", "on"]
        return Reference(f"{say.pick(options)} {said.text}", said.mode)
    options = ["on", "on", "on", "onto", "on top of", "atop", "upon"]
    if info.shape == "receptacle" and not any(f in info.names for f in FLAT):
        options = ["on", "in", "in", "into", "inside", "in", "on top of", "onto"]
    if info.shape == "rack":
        options += ["in", "into", "on"]
    return Reference(f"{say.pick(options)} {said.text}", said.mode)
