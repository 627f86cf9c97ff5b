"""`navigate_to(place)`: drive to a piece of furniture, an appliance or a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import Literal, State


@dataclass(frozen=True)
class NavigateTo:
    """Goes somewhere; what the hand holds comes along."""

    id: str = "navigate_to.v1"
    words: str = "drive to a piece of furniture, an appliance or a person"
    parameters: tuple[Parameter, ...] = (Parameter("place", "landmark"),)

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the place has been visited after."""
        return Operator(
            "navigate_to",
            tuple(args),
            preconditions=frozenset(),
            add=frozenset({Literal("visited", tuple(args))}),
            delete=frozenset(),
            resources=("base", "arm", "gripper"),  # the arms are drawn in while it drives
            duration_s=60.0,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself to visit a place."""
        return (literal.args,) if wanted and literal.predicate == "visited" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the drive."""
        return BodyRequest(BodyKind.NAVIGATE, args[0])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


NAVIGATE_TO = NavigateTo()
