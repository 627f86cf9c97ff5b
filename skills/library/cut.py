"""`cut(obj)`: cut an object into slices."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import burden, doors, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Cut:
    """Cuts a thing that carries nothing, where it lies."""

    id: str = "cut.v1"
    words: str = "cut an object into slices"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "movable"),)

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: an empty hand and free access before, slices after."""
        (obj,) = args
        enclosing = doors(obj, scene, state)
        return Operator(
            "cut",
            (obj,),
            preconditions=frozenset({Literal("hand_empty"), *(Literal("open", (d,)) for d in enclosing)}),
            absent=burden(obj, scene),
            add=frozenset({Literal("sliced", (obj,))}),
            delete=frozenset(),
            reads=places(obj, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for ``sliced`` facts."""
        return (literal.args,) if wanted and literal.predicate == "sliced" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the cut."""
        return BodyRequest(BodyKind.CUT, args[0])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


CUT = Cut()
