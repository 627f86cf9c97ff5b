"""`convey(obj, conveyor)`: let a conveyor carry what lies on its start to its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.belt import end_of, start_of
from skills.body import BodyKind, BodyRequest
from skills.parameter import Parameter, candidates
from skills.scene import Scene
from skills.skill import Operator
from skills.support import beside, burden, fits, places
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Convey:
    """Lets a conveyor run, the hand clear of it, until a thing has come from its start to its end and lies still."""

    id: str = "convey.v1"
    words: str = "let a conveyor carry what lies on its start to its end"
    parameters: tuple[Parameter, ...] = (Parameter("obj", "movable"), Parameter("conveyor", "conveyor"))

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator: an empty hand, the thing alone on the conveyor; on its start before, its end after."""
        obj, conveyor = args
        start, end = start_of(conveyor), end_of(conveyor)
        arrived = frozenset({Literal("on", (obj, end))})
        here = places(obj, state) | beside(obj, state) | fits(obj, state)
        left = here | {Literal("on", (obj, start))}
        return Operator(
            "convey",
            (obj, conveyor),
            preconditions=frozenset({Literal("hand_empty"), Literal("on", (obj, start))}),
            absent=frozenset(f for f in burden(start, scene) | burden(end, scene) if f.args[0] != obj),
            add=arrived,
            delete=left - arrived,
            duration_s=60.0,
            reads=here,
        )

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Suggests itself to bring a thing to a conveyor's end, and to clear a conveyor's start."""
        if literal.predicate != "on":
            return ()
        thing, place = literal.args
        if wanted:
            return tuple((thing, c) for c in candidates("conveyor", scene) if end_of(c) == place)
        return tuple((thing, c) for c in candidates("conveyor", scene) if start_of(c) == place)

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns the wait for what the conveyor does."""
        arrived = Literal("on", (args[0], end_of(args[1])))
        return BodyRequest(BodyKind.PROCESS, args[0], target=args[1], awaits=arrived)

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns 1."""
        return 1.0


CONVEY = Convey()
