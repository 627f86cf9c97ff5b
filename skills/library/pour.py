"""`pour(obj, target)`: pour what is in the held vessel into another one."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import burden, doors, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Pour:
    """Tilts a held vessel over the mouth of an empty one, and keeps it in the hand."""

    id: str = "pour.v1"
    words: str = "pour what is in the held vessel into another vessel"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "vessel"), Parameter("target", "vessel"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: a filled vessel in the hand and an empty one before; the other one filled after."""
        obj, target = args
        before, after = Literal("filled", (obj,)), Literal("filled", (target,))
        return Operator(
            "pour",
            (obj, target),
            preconditions=frozenset(
                {Literal("holding", (obj,)), before, *(Literal("open", (d,)) for d in doors(target, scene, state))}
            ),
            absent=burden(target, scene) | {after},
            add=frozenset({after}),
            delete=frozenset({before}),
            duration_s=60.0,
            reads=places(target, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself from and into every other vessel, for the fact that it makes and the one that it ends."""
        if literal.predicate != "filled":
            return ()
        if wanted:
            full = sorted(f.args[0] for f in state if f.predicate == "filled")
            return tuple((other, literal.args[0]) for other in full if other != literal.args[0])
        empty = (o.id for o in scene.objects if scene.entities[o.id].vessel and o.id != literal.args[0])
        return tuple((literal.args[0], other) for other in empty)

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the pouring."""
        return BodyRequest(BodyKind.POUR, args[0], target=args[1], holds_after=args[0])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


POUR = Pour()
