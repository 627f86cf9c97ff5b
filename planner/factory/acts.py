"""What a sentence asks for, as acts in order; and the goal and steps that follow from them."""

from collections.abc import Iterator
from typing import NamedTuple

from planner.factory.world import World
from planner.language.grammar import Call


class Act(NamedTuple):
    """One thing to be done.

    Args:
        kind: ``move``, ``push``, ``give``, ``hold``, ``visit``, or a key of `STATES` or `CHANGES`.
        rows: The rows it concerns; for ``move`` and ``push`` the object and the target, for ``give`` the object and
            the person, for ``heat``, ``chill`` and ``clean`` the object and the appliance.
        side: Side of the target, if the place beside it is meant.
    """

    kind: str
    rows: tuple[int, ...]
    side: str | None = None


STATES = {"open": "open", "close": "closed", "turn_on": "turned_on", "turn_off": "turned_off"}
CALLS = {"open": "open_it", "close": "close_it", "turn_on": "turn_on_it", "turn_off": "turn_off_it"}
CHANGES = {
    "heat": ("hot", "heat"),
    "chill": ("cold", "chill"),
    "clean": ("clean", "rinse"),
    "slice": ("sliced", "cut"),
    "turn_left": ("turned_left", "rotate_left"),
    "turn_right": ("turned_right", "rotate_right"),
    "slide_left": ("moved_left", "slide_left"),
    "slide_right": ("moved_right", "slide_right"),
}
"""Kind of act -> the predicate that it makes and the skill that makes it."""
TREATS = ("heat", "chill", "clean")
"""Acts that need the thing in the hand, and leave it there."""
CARRIES = (*TREATS, "move", "give", "hold")
"""Acts that need the thing in the hand."""


def _literal(world: World, act: Act) -> tuple[str, Call]:
    """Returns an act's literal and the aspect of its subject that it settles."""
    if act.kind in STATES:
        return "door" if act.kind in ("open", "close") else "switch", Call(STATES[act.kind], act.rows)
    if act.kind in CHANGES:
        predicate = CHANGES[act.kind][0]
        aspect = {"cold": "hot", "turned_right": "turned_left", "moved_right": "moved_left"}.get(predicate, predicate)
        return aspect, Call(predicate, act.rows[:1])
    if act.kind == "visit":
        return "visited", Call("visited", act.rows)
    if act.kind in ("give", "hold"):
        return "place", Call("given" if act.kind == "give" else "holding", act.rows)
    inside = act.side is None and world.rows[act.rows[1]].container
    return "place", Call("in" if inside else "on", act.rows, act.side)


def goal_of(world: World, acts: list[Act]) -> list[Call]:
    """Returns the literals that hold at the end; a later act on the same thing overrides an earlier one."""
    last: dict[tuple[str, int], Call] = {}
    for act in acts:
        aspect, call = _literal(world, act)
        key = (aspect, act.rows[0])
        last.pop(key, None)
        last[key] = call
    return _contents_first(list(last.values()))


def _contents_first(goal: list[Call]) -> list[Call]:
    """Returns the literals with what goes into a thing before where that thing goes."""
    ordered: list[Call] = []
    for call in goal:
        at = len(ordered)
        if call.name in ("on", "in") and call.side is None:
            at = next((k for k, c in enumerate(ordered) if c.name in ("on", "in") and c.rows[0] == call.rows[1]), at)
        ordered.insert(at, call)
    return ordered


def steps_of(world: World, acts: list[Act]) -> list[Call]:
    """Returns the skill calls, in order; doors that stand in the way are opened first."""
    run = _Run(world)
    for group in groups(acts):
        for k, act in enumerate(group):
            run.do(act, group[k + 1 :])
    return run.steps


def groups(acts: list[Act]) -> list[list[Act]]:
    """Returns the acts in the order of doing, in groups that one grasp serves; what is held at the end comes last."""
    rest = list(acts)
    done: list[list[Act]] = []
    last: list[list[Act]] = []
    while rest:
        group = [rest.pop(0)]
        while group[-1].kind in TREATS:
            following = next((a for a in rest if a.rows[0] == group[0].rows[0] and a.kind in CARRIES), None)
            if following is None:
                break
            rest.remove(following)
            group.append(following)
        (last if group[-1].kind == "hold" else done).append(group)
    return [*done, *last]


class _Run:
    """The hand, the doors, the switches and the places while the acts are done."""

    def __init__(self, world: World) -> None:
        self.rows = world.rows
        self.opened = {i: r.opened for i, r in enumerate(self.rows) if r.openable}
        self.powered = {i: r.powered for i, r in enumerate(self.rows) if r.switchable}
        self.place: dict[int, tuple[int, str | None]] = {i: (r.support, None) for i, r in enumerate(self.rows)}
        self.hand = next((i for i, r in enumerate(self.rows) if r.held), None)
        self.steps: list[Call] = []

    def do(self, act: Act, later: list[Act]) -> None:
        """Does one act; ``later`` are the acts that the same grasp serves."""
        first = act.rows[0]
        if act.kind in ("open", "close"):
            if self.opened[first] != (act.kind == "open"):
                self._empty()
                self._step(CALLS[act.kind], (first,))
                self.opened[first] = act.kind == "open"
        elif act.kind in ("turn_on", "turn_off"):
            if self.powered[first] != (act.kind == "turn_on"):
                self._empty()
                self._step(CALLS[act.kind], (first,))
                self.powered[first] = act.kind == "turn_on"
        elif act.kind == "visit":
            self._step("navigate_to", (first,))
        elif act.kind in CARRIES:
            self._carry(act, later)
        else:
            self._empty()
            at = () if act.kind == "push" else (first,)
            self._doors([*self._around(*self.place[first]), *(self._goals(act) if act.kind == "push" else at)])
            self._unload(first)
            if act.kind == "push":
                if self.place[first] != (act.rows[1], act.side):
                    self._step("push", act.rows, act.side)
                    self.place[first] = (act.rows[1], act.side)
            else:
                self._step(CHANGES[act.kind][1], (first,))

    def _carry(self, act: Act, later: list[Act]) -> None:
        first = act.rows[0]
        if act.kind == "move" and self.hand != first and self.place[first] == (act.rows[1], act.side):
            return
        doors = [d for a in (act, *later) for d in self._goals(a) if self.opened.get(d) is False]
        if self.hand is not None and (self.hand != first or doors):
            self._empty()
        if self.hand is None:
            self._doors([*self._around(*self.place[first]), *doors])
            self._unload(first)
            self._step("pick", (first,))
            self.hand = first
        if act.kind == "move":
            inside = act.side is None and self.rows[act.rows[1]].container
            self._step("place_in" if inside else "place_on", act.rows, act.side)
            self.place[first], self.hand = (act.rows[1], act.side), None
        elif act.kind == "give":
            self._step("hand_over", act.rows)
            self.place[first], self.hand = (act.rows[1], None), None
        elif act.kind in TREATS:
            self._step(CHANGES[act.kind][1], act.rows)

    def _step(self, name: str, rows: tuple[int, ...], side: str | None = None) -> None:
        self.steps.append(Call(name, rows, side))

    def _empty(self) -> None:
        """Puts down what the hand holds: where it was, or on the first free surface."""
        if self.hand is None:
            return
        back = self.place[self.hand][0]
        if back < 0 or not (self.rows[back].surface or self.rows[back].container):
            grounds = [i for i, r in enumerate(self.rows) if r.role == "table"]
            fixed = [i for i, r in enumerate(self.rows) if r.surface and r.role in ("fixture", "part")]
            back = (grounds or fixed or [-1])[0]
        if back >= 0:
            self._step("place_in" if self.rows[back].container else "place_on", (self.hand, back))
            self.place[self.hand] = (back, None)
        self.hand = None

    def _unload(self, row: int) -> None:
        """Takes off what lies on a thing and puts it beside, since only a thing that carries nothing is picked."""
        for other, (support, side) in list(self.place.items()):
            if support == row and side is None and self.rows[other].graspable:
                self._unload(other)
                self._step("pick", (other,))
                self.hand = other
                self.place[other] = self.place[row] if self.place[row][1] is None else (-1, None)
                self._empty()

    def _around(self, support: int, side: str | None) -> Iterator[int]:
        """Yields what a place lies in or on, from the inside out."""
        if side is not None:
            support = self.place[support][0]
        for _ in range(8):
            if support < 0:
                return
            yield support
            support = self.place[support][0]

    def _goals(self, act: Act) -> list[int]:
        """Returns what encloses an act's target."""
        return list(self._around(act.rows[1], act.side)) if act.kind in ("move", "push") else []

    def _doors(self, wanted: list[int]) -> None:
        for door in dict.fromkeys(wanted):
            if self.opened.get(door) is False and self.rows[door].container:
                self._step("open_it", (door,))
                self.opened[door] = True
