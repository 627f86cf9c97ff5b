"""`hand_over(obj, person)`: hand the held object to a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import Literal, State


@dataclass(frozen=True)
class HandOver:
    """Lays what the hand holds into the open hand of a person."""

    id: str = "hand_over.v1"
    words: str = "hand the held object to a person"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "graspable"), Parameter("person", "person"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the object in the hand before, with the person after."""
        obj, person = args
        held = Literal("holding", (obj,))
        return Operator(
            "hand_over",
            (obj, person),
            preconditions=frozenset({held}),
            add=frozenset({Literal("given", (obj, person)), Literal("hand_empty")}),
            delete=frozenset({held}),
            duration_s=60.0,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for ``given`` facts."""
        return (literal.args,) if wanted and literal.predicate == "given" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the handover."""
        return BodyRequest(BodyKind.HAND_OVER, args[0], target=args[1])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


HAND_OVER = HandOver()
