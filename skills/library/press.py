"""`press(button)`: press a button that springs back."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Press:
    """Presses a button with an empty hand; what follows from that is the appliance's own affair."""

    id: str = "press.v1"
    words: str = "press a button"
    parameters: tuple[Parameter, ...] = (Parameter("button", "pressable"),)

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: an empty hand before, the button has been down after."""
        (button,) = args
        return Operator(
            "press",
            (button,),
            preconditions=frozenset({Literal("hand_empty")}),
            add=frozenset({Literal("pressed", (button,))}),
            delete=frozenset(),
            duration_s=20.0,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for the fact that it makes."""
        return (literal.args,) if wanted and literal.predicate == "pressed" else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the press."""
        return BodyRequest(BodyKind.PRESS, args[0])

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


PRESS = Press()
