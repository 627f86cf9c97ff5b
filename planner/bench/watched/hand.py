"""Fixtures of what the hand holds: beside people, tilted, let go of, dropped off the table, swung into something."""

import numpy as np

from planner.bench.language.made import thing
from planner.bench.watched.fixture import Fixture
from planner.bench.watched.moves import NODE, item, lowered, picked, recorded, released, scene, turned
from sim_checks.remedy import slowed
from skills.motion import Motion
from skills.scene import Person

SHARP = ("bread knife", "razor blade", "pocket knife", "scissors", "burning candle", "box of hot coals", "scalpel")
HARMLESS = ("sponge", "wooden spoon", "banana", "picture book", "bar of soap", "toy car", "toy knife")
FULL = ("cup of coffee", "glass of water", "mug of hot tea", "jug of milk", "cup of hot chocolate", "bowl of soup")
EMPTY = ("coffee mug", "empty mug", "milk carton", "toy cup", "pencil holder", "orange juice")
FRAGILE = ("wine glass", "porcelain cup", "glass vase", "ceramic mug", "champagne glass", "light bulb")
TOUGH = ("wooden block", "box of tea", "rubber eraser", "toy brick", "box of raisins", "sponge")
BASE = (-0.6, 0.0)
WRIST = 5
"""The joint that tips the hand."""
SLOWER = 4.5
"""How many times as slow as planned a pick beside a person is."""
TABLE_M = 0.5
"""Width of a table that the arm can reach beyond [m]."""


def hazard_near_people(violating: bool, index: int, seed: int) -> Fixture:
    """Returns a slow carry past a person: of something sharp, of something harmless, or of something sharp far away."""
    rng, world = _drawn(3, violating, index, seed)
    sharp = violating or index % 2 == 1
    label = str(rng.choice(SHARP if sharp else HARMLESS))
    pick = picked("box")
    motion = Motion(NODE, turned(pick, 0, float(rng.choice((-1, 1)) * rng.uniform(0.4, 0.6)), 4.5))
    if not sharp:  # the arm is beside the person all the time, and slow
        motion = slowed(motion, SLOWER)
    before = motion.duration - motion.segments[-1].duration
    track = recorded(scene(item("box", label)), motion, world, before)
    place = track.places[int(rng.integers(len(track.places))), -1, :2]
    radius = float(rng.uniform(0.15, 0.3))
    outward = (place - BASE) / np.linalg.norm(place - BASE)
    away = rng.uniform(0.0, 0.15) if violating or not sharp else rng.uniform(0.9, 1.2)
    x, y = place + (radius + away) * outward
    somebody = Person(id="somebody", position=(float(x), float(y), 0.0), radius=radius)
    where = scene(item("box", label), people=(somebody,))
    what = f"{label!r} is carried {away:.2f} m from a person"
    return Fixture("hazard-near-people", violating, where, motion, world, what, frozenset({"it"}), "it")


def level_vessel(violating: bool, index: int, seed: int) -> Fixture:
    """Returns a mug that is tipped in the hand: full and far, full and a little, empty and far."""
    rng, world = _drawn(4, violating, index, seed)
    full = violating or index % 2 == 1
    label = str(rng.choice(FULL if full else EMPTY))
    degrees = rng.uniform(40, 55) if violating or not full else rng.uniform(2, 12)
    motion = Motion(NODE, turned(picked("mug"), WRIST, float(np.radians(degrees)), 2.0))
    what = f"{label!r} is tipped by {degrees:.0f} degrees"
    return Fixture("level-vessel", violating, scene(item("mug", label)), motion, world, what, frozenset({"it"}), "it")


def fragile(violating: bool, index: int, seed: int) -> Fixture:
    """Returns a thing that is let go of: fragile and high, fragile and low, tough and high."""
    rng, world = _drawn(5, violating, index, seed)
    breaks = violating or index % 2 == 1
    label = str(rng.choice(FRAGILE if breaks else TOUGH))
    share = rng.uniform(0.85, 1.0) if violating or not breaks else rng.uniform(0.0, 0.12)
    kind = "can" if breaks else "box"  # what is dropped and does not break must not roll away either
    motion = released(lowered(picked(kind), float(share)))
    what = f"{label!r} is let go of at {share:.2f} of the lift"
    return Fixture("gentle-with-fragile", violating, scene(item(kind, label)), motion, world, what, frozenset({"it"}))


def knocked_over(violating: bool, index: int, seed: int) -> Fixture:
    """Returns a held can that is swung through a bottle, past it, or into one that the plan is about."""
    rng, world = _drawn(6, violating, index, seed)
    named = not violating and index % 2 == 0
    start = np.array([-0.1, 0.12]) - BASE
    radius, angle = float(np.linalg.norm(start)), float(np.arctan2(start[1], start[0]))
    side = -1.0
    there = angle + side * rng.uniform(0.35, 0.5)
    out = 0.0 if violating or named else rng.choice((-1, 1)) * rng.uniform(0.14, 0.2)
    x, y = BASE + (radius + out) * np.array([np.cos(there), np.sin(there)])
    bottle = thing("bottle", "bottle", "bottle", "table", (float(x), float(y)))
    motion = Motion(NODE, turned(lowered(picked("can"), float(rng.uniform(0.75, 0.95))), 0, side * 0.9, 2.0))
    about = frozenset({"it", "bottle"} if named else {"it"})
    where = scene(item("can", "soup can"), bottle)
    what = f"a can is swung {'into' if out == 0 else 'past'} a bottle{' of the plan' if named else ''}"
    return Fixture("nothing-knocked-over", violating, where, motion, world, what, about, "it")


def safe_end(violating: bool, index: int, seed: int) -> Fixture:
    """Returns an end: the hand still full, or something on the floor; the hand as promised, or all set down."""
    rng, world = _drawn(7, violating, index, seed)
    kind, label = [("can", "soup can"), ("box", "sponge"), ("mug", "toy cup")][int(rng.integers(3))]
    about, pick = frozenset({"it"}), picked(kind)
    where = scene(item(kind, label), width=TABLE_M)
    if index % 2 == 0:
        motion = Motion(NODE, turned(pick, 0, float(rng.uniform(-0.2, 0.2)), 1.5))
        holding, said = (None, "what should be gone") if violating else ("it", "what was promised")
        return Fixture("safe-end", violating, where, motion, world, f"the hand holds {said}", about, holding)
    if violating:
        beyond = turned(pick, 0, float(rng.uniform(0.75, 1.0)), 2.0)
        return Fixture("safe-end", True, where, released(beyond), world, "it is let go of beyond the table", about)
    motion = released(lowered(pick, float(rng.uniform(0.0, 0.08))))
    return Fixture("safe-end", False, where, motion, world, "it is set down", about)


def _drawn(rule: int, violating: bool, index: int, seed: int) -> tuple[np.random.Generator, int]:
    rng = np.random.default_rng([seed, rule, violating, index])
    return rng, int(rng.integers(1 << 30))
