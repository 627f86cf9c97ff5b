"""`stack(obj, target)`: put the held object on top of another, squarely, so that it stays."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import burden, doors, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Stack:
    """Puts what the hand holds on a thing that carries nothing else; both stand upright and well supported after."""

    id: str = "stack.v1"
    words: str = "stack the held object squarely on another one"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "graspable"), Parameter("target", "movable"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the object in the hand and a bare target before, a stack after."""
        obj, target = args
        held = Literal("holding", (obj,))
        return Operator(
            "stack",
            (obj, target),
            preconditions=frozenset({held, *(Literal("open", (d,)) for d in doors(target, scene, state))}),
            absent=burden(target, scene),
            add=frozenset({Literal("on", (obj, target)), Literal("stacked", (obj, target)), Literal("hand_empty")}),
            delete=frozenset({held}),
            duration_s=30.0,
            reads=places(target, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for ``stacked`` facts."""
        return (literal.args,) if wanted and literal.predicate == "stacked" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns a placement on the target."""
        return BodyRequest(BodyKind.PLACE, args[0], target=args[1])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


STACK = Stack()
