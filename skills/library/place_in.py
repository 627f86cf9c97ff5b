"""`place_in(obj, container)`: put the held object into a drawer, a basket or a compartment."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import doors, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class PlaceIn:
    """Puts what the hand holds into an open container."""

    id: str = "place_in.v1"
    words: str = "put the held object into a container"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "graspable"), Parameter("container", "container"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the object in the hand and every door open before, the object inside after."""
        obj, container = args
        held = Literal("holding", (obj,))
        return Operator(
            "place_in",
            (obj, container),
            preconditions=frozenset({held, *(Literal("open", (d,)) for d in doors(container, scene, state))}),
            add=frozenset({Literal("in", (obj, container)), Literal("hand_empty")}),
            delete=frozenset({held}),
            duration_s=30.0,
            reads=places(container, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for ``in`` facts."""
        return (literal.args,) if wanted and literal.predicate == "in" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns a placement inside the container."""
        return BodyRequest(BodyKind.PLACE, args[0], target=args[1], inside=True)

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


PLACE_IN = PlaceIn()
