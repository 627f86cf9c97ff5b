"""`insert(obj, slot)`: put the held peg into a slot that fits it."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import burden, doors, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Insert:
    """Lowers what the hand holds into an empty slot, down to its bottom, and lets go."""

    id: str = "insert.v1"
    words: str = "insert the held peg into a slot"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "peg"), Parameter("slot", "slot"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the peg in the hand and an empty slot before, the peg down in the slot after."""
        obj, slot = args
        held = Literal("holding", (obj,))
        return Operator(
            "insert",
            (obj, slot),
            preconditions=frozenset({held, *(Literal("open", (d,)) for d in doors(slot, scene, state))}),
            absent=burden(slot, scene),
            add=frozenset({Literal("in", (obj, slot)), Literal("inserted", (obj, slot)), Literal("hand_empty")}),
            delete=frozenset({held}),
            duration_s=30.0,
            reads=places(slot, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for ``inserted`` facts."""
        return (literal.args,) if wanted and literal.predicate == "inserted" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns a placement inside the slot."""
        return BodyRequest(BodyKind.PLACE, args[0], target=args[1], inside=True)

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


INSERT = Insert()
