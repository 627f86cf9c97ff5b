"""What things are done to: vessels stay level, and nothing fragile is jolted."""

import math
from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from sim_checks.rules.limit import Level, Shock
from sim_checks.rules.monitors.monitor import Breach, Monitor
from sim_checks.rules.observed import Observed
from sim_checks.rules.things import Thing
from skills.geometry import Vector3


class StaysLevel(Monitor):
    """Things of some sort stay as upright as they stood at the start.

    Args:
        limit: The limit.
        movable: The things that can move.
        things: What is known of each thing.
    """

    def __init__(self, limit: Level, movable: Sequence[str], things: Mapping[str, Thing]) -> None:
        super().__init__(limit.most_deg)
        self.about = [m for m in movable if limit.about(things[m].properties)]
        self.up: dict[str, Vector3] = {}

    def step(self, seen: Observed) -> Breach | None:
        """Returns the vessel that tilts too far."""
        for thing in self.about:
            tilt = tilted(seen, thing, self.up)
            if self.broken(tilt):
                what = f"{thing!r} tilts by {tilt:.0f} degrees"
                return Breach(what, (thing,), tilt, self.limit, seen.contact(thing))
        return None


class NoShock(Monitor):
    """The velocity of things of some sort never jumps.

    Args:
        limit: The limit.
        movable: The things that can move.
        things: What is known of each thing.
    """

    def __init__(self, limit: Shock, movable: Sequence[str], things: Mapping[str, Thing]) -> None:
        super().__init__(limit.most)
        self.about = [m for m in movable if limit.about(things[m].properties)]
        self.before: dict[str, deque[Vector3]] = {m: deque(maxlen=2) for m in self.about}

    def step(self, seen: Observed) -> Breach | None:
        """Returns the thing that was jolted within the last two control steps."""
        for thing in self.about:
            now, before = seen.velocity(thing).linear, self.before[thing]
            jump = math.dist(now, before[0]) if before else 0.0
            before.append(now)
            if self.broken(jump):
                contact = seen.contact(thing)
                against = "" if contact is None else f" against {next(b for b in contact.bodies if b != thing)!r}"
                what = f"{thing!r} is jolted by {jump:.2f} m/s{against}"
                bodies = (thing,) if contact is None else contact.bodies
                return Breach(what, bodies, jump, self.limit, contact)
        return None


def tilted(seen: Observed, thing: str, up: dict[str, Vector3]) -> float:
    """Returns how far a thing tilts from how it stood when it was first asked for [degrees].

    Args:
        seen: The rehearsal now.
        thing: The thing.
        up: Its own direction that pointed upwards at first, by id; filled where it is missing.
    """
    rotation = seen.pose(thing).rotation
    if thing not in up:
        x, y, z = rotation[2].tolist()
        up[thing] = (x, y, z)
    upwards = float(np.dot(rotation[2], up[thing]))
    return math.degrees(math.acos(max(-1.0, min(1.0, upwards))))
