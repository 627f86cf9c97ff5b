"""The symbolic shape that turning and sliding a thing in place share."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.skill import Operator
from skills.support import burden, doors, places
from skills.symbols import OPPOSITE, Literal, State


@dataclass(frozen=True)
class NudgeSkill:
    """Turns or slides a thing where it stands, with an empty hand.

    Args:
        id: Versioned id.
        words: One line that says what it does.
        parameters: The one thing that it moves.
        makes: Predicate that holds after.
        kind: What the body does.
        leftwards: Whether the motion is to the left; None where it has no such side.
        duration_s: Upper bound of its duration [s].
    """

    id: str
    words: str
    parameters: tuple[Parameter, ...]
    makes: str
    kind: BodyKind
    leftwards: bool | None = None
    duration_s: float = 30.0

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator. An object must carry nothing, and no closed door may enclose it."""
        (thing,) = args
        return Operator(
            self.id.partition(".")[0],
            (thing,),
            preconditions=frozenset(
                {Literal("hand_empty"), *(Literal("open", (d,)) for d in doors(thing, scene, state) if d != thing)}
            ),
            absent=burden(thing, scene),
            add=frozenset({Literal(self.makes, (thing,))}),
            delete=frozenset({Literal(OPPOSITE[self.makes], (thing,))} if self.makes in OPPOSITE else ()),
            duration_s=self.duration_s,
            reads=places(thing, state),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for the fact that it makes, and against that fact's opposite."""
        predicate = literal.predicate if wanted else OPPOSITE.get(literal.predicate)
        return (literal.args,) if predicate == self.makes else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the motion."""
        return BodyRequest(self.kind, args[0], opening=None if self.leftwards is None else float(self.leftwards))

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0
