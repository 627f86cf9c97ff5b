"""`MechanismSkill`: the symbolic shape that opening, closing and switching share."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import doors
from skills.symbols import OPPOSITE, Literal, State


@dataclass(frozen=True)
class MechanismSkill:
    """Moves one joint with an empty hand.

    Args:
        id: Versioned id.
        words: One line that says what it does.
        parameters: The one part that it moves.
        makes: Predicate that holds after.
        kind: What the body does.
        opening: Joint position to reach, 0 to 1.
        duration_s: Upper bound of its duration [s].
    """

    id: str
    words: str
    parameters: tuple[Parameter, ...]
    makes: str
    kind: BodyKind
    opening: float
    duration_s: float = 40.0

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator. A half-open door counts as neither open nor closed, and can be moved either way."""
        (part,) = args
        made = Literal(self.makes, (part,))
        around = [d for d in doors(part, scene, state) if d != part]
        return Operator(
            self.id.partition(".")[0],
            (part,),
            preconditions=frozenset({Literal("hand_empty"), *(Literal("open", (d,)) for d in around)}),
            absent=frozenset({made}),
            add=frozenset({made}),
            delete=frozenset({Literal(OPPOSITE[self.makes], (part,))}),
            duration_s=self.duration_s,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for the fact that it makes, and against that fact's opposite."""
        predicate = literal.predicate if wanted else OPPOSITE.get(literal.predicate)
        return (literal.args,) if predicate == self.makes else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the movement of the joint."""
        return BodyRequest(self.kind, args[0], opening=self.opening)

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0
