"""`wait_until(obj, event)`: stand still until something has come about that needs no hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.appliance import running, within
from skills.body import BodyKind, BodyRequest
from skills.parameter import EVENTS, Parameter, candidates
from skills.scene import Scene
from skills.skill import Operator
from skills.symbols import OPPOSITE, Literal, State


def cause(obj: str, event: str, scene: Scene, state: State) -> frozenset[Literal]:
    """Returns the facts under which a fact about a thing comes about by itself.

    The thing is with an appliance that makes the fact, and that appliance works: the one that the thing is with now,
    else the first that there is.
    """
    makers = candidates(EVENTS[event], scene)
    if not makers:  # nothing here brings it about: it would have to be so already
        return frozenset({Literal(event, (obj,))})
    at = next((a for a in makers if within(obj, a, scene) in state), makers[0])
    return running(at, scene) | {within(obj, at, scene)}


@dataclass(frozen=True)
class WaitUntil:
    """Waits for a fact about a thing; whichever appliance brings it about must be at work when the wait begins."""

    id: str = "wait_until.v1"
    words: str = "stand still until a thing has become hot, cold or clean"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "movable"), Parameter("event", "event"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: the cause at work before, the fact after."""
        obj, event = args
        opposite = OPPOSITE.get(event)
        return Operator(
            "wait_until",
            (obj, event),
            preconditions=cause(obj, event, scene, state),
            add=frozenset({Literal(event, (obj,))}),
            delete=frozenset({Literal(opposite, (obj,))} if opposite else ()),
            duration_s=60.0,
            reads=frozenset(f for f in state if f.predicate in ("on", "in") and f.args[0] == obj),
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself for what comes about by itself, and against its opposite."""
        predicate = literal.predicate if wanted else OPPOSITE.get(literal.predicate, "")
        return ((literal.args[0], predicate),) if predicate in EVENTS else ()

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the wait."""
        return BodyRequest(BodyKind.PROCESS, args[0], awaits=Literal(args[1], (args[0],)))

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 3: a skill that names the appliance says more."""
        return 3.0


WAIT_UNTIL = WaitUntil()
