"""Near people: slow, and without anything sharp or hot. A person is a column of their radius, of whatever height."""

import math
from collections.abc import Mapping, Sequence

from sim_checks.rules.limit import Apart, SpeedNear
from sim_checks.rules.monitors.monitor import Breach, Monitor
from sim_checks.rules.observed import Observed
from sim_checks.rules.things import Thing
from skills.geometry import Bounds
from skills.scene_parts import Person


class SlowNear(Monitor):
    """Arm, hand and what it holds are slow near people.

    Args:
        limit: The limit.
        people: The people of the scene.
    """

    def __init__(self, limit: SpeedNear, people: Sequence[Person]) -> None:
        super().__init__(limit.most)
        self.people, self.within = people, limit.within_m

    def step(self, seen: Observed) -> Breach | None:
        """Returns the fastest body that is too fast, near the person that it is nearest to."""
        found: Breach | None = None
        for body in seen.moving():
            for person in self.people:
                x, y, _ = body.position
                away = math.hypot(x - person.position[0], y - person.position[1]) - person.radius - body.reach
                if away >= self.within:
                    continue
                speed = body.speed + body.spin * body.reach
                if self.broken(speed) and (found is None or speed > found.measured):
                    what = f"{body.name!r} moves at {speed:.2f} m/s, {max(away, 0.0):.2f} m from {person.id!r}"
                    found = Breach(what, (_owner(body.name, seen), person.id), speed, self.limit)
        return found


class KeepsAway(Monitor):
    """What the hand holds stays away from people.

    Args:
        limit: The limit.
        people: The people of the scene.
        things: What is known of each thing.
    """

    def __init__(self, limit: Apart, people: Sequence[Person], things: Mapping[str, Thing]) -> None:
        super().__init__(limit.least_m, low=True)
        self.people = people
        self.about = frozenset(i for i, t in things.items() if limit.about(t.properties))

    def step(self, seen: Observed) -> Breach | None:
        """Returns the person whom the held thing is too near to."""
        held = seen.held()
        if held is None or held not in self.about:
            return None
        bounds = seen.bounds(held)
        for person in self.people:
            away = beside(bounds, person)
            if self.broken(away):
                what = f"{held!r} is held {max(away, 0.0):.2f} m from {person.id!r}"
                return Breach(what, (held, person.id), away, self.limit)
        return None


def beside(bounds: Bounds, person: Person) -> float:
    """Returns the horizontal distance between a box and a person's surface [m], negative where they overlap."""
    sides = (
        max(low - at, 0.0, at - high)
        for low, high, at in zip(bounds.lower[:2], bounds.upper[:2], person.position[:2], strict=True)
    )
    return math.hypot(*sides) - person.radius


def _owner(name: str, seen: Observed) -> str:
    return name if name == seen.held() else "robot"
