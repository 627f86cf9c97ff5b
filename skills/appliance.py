"""`ApplianceSkill`: waiting while a closed, running appliance treats what is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter, candidates
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import OPPOSITE, Literal, State


def running(appliance: str, scene: Scene) -> frozenset[Literal]:
    """Returns the facts under which an appliance does its work: its door is shut, and every switch of it is on.

    An appliance without a switch runs whenever its door is shut, and one without a door always.
    """
    entity = scene.entities[appliance]
    owner = entity.parent or entity.id
    switches = [e.id for e in scene.entities.values() if e.switchable and owner in (e.id, e.parent)]
    door = [Literal("closed", (appliance,))] if entity.openable else []
    return frozenset({*door, *(Literal("turned_on", (s,)) for s in switches)})


def within(obj: str, appliance: str, scene: Scene) -> Literal:
    """Returns the fact that a thing is where an appliance acts on it."""
    return Literal("in" if scene.entities[appliance].container else "on", (obj, appliance))


@dataclass(frozen=True)
class ApplianceSkill:
    """Waits until an appliance has done its work on what is in it; the thing stays there.

    Args:
        id: Versioned id.
        words: One line that says what it does.
        parameters: The thing and the appliance.
        makes: Predicate that holds after.
        duration_s: Upper bound of its duration [s].
    """

    id: str
    words: str
    parameters: tuple[Parameter, Parameter]
    makes: str
    duration_s: float = 60.0

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the thing inside, the door shut and the switches on before; treated after."""
        obj, appliance = args
        opposite = OPPOSITE.get(self.makes)
        return Operator(
            self.id.partition(".")[0],
            (obj, appliance),
            preconditions=running(appliance, scene) | {within(obj, appliance, scene)},
            add=frozenset({Literal(self.makes, (obj,))}),
            delete=frozenset({Literal(opposite, (obj,))} if opposite else ()),
            duration_s=self.duration_s,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself with every fitting appliance for the fact that it makes, and against its opposite."""
        predicate = literal.predicate if wanted else OPPOSITE.get(literal.predicate)
        if predicate != self.makes:
            return ()
        return tuple((literal.args[0], a) for a in candidates(self.parameters[1].type, scene))

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the wait for what the appliance does."""
        return BodyRequest(BodyKind.PROCESS, args[0], target=args[1], awaits=Literal(self.makes, (args[0],)))

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0
