"""`pick(obj)`: grasp an object and lift it."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import beside, burden, doors, fits, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Pick:
    """Takes a graspable object that carries nothing and that no closed door encloses."""

    id: str = "pick.v1"
    words: str = "grasp an object and lift it"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "graspable"),)

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: an empty hand and free access before, the object in the hand after."""
        (obj,) = args
        empty = Literal("hand_empty")
        enclosing = doors(obj, scene, state)
        return Operator(
            "pick",
            (obj,),
            preconditions=frozenset({empty, *(Literal("open", (d,)) for d in enclosing)}),
            absent=burden(obj, scene),
            add=frozenset({Literal("holding", (obj,))}),
            delete=places(obj, state) | beside(obj, state) | fits(obj, state) | {empty},
            duration_s=30.0,
            reads=places(obj, state) | beside(obj, state) | fits(obj, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself to hold an object, or to take an object away from where it is."""
        if wanted:
            return (literal.args,) if literal.predicate == "holding" else ()
        return ((literal.args[0],),) if literal.predicate in ("on", "in") else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns a grasp of the object."""
        return BodyRequest(BodyKind.GRASP, args[0], holds_after=args[0])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


PICK = Pick()
