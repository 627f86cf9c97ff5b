"""`Belts`: the conveyors of one world. Rollers turn or stand; what lies on them is moved by contact alone.

A conveyor runs while the robot waits for a thing to arrive at its end, unless something interrupts the light barrier
there, the robot or what it holds comes near, or the thing has tipped over. All of it is read
from the simulation, many times a second.
"""

import math
from typing import NamedTuple

from sim_checks.assets.asset import Drive
from sim_checks.bullet.robot import Robot
from sim_checks.bullet.world import BulletWorld
from sim_checks.incident import Incident
from skills.belt import conveyor_of
from skills.finding import Finding
from skills.geometry import Vector3
from skills.motion import Segment
from skills.predicates import LEAN, holds
from skills.symbols import Literal

GUARD = 0.05
"""A robot nearer than this to a conveyor, or to what that carries, stops it [m]."""
RAMP = 0.02
"""Change of the rollers' speed from one look to the next, most [m/s]: 0.6 m/s^2. Source: our own."""
STILL = 0.0001
"""Way between two looks below which a thing lies still [m]. Places are compared, for on many rollers at once the engine
may read a few mm/s of what does not move."""
UNMOVED = 0.015
"""Way below which a thing counts as not carried at all [m]."""


class _Begun(NamedTuple):
    """What is awaited, and how the thing lay when the wait for it began."""

    fact: Literal
    centre: Vector3
    up: Vector3


class Belts:
    """Runs and stops the conveyors of a world; nothing else of it is changed.

    Args:
        world: The world, settled.
        robot: The robot in it, or None where there is none.
    """

    def __init__(self, world: BulletWorld, robot: Robot | None = None) -> None:
        self.world, self.robot = world, robot
        self.drives = {n: t.asset.drive for n, t in world.things.items() if t.asset.drive is not None}
        self.speeds = dict.fromkeys(self.drives, 0.0)
        """Conveyor -> commanded speed of its rollers [m/s]."""
        self._begun: _Begun | None = None
        self._seen: tuple[Vector3, ...] = ()
        """Where what is waited for was at the last looks, two at most."""

    def look(self, fact: Literal | None) -> None:
        """Starts, slows and stops rollers for what is waited for now (None: nothing is).

        Args:
            fact: The fact that ends the wait, whatever it is about.
        """
        if not self.drives:
            return
        asked = conveyor_of(fact, self.world.scene)
        if fact is None or asked is None:
            self._begun, self._seen = None, ()
        elif self._begun is None or self._begun.fact != fact:
            thing = fact.args[0]
            self._begun, self._seen = _Begun(fact, self.world.centre(thing), self._up(thing)), ()
        if self._begun is not None:
            self._seen = (*self._seen[-1:], self.world.centre(self._begun.fact.args[0]))
        for name, drive in self.drives.items():
            runs = name == asked and self.hindrance(name) is None
            self._turn(name, drive, drive.speed if runs else 0.0)

    def stop(self) -> None:
        """Stops all rollers at once: what they carry slides out."""
        for name, drive in self.drives.items():
            self.speeds[name] = RAMP
            self._turn(name, drive, 0.0)

    def arrived(self, fact: Literal) -> bool:
        """Says whether the thing lies still and upright at the end, and the rollers stand."""
        name = conveyor_of(fact, self.world.scene)
        if name is None or self.speeds[name] > 0.0 or self.interrupting(name) != fact.args[0] or self.toppled():
            return False
        return len(self._seen) == 2 and math.dist(*self._seen) < STILL and holds(fact, self.world)

    def hindrance(self, name: str) -> str | None:
        """Returns why a conveyor may not run now, as a clause, or None."""
        if self._near(name):
            return f"the robot is within {1000 * GUARD:.0f} mm of it or of what it carries"
        if self.toppled():
            return "what it carries has tipped over"
        other = self.interrupting(name)
        return None if other is None else f"{other!r} interrupts its light barrier"

    def interrupting(self, name: str) -> str | None:
        """Returns what interrupts the light barrier of a conveyor, or None."""
        frame, barrier = self.world.link_pose(name, -1), self.drives[name].barrier
        hit = self.world.client.rayTest(*(frame.transform(end) for end in barrier))[0][0]
        return None if hit in (-1, self.world.body(name)) else self.world.names.get(hit, "the robot")

    def toppled(self) -> bool:
        """Says whether what is waited for leans more than it did when the wait began."""
        if self._begun is None:
            return False
        now = sum(a * b for a, b in zip(self._up(self._begun.fact.args[0]), self._begun.up, strict=True))
        return now < math.cos(2 * LEAN)

    def overdue(self, segment: Segment, node: str, now_s: float) -> Incident | None:
        """Returns what there is to say when a wait for a conveyor is over and the thing has not arrived.

        Args:
            segment: What has been played.
            node: The step of the plan.
            now_s: Time since the start [s].
        """
        fact = segment.until
        name = conveyor_of(fact, self.world.scene)
        if fact is None or name is None or self.arrived(fact):
            return None
        code, what, remedy = self._failure(fact.args[0], name)
        found = Finding(code, f"nodes.{node}", f"After {segment.duration:.0f} s {what}.", remedy)
        return Incident(found, now_s, segment.name, (fact.args[0], name))

    def _failure(self, thing: str, name: str) -> tuple[str, str, str]:
        """Returns how a thing failed to arrive: code, clause and remedy."""
        if self.toppled():
            return "toppled", f"{thing!r} lies on its side on {name!r}", "Convey what has a broader foot."
        if self._near(name):
            return "blocked", f"{name!r} stands still: {self.hindrance(name)}", "Draw the arm back from it first."
        if not self.world.touching(thing, name):
            return "slipped", f"{thing!r} is no more on {name!r}", "Put it down nearer to the middle."
        other, begun = self.interrupting(name), self._begun
        if other not in (None, thing):
            return "jammed", f"{thing!r} has not arrived: {self.hindrance(name)}", f"Move {other!r} away first."
        if begun is not None and math.dist(begun.centre, self.world.centre(thing)) < UNMOVED:
            return "missed", f"{thing!r} is where it was: {name!r} does not carry it", "Put it on the rollers."
        return "jammed", f"{thing!r} has stopped before the end of {name!r}", "Move away what holds it up."

    def _turn(self, name: str, drive: Drive, speed: float) -> None:
        """Brings the commanded speed of the rollers nearer to ``speed`` [m/s]."""
        before = self.speeds[name]
        now = before + max(-RAMP, min(RAMP, speed - before))
        if now == before:
            return
        self.speeds[name] = now
        thing, client = self.world.things[name], self.world.client
        for joint in drive.joints:
            client.setJointMotorControl2(
                thing.body,
                thing.joints[joint],
                client.VELOCITY_CONTROL,
                targetVelocity=now / drive.radius,
                force=drive.torque,
            )

    def _near(self, name: str) -> bool:
        """Says whether the robot, or what it holds, is near a conveyor or what that carries, its foot aside."""
        if self.robot is None:
            return False
        world, held = self.world, self.world.held()
        guarded = [world.body(name)]
        if self._begun is not None and self._begun.fact.args[0] != held:
            guarded.append(world.body(self._begun.fact.args[0]))
        for body in guarded:
            points = world.client.getClosestPoints(self.robot.body, body, GUARD)
            if any(p[3] not in self.robot.mounted for p in points):
                return True
            if held is not None and world.client.getClosestPoints(world.body(held), body, GUARD):
                return True
        return False

    def _up(self, thing: str) -> Vector3:
        x, y, z = self.world.pose(thing).rotation[:, 2].tolist()
        return (x, y, z)
