"""`wipe(tool, area)`: wipe an area with a sponge in the hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter, candidates
from skills.scene import Scene
from skills.skill import Operator
from skills.support import burden, doors
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Wipe:
    """Sweeps what the hand holds over an area on which nothing stands, and holds it still afterwards."""

    id: str = "wipe.v1"
    words: str = "wipe an area with the held sponge"
    parameters: tuple[Parameter, ...] = (Parameter("tool", "wiper"), Parameter("area", "area"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the sponge in the hand before and after, the area wiped after."""
        tool, area = args
        return Operator(
            "wipe",
            (tool, area),
            preconditions=frozenset(
                {Literal("holding", (tool,)), *(Literal("open", (d,)) for d in doors(area, scene, state))}
            ),
            absent=frozenset(f for f in burden(area, scene) if f.predicate == "on"),
            add=frozenset({Literal("wiped", (area,))}),
            delete=frozenset(),
            duration_s=40.0,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself with every sponge for the fact that it makes."""
        if not wanted or literal.predicate != "wiped":
            return ()
        return tuple((tool, literal.args[0]) for tool in candidates("wiper", scene))

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the sweep."""
        return BodyRequest(BodyKind.WIPE, args[0], target=args[1], holds_after=args[0])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


WIPE = Wipe()
