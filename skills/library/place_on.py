"""`place_on(obj, target)`: put the held object on a surface, a region, an object, or beside a thing."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.belt import is_end
from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import carriers, doors, grounds, places, region_of
from skills.symbols import Literal, State


def landing(obj: str, target: str, scene: Scene, state: State) -> frozenset[Literal]:
    """Returns the facts that hold once ``obj`` stands on ``target``.

    What stands on a region also stands on its support. What stands beside a thing is also where that thing is: on the
    same support, in the same container.
    """
    facts = {Literal("on", (obj, target))}
    if target in scene.entities:
        return frozenset(facts)
    if region_of(target, scene) is not None:
        return frozenset({*facts, *(Literal("on", (obj, c)) for c in carriers(target, scene, state))})
    places_there = (f for f in places(target.partition(".")[0], state) if f.args[1] in scene.entities)
    return frozenset({*facts, *(Literal(f.predicate, (obj, f.args[1])) for f in places_there if f.args[1] != obj)})


@dataclass(frozen=True)
class PlaceOn:
    """Puts down what the hand holds."""

    id: str = "place_on.v1"
    words: str = "put the held object on something or beside something"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "graspable"), Parameter("target", "surface"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the object in the hand before, on the target after."""
        obj, target = args
        held = Literal("holding", (obj,))
        reference = target.partition(".")[0]
        return Operator(
            "place_on",
            (obj, target),
            preconditions=frozenset({held, *(Literal("open", (d,)) for d in doors(target, scene, state))}),
            add=landing(obj, target, scene, state) | {Literal("hand_empty")},
            delete=frozenset({held}),
            duration_s=30.0,
            reads=places(reference, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for ``on`` facts, and to free the hand: then the tables are the targets."""
        if wanted and literal.predicate == "on":
            return (literal.args,)
        frees = literal.predicate == ("hand_empty" if wanted else "holding")
        held = sorted(f.args[0] for f in state if f.predicate == "holding")
        return tuple((obj, target) for obj in held for target in grounds(scene)) if frees else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns a placement on the target."""
        return BodyRequest(BodyKind.PLACE, args[0], target=args[1])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1; 6 at the end of a conveyor, to which things are conveyed where they can be."""
        return 6.0 if is_end(args[1], scene) else 1.0


PLACE_ON = PlaceOn()
