"""Abreast: what two arms are to do at once, planned and rehearsed one arm after the other, then joined.

The robot first drives to where each arm reaches its share, and stands still from then on. Each run is planned from the
state that physics has reached and played in it, as any other step is, and recorded. The joined motion is rehearsed anew
from the beginning of the plan, and judged as any other motion is.
"""

from collections.abc import Iterator, Mapping

from sim_checks.bullet.recording import FRAME_S, Recording
from sim_checks.geometric import Choices, plan_node, slot_of
from sim_checks.motion.joining import Part, join
from sim_checks.motion.meeting import Meeting, meetings
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.roaming import before, footprint
from sim_checks.motion.slot import Slot
from sim_checks.motion.stances import Focus, Stance, focus_of
from sim_checks.motion.timing import hold
from sim_checks.rollout import Rollout
from skills.body import BodyKind, BodyRequest
from skills.finding import Finding
from skills.graph import SkillGraph
from skills.motion import Motion, Segment

NOT_TOGETHER = "Let one be done after the other: take this out of 'together'."
"""What to do about what two arms cannot do at once."""
PAUSE_S = 0.3
"""Pause between the drive and the arms [s]."""


class Abreast:
    """Two runs of one plan that two arms shall do at once.

    Args:
        graph: The plan.
        index: Which of its `together`.
        planning: The planning world.
        asked: Body request of every node.
        order: Node ids in execution order.
        choices: Candidates in use and ruled out; places to stand are numbered as those of a node called `name`.
    """

    def __init__(
        self,
        graph: SkillGraph,
        index: int,
        planning: Planning,
        asked: Mapping[str, BodyRequest],
        order: tuple[str, ...],
        choices: Choices,
    ) -> None:
        self.graph, self.group, self.name = graph, graph.together[index], f"together[{index}]"
        self.planning, self.asked, self.order, self.choices = planning, asked, order, choices
        self.label = 700 + 20 * index

    def plan(self, rollout: Rollout, force: float) -> Motion | Finding | None:
        """Returns the joined motion, why there is none, or None where another place to stand is to be tried.

        It plays the runs one after the other: the rollout is at another state afterwards, and is to be begun anew.

        Args:
            rollout: A rehearsal that has come to where the runs begin.
            force: Force with which a hand holds what it holds by then [N].
        """
        trail = Trail()
        self._sync(rollout, None, force)
        place = self._place(trail)
        if place is None:
            what = f"There is no place from where both arms can do their share: {trail}."
            return Finding("not-together", self.name, what, NOT_TOGETHER)
        prefix = (*place.there, self._pause(place.there[-1])) if place.there else ()
        if prefix and rollout.stage.play(Motion(self.group.nodes[0], prefix)).findings:
            return None
        parts = []
        for run, arm in zip((self.group.first, self.group.second), place.arms, strict=True):
            part = self._run(rollout, run, arm, force)
            if part is None:
                return None
            parts.append(part)
        motion = join(self.planning, prefix, (parts[0], parts[1]), self.name)
        return None if isinstance(motion, Finding) and len(self.choices.without(self.name)) < 2 else motion

    def approach(self, rollout: Rollout, node: str, force: float) -> Motion | None:
        """Returns the drive of the step before the runs to where both arms can do their share, or None.

        Args:
            rollout: A rehearsal that has come to that step.
            node: The step; it is to bring the robot before some place.
            force: Force with which a hand holds what it holds by then [N].
        """
        planning, trail = self.planning, Trail()
        self._sync(rollout, None, force)
        bounds = footprint(planning, self.asked[node].subject)
        for number, place in enumerate(self._places(trail)):
            stance = Stance(tuple(place.joints[planning.robot.driving]), place.arms[0], 0.0)
            fits = number not in self.choices.without(node) and before(planning, stance, bounds)
            if fits and self._begins(place, trail):
                self.choices.used[node] = number
                still = hold("drive", planning.joints, PAUSE_S, planning.width, planning.force)
                return Motion(node, place.there or (still,))
        return None

    def _places(self, trail: Trail) -> Iterator[Meeting]:
        """Yields places to stand."""
        foci = (self._foci(self.group.first), self._foci(self.group.second))
        return meetings(self.planning, foci, self.label, trail)

    def _place(self, trail: Trail) -> Meeting | None:
        """Returns the first place that is not ruled out, and from where both runs can be begun."""
        for number, place in enumerate(self._places(trail)):
            if number not in self.choices.without(self.name) and self._begins(place, trail):
                self.choices.used[self.name] = number
                return place
        return None

    def _foci(self, run: tuple[str, ...]) -> list[Focus]:
        """Returns what a run is about."""
        found = []
        for node in run:
            request = self.asked[node]
            place = request.kind is BodyKind.PLACE
            slot = slot_of(node, request.target or "", self.asked, self.order) if place else Slot()
            found.append(focus_of(self.planning, request, slot))
        return found

    def _begins(self, place: Meeting, trail: Trail) -> bool:
        """Says whether each arm finds a motion for the first step of its run, from this place."""
        planning = self.planning
        kept, memory = (planning.joints, planning.width, planning.held, planning.tool_from_held), planning.memory
        try:
            for run, arm in zip((self.group.first, self.group.second), place.arms, strict=True):
                planning.joints, planning.robot.active, planning.still = place.joints, arm, True
                if arm == place.arms[1] and planning.held is not None:
                    planning.held = None
                    planning.collisions.attach(None)
                if planning.held is None:
                    planning.width = planning.robot.max_width
                found = plan_node(planning, self.graph.node(run[0]), self.asked, self.order, self.choices)
                if isinstance(found, Finding):
                    trail.add(f"{run[0]}: {found.what}")
                    return False
            return True
        finally:
            planning.joints, planning.width, planning.held, planning.tool_from_held = kept
            planning.memory, planning.still = memory, False
            if planning.held is not None:
                planning.attach(planning.held, planning.tool_from_held)
            planning.robot.place(planning.joints, planning.width)

    def _run(self, rollout: Rollout, run: tuple[str, ...], arm: int, force: float) -> Part | None:
        """Plans, plays and records one run; None where it does not come to its end."""
        motions: list[Motion] = []
        recording = Recording(rollout.stage)
        try:
            for name in run:
                node = self.graph.node(name)
                self._sync(rollout, arm, motions[-1].segments[-1].force if motions else force)
                if self.planning.held is None:
                    self.planning.resting = rollout.resting(self.asked[name].subject)
                self.planning.still = True
                motion = plan_node(self.planning, node, self.asked, self.order, self.choices)
                if isinstance(motion, Finding) or rollout.play((node,), motion, recording.look, FRAME_S):
                    return None
                motions.append(motion)
        finally:
            self.planning.still = False
        return Part(tuple(motions), arm, recording)

    def _sync(self, rollout: Rollout, arm: int | None, force: float) -> None:
        """Takes over the state that the rehearsal has reached."""
        stage, planning = rollout.stage, self.planning
        held = stage.held()
        planning.robot.active = planning.robot.active if arm is None else arm
        planning.sync(stage.snapshot(), held)
        if held is None:
            planning.width = planning.robot.max_width
        else:
            planning.force = force

    def _pause(self, last: Segment) -> Segment:
        """Returns the pause after the drive."""
        return hold("rest", last.joints[-1], PAUSE_S, last.width, last.force)
