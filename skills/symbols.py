"""Symbols: predicates, literals and symbolic states.

A literal is lifted nowhere in this project: skills ground themselves from a scene, so a literal
always names entity ids of one scene.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from skills.errors import VocabularyError, did_you_mean


@dataclass(frozen=True)
class Predicate:
    """A relation that geometry and joint states decide.

    Args:
        name: The predicate's id.
        arity: Number of entity arguments.
        words: One line that says when it holds.
        goal: Whether a goal may ask for it.
        observed: Whether a world can show it; what none can show is known symbolically alone.
        since_start: It compares the world with how the plan found it; for the next plan it no longer holds.
    """

    name: str
    arity: int
    words: str
    goal: bool = True
    observed: bool = True
    since_start: bool = False


PREDICATES: dict[str, Predicate] = {
    p.name: p
    for p in (
        Predicate("on", 2, "the first touches the second from above and is centred on it"),
        Predicate("in", 2, "the first's centre is inside the second's region"),
        Predicate("open", 1, "the drawer or door is open"),
        Predicate("closed", 1, "the drawer or door is closed"),
        Predicate("turned_on", 1, "the switch or knob is on"),
        Predicate("turned_off", 1, "the switch or knob is off"),
        Predicate("holding", 1, "the gripper holds it"),
        Predicate("hot", 1, "it has been heated through", since_start=True),
        Predicate("cold", 1, "it has been chilled through", since_start=True),
        Predicate("clean", 1, "it has been rinsed off", since_start=True),
        Predicate("sliced", 1, "it has been cut into slices", observed=False),
        Predicate("given", 2, "the first rests in the open hand of the second, a person, and nothing else holds it"),
        Predicate("visited", 1, "the robot has been there", since_start=True),
        Predicate("turned_left", 1, "it has been rotated to the left, counterclockwise", since_start=True),
        Predicate("turned_right", 1, "it has been rotated to the right, clockwise", since_start=True),
        Predicate("moved_left", 1, "it has been slid to the left", since_start=True),
        Predicate("moved_right", 1, "it has been slid to the right", since_start=True),
        Predicate("moved_back", 1, "it has been drawn towards the robot, away from the viewer", since_start=True),
        Predicate("wiped", 1, "something that wipes has been swept over all of the area", since_start=True),
        Predicate("pressed", 1, "its button has been pressed down", since_start=True),
        Predicate("inspected", 1, "a camera on the hand has had it in sight", since_start=True),
        Predicate("stacked", 2, "the first stands squarely on the second, and both stand upright"),
        Predicate("inserted", 2, "the first stands upright in the second, down to its bottom"),
        Predicate("filled", 1, "what was poured into it is in it: at least eight beads that stand in for it"),
        Predicate("hand_empty", 0, "the gripper holds nothing", goal=False),
    )
}

FILLED = 8
"""Beads from which on a vessel counts as filled. Source: our own."""
SIDES = ("left", "right", "front", "back")
"""Sides of a thing in the viewer's frame; ``plate_1.left`` names the area beside it."""


class Literal(NamedTuple):
    """One ground fact, for example ``Literal("on", ("mug_1", "plate_1"))``; a tuple, since states hash it all the time.

    Args:
        predicate: A name in `PREDICATES`.
        args: Entity ids of the scene.
    """

    predicate: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Returns the literal as ``predicate(a, b)``."""
        return f"{self.predicate}({', '.join(self.args)})"

    @staticmethod
    def parse(text: str, where: str = "literal") -> "Literal":
        """Returns the literal written as ``predicate(a, b)``.

        Raises:
            VocabularyError: The text has another form, or the predicate is unknown.
        """
        head, _, tail = text.strip().partition("(")
        head = head.strip()
        if head not in PREDICATES:
            raise VocabularyError.at(
                "unknown-predicate", where, f"There is no predicate {head!r}.", did_you_mean(head, PREDICATES)
            )
        if tail and not tail.endswith(")"):
            raise VocabularyError.at("bad-literal", where, f"{text!r} is not a literal.", "Write predicate(a, b).")
        args = tuple(a.strip() for a in tail.rstrip(")").split(",") if a.strip())
        if len(args) != PREDICATES[head].arity:
            raise VocabularyError.at(
                "wrong-arity",
                where,
                f"{head!r} takes {PREDICATES[head].arity} arguments, not {len(args)}.",
                f"Give {PREDICATES[head].arity} entity ids.",
            )
        return Literal(head, args)


State = frozenset[Literal]
"""The facts that hold; what is not listed does not hold (closed world)."""

_PAIRS = (
    ("open", "closed"),
    ("turned_on", "turned_off"),
    ("hot", "cold"),
    ("turned_left", "turned_right"),
    ("moved_left", "moved_right"),
)
OPPOSITE = {a: b for pair in _PAIRS for a, b in (pair, pair[::-1])}
"""Predicates that exclude each other."""


@dataclass(frozen=True)
class Goal:
    """A conjunction of positive literals that the final world must satisfy."""

    literals: tuple[Literal, ...]

    def __str__(self) -> str:
        """Returns the goal as text."""
        return " and ".join(map(str, self.literals)) or "nothing"

    def missing(self, state: Iterable[Literal]) -> tuple[Literal, ...]:
        """Returns the literals that do not hold in ``state``."""
        held = frozenset(state)
        return tuple(literal for literal in self.literals if literal not in held)
