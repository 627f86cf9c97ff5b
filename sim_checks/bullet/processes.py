"""`Processes`: things become hot, cold and clean by what is around them, and never because a skill says so.

Heat and cold need the thing inside an appliance that is shut and on, for an uninterrupted while; water must fall on
the thing from a tap. All is read from the simulation: positions, the angle of the door, the turn of the switch, and
what a ray down from the tap meets first.
"""

from typing import NamedTuple

from sim_checks.bullet.belts import Belts
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.world import BulletWorld
from sim_checks.incident import Incident
from skills.appliance import running, within
from skills.belt import conveyor_of
from skills.finding import Finding
from skills.motion import Segment
from skills.predicates import holds
from skills.symbols import OPPOSITE, Literal

TAKES_S = {"hot": 8.0, "cold": 8.0, "clean": 2.0}
"""Time for which a cause must act without a break [s]. Source: our own; a stand-in for minutes of a real appliance."""
TAP = "tap_region"
"""Region of a washer's shape: the upright column in which its water falls."""
SPREAD = 0.004
"""How far from its axis the water is looked for [m]."""


class Treatment(NamedTuple):
    """What one appliance does to things."""

    appliance: str
    makes: str


def treatments(world: BulletWorld) -> tuple[Treatment, ...]:
    """Returns what the appliances of a world do."""
    entities = world.scene.entities.values()
    found = [Treatment(e.id, "hot") for e in entities if e.heater]
    found += [Treatment(e.id, "cold") for e in entities if e.cooler]
    found += [Treatment(e.id, "clean") for e in entities if e.washer and TAP in world.asset(e.id).regions]
    return tuple(found)


class Processes:
    """Keeps time in one world; what has come about is written among the world's events.

    Args:
        world: The world, settled.
        robot: The robot in it, of which conveyors keep clear.
    """

    def __init__(self, world: BulletWorld, robot: Robot | None = None) -> None:
        self.world, self.belts = world, Belts(world, robot)
        self.treatments = treatments(world)
        self._needs = {t: tuple(sorted(running(t.appliance, world.scene))) for t in self.treatments}
        self._since: dict[tuple[str, Treatment], float] = {}

    def look(self, now_s: float, awaits: Literal | None = None) -> None:
        """Takes down what acts on what now, and runs or stops conveyors; call it many times a second.

        Args:
            now_s: Time since the start [s].
            awaits: The fact that is waited for, if one is.
        """
        self.belts.look(awaits)
        events = self.world.events
        for treatment in self.treatments:
            reached = self.reached(treatment)
            for thing in self.world.movable:
                key = (thing, treatment)
                if thing not in reached:
                    self._since.pop(key, None)
                elif now_s - self._since.setdefault(key, now_s) >= TAKES_S[treatment.makes]:
                    events.add(Literal(treatment.makes, (thing,)))
                    events.discard(Literal(OPPOSITE.get(treatment.makes, ""), (thing,)))

    def ended(self, awaits: Literal) -> bool:
        """Says whether what is waited for has come about; what a conveyor brings must lie still."""
        belt = conveyor_of(awaits, self.world.scene)
        return holds(awaits, self.world) if belt is None else self.belts.arrived(awaits)

    def reached(self, treatment: Treatment) -> frozenset[str]:
        """Returns the things that an appliance acts on now."""
        if not all(holds(fact, self.world) for fact in self._needs[treatment]):
            return frozenset()
        if treatment.makes == "clean":
            return self._wet(treatment.appliance)
        inside = (t for t in self.world.movable if holds(self._within(t, treatment), self.world))
        return frozenset(inside)

    def overdue(self, segment: Segment, node: str, now_s: float) -> Incident | None:
        """Returns what there is to say when a segment is over and what it waited for has not come about.

        Args:
            segment: What has been played.
            node: The step of the plan.
            now_s: Time since the start [s].
        """
        fact = segment.until
        if conveyor_of(fact, self.world.scene) is not None:
            return self.belts.overdue(segment, node, now_s)
        if fact is None or holds(fact, self.world):
            return None
        what = f"After {segment.duration:.0f} s of waiting {fact} has not come about"
        lacking = "; ".join(self.lacking(fact))
        if lacking:
            found = Finding("cause-missing", f"nodes.{node}", f"{what}: {lacking}.", "Bring its cause about first.")
        else:
            found = Finding("out-of-time", f"nodes.{node}", f"{what}.", "Wait longer, or look for what hinders it.")
        return Incident(found, now_s, segment.name, (self.world.owner(fact.args[0]),))

    def lacking(self, fact: Literal) -> tuple[str, ...]:
        """Returns what keeps a fact from coming about: for each appliance that could do it, what it lacks now.

        Empty where everything acts as it should, and time alone was too short; and for facts that nothing here makes.
        """
        said = []
        for treatment in self.treatments:
            if treatment.makes == fact.predicate:
                wrong = [str(f) for f in self._needs[treatment] if not holds(f, self.world)]
                if not wrong and fact.args[0] not in self.reached(treatment):
                    clean = treatment.makes == "clean"
                    wrong = ["no water falls on it" if clean else str(self._within(fact.args[0], treatment))]
                if not wrong:
                    return ()
                said.append(f"{treatment.appliance} lacks {', '.join(wrong)}")
        return tuple(said)

    def _within(self, thing: str, treatment: Treatment) -> Literal:
        return within(thing, treatment.appliance, self.world.scene)

    def _wet(self, washer: str) -> frozenset[str]:
        """Returns the things on which water falls: those that a ray down from the tap meets first."""
        owner = self.world.owner(washer)
        box = self.world.asset(owner).regions[TAP].box
        frame = self.world.link_pose(owner, -1) @ box.pose
        ends = [(a * SPREAD, b * SPREAD) for a, b in ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))]
        above = [frame.transform((x, y, box.half[2])) for x, y in ends]
        below = [frame.transform((x, y, -box.half[2])) for x, y in ends]
        hits = {hit[0] for hit in self.world.client.rayTestBatch(above, below)}
        return frozenset(t for t in self.world.movable if self.world.body(t) in hits)
