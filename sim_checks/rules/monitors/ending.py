"""What a step and a plan leave behind: bystanders that still stand, and a safe end."""

import math
from collections.abc import Sequence

from sim_checks.rules.limit import SafeEnd, Standing
from sim_checks.rules.monitors.monitor import Breach, Monitor
from sim_checks.rules.monitors.things import tilted
from sim_checks.rules.observed import Observed
from skills.geometry import Vector3


class StaysStanding(Monitor):
    """What the plan is not about is not knocked over.

    Args:
        limit: The limit.
        movable: The things that can move.
    """

    def __init__(self, limit: Standing, movable: Sequence[str]) -> None:
        super().__init__(limit.most_deg)
        self.movable = movable
        self.up: dict[str, Vector3] = {}

    def step(self, seen: Observed) -> Breach | None:
        """Remembers how everything stood at first."""
        if not self.up:
            for thing in self.movable:
                tilted(seen, thing, self.up)
        return None

    def after(self, seen: Observed, about: frozenset[str]) -> Breach | None:
        """Returns the bystander that lies there now."""
        for thing in self.movable:
            if thing in about:
                continue
            tilt = tilted(seen, thing, self.up)
            if self.broken(tilt):
                what = f"{thing!r} was knocked over (it tilts by {tilt:.0f} degrees)"
                return Breach(what, (thing,), tilt, self.limit, seen.contact(thing))
        return None


class EndsSafely(Monitor):
    """At the end the hand holds what it should, nothing moves and nothing has fallen.

    Args:
        limit: The limit.
        movable: The things that can move.
        fixed: The things that cannot; what is below all of them has fallen.
        floors: Those of them that are floor: a bystander that lies there and did not at the start has fallen.
    """

    def __init__(self, limit: SafeEnd, movable: Sequence[str], fixed: Sequence[str], floors: Sequence[str]) -> None:
        super().__init__(limit.most)
        self.drop, self.movable, self.fixed, self.floors = limit.drop_m, movable, fixed, floors
        self.lowest: dict[str, float] = {}

    def step(self, seen: Observed) -> Breach | None:
        """Remembers how low everything lay at first."""
        if not self.lowest:
            self.lowest = {thing: seen.bounds(thing).lower[2] for thing in self.movable}
        return None

    def end(self, seen: Observed, about: frozenset[str], holding: str | None) -> Breach | None:
        """Returns the first thing that is not safe."""
        held = seen.held()
        if held != holding:
            has, should = (repr(x) if x else "nothing" for x in (held, holding))
            bodies = ("robot", *(x for x in (held, holding) if x))
            return Breach(f"The hand holds {has} at the end and should hold {should}", bodies, 1.0, 0.0)
        bottom = min((seen.bounds(f).lower[2] for f in self.fixed), default=-math.inf)
        ground = max((seen.bounds(f).upper[2] for f in self.floors), default=-math.inf)
        for thing in self.movable:
            at = seen.bounds(thing).lower[2]
            first = self.lowest.get(thing, at)
            onto_floor = thing not in about and at < ground + self.drop <= first
            if at < bottom - self.drop or onto_floor:
                fell = first - at
                return Breach(f"{thing!r} has fallen by {fell:.2f} m", (thing,), fell, self.drop)
        for thing in self.movable:
            speed = math.hypot(*seen.velocity(thing).linear)
            if self.broken(speed):
                what = f"{thing!r} still moves at {speed:.2f} m/s at the end"
                return Breach(what, (thing,), speed, self.limit, seen.contact(thing))
        return None
