"""`Touches`: who is touched. Nobody is, by the robot or what it holds, but by what is laid into their hand."""

from sim_checks.bullet.robot import Robot
from sim_checks.bullet.world import BulletWorld
from sim_checks.incident import Contact, Incident
from skills.finding import Finding
from skills.motion import Segment

GIVE = "give"
"""Name of the segment in which a thing comes to lie in a person's hand."""
LET_GO = "release"
"""Name of the segment in which the fingers open."""
CODE = "touched-person"
REMEDY = "Choose another way or spot, or ask them to step back."


class Touches:
    """Looks at the open hands of the people in one world.

    Args:
        world: The world.
        robot: The robot in it.
    """

    def __init__(self, world: BulletWorld, robot: Robot) -> None:
        self.world, self.robot = world, robot
        self.given: set[str] = set()
        """People into whose hand a held thing has been laid since the start."""

    def look(self, segment: Segment, node: str, now_s: float) -> Incident | None:
        """Returns what touches a person now and should not, or None.

        Args:
            segment: What is played.
            node: The step of the plan.
            now_s: Time since the start [s].
        """
        for person in self.world.scene.people:
            for point in self.world.client.getContactPoints(bodyA=self.world.body(person.id)):
                held = self.world.held()
                name = self.robot.link_words(point[4]) if point[2] == self.robot.body else self.world.names[point[2]]
                if name == held and segment.name in (GIVE, LET_GO):
                    self.given.add(person.id)
                elif name == held or point[2] == self.robot.body:
                    what = f"The {name} touched {person.id!r} during {segment.name!r}."
                    who = (name if name == held else "robot", person.id)
                    contact = Contact((name, person.id), tuple(point[6]), float(point[9]))
                    finding = Finding(CODE, f"nodes.{node}", what, REMEDY)
                    return Incident(finding, now_s, segment.name, who, contact, float(point[9]), 0.0)
        return None


def strangers(touches: Touches, node: str, named: tuple[str, ...]) -> tuple[Finding, ...]:
    """Returns a finding for everybody into whose hand something was laid and whom the steps so far do not name.

    Args:
        touches: Who was touched.
        node: The step that has ended.
        named: What this step and those before it name.
    """
    return tuple(
        Finding(CODE, f"nodes.{node}", f"Something was laid into the hand of {who!r}, who is not to have it.", REMEDY)
        for who in sorted(touches.given - set(named))
    )
