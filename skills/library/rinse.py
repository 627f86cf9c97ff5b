"""`rinse(obj, appliance)`: rinse the held object under running water."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.appliance import running
from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter, candidates
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Rinse:
    """Holds a thing under a tap until it is clean, and holds it still afterwards."""

    id: str = "rinse.v1"
    words: str = "rinse the held object under running water"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "graspable"), Parameter("appliance", "washer"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the thing in the hand before and after, clean after."""
        obj, appliance = args
        return Operator(
            "rinse",
            (obj, appliance),
            preconditions=running(appliance, scene) | {Literal("holding", (obj,))},
            add=frozenset({Literal("clean", (obj,))}),
            delete=frozenset(),
            duration_s=40.0,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself with every tap for the fact that it makes."""
        if not wanted or literal.predicate != "clean":
            return ()
        return tuple((literal.args[0], a) for a in candidates("washer", scene))

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the rinsing."""
        clean = Literal("clean", (args[0],))
        return BodyRequest(BodyKind.RINSE, args[0], target=args[1], holds_after=args[0], awaits=clean)

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


RINSE = Rinse()
