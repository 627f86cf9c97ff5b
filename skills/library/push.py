"""`push(obj, target)`: slide an object over its support to an area of the same support."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.library.place_on import landing
from skills.parameter import Parameter, accepts
from skills.scene import Scene
from skills.skill import Operator
from skills.support import beside, burden, doors, fits, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Push:
    """Slides a thing that carries nothing; it never leaves its support."""

    id: str = "push.v1"
    words: str = "slide an object over the surface it stands on"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "movable"), Parameter("target", "area"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the object stands on the target's own support, before and after."""
        obj, target = args
        enclosing = {Literal("open", (d,)) for d in (*doors(obj, scene, state), *doors(target, scene, state))}
        arrives = landing(obj, target, scene, state)
        supports = arrives - {Literal("on", (obj, target))}
        return Operator(
            "push",
            (obj, target),
            preconditions=frozenset({Literal("hand_empty"), *supports, *enclosing}),
            absent=burden(obj, scene) | {Literal("on", (obj, target))},
            add=arrives,
            delete=(places(obj, state) | beside(obj, state) | fits(obj, state)) - arrives,
            duration_s=30.0,
            reads=places(obj, state) | beside(obj, state) | fits(obj, state) | places(target.partition(".")[0], state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for ``on`` facts about areas."""
        fits = wanted and literal.predicate == "on" and accepts("area", literal.args[1], scene)
        return (literal.args,) if fits else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns a push along the support."""
        return BodyRequest(BodyKind.PUSH_ALONG, args[0], target=args[1])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 3: what can be picked is picked and placed instead."""
        return 3.0


PUSH = Push()
