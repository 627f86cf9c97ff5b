"""`inspect(thing)`: look at something with the camera on the hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import doors, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Inspect:
    """Looks at a thing that no closed door hides, with an empty hand; nothing is moved."""

    id: str = "inspect.v1"
    words: str = "look at something with the camera on the hand"
    parameters: tuple[Parameter, ...] = (Parameter("thing", "visible"),)

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: an empty hand and every door open before, the thing has been in sight after."""
        (thing,) = args
        enclosing = {Literal("open", (d,)) for d in doors(thing, scene, state) if d != thing}
        return Operator(
            "inspect",
            (thing,),
            preconditions=frozenset({Literal("hand_empty"), *enclosing}),
            add=frozenset({Literal("inspected", (thing,))}),
            delete=frozenset(),
            duration_s=20.0,
            reads=places(thing, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for the fact that it makes."""
        return (literal.args,) if wanted and literal.predicate == "inspected" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the inspect."""
        return BodyRequest(BodyKind.INSPECT, args[0])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


INSPECT = Inspect()
