"""The geometric gate: one collision-free, timed motion for every node, from the state the rehearsal has reached."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from sim_checks.assets.asset import Grasp
from sim_checks.motion.conveying import plan_convey
from sim_checks.motion.giving import hand_in_reach, plan_give
from sim_checks.motion.looking import plan_look
from sim_checks.motion.mechanisms import plan_operation
from sim_checks.motion.picking import Pick, plan_pick
from sim_checks.motion.placing import plan_place, promising
from sim_checks.motion.planning import Planning, Trail
from sim_checks.motion.pouring import plan_pour, pours_well
from sim_checks.motion.pressing import plan_press
from sim_checks.motion.pushing import plan_pull, plan_push, plan_slide
from sim_checks.motion.rinsing import fits_under, plan_rinse
from sim_checks.motion.roaming import by, navigate, roam
from sim_checks.motion.slot import Slot
from sim_checks.motion.spots import roofed
from sim_checks.motion.turning import holding, plan_turn
from sim_checks.motion.waiting import plan_wait
from sim_checks.motion.wiping import plan_wipe, sweeps_over
from skills import catalogue
from skills.belt import conveyor_of
from skills.body import EMBODIED, MOBILE, BodyKind, BodyRequest
from skills.finding import Finding
from skills.graph import Node, SkillGraph
from skills.motion import Motion, Segment
from skills.scene import Scene

REMEDIES = {
    "no-motion": "Choose another target, or clear the space around it.",
    "out-of-reach": "Bring it nearer, choose another target, or take a robot that reaches it.",
    "too-wide-for-gripper": "Take a robot with a wider gripper, or choose another thing.",
    "no-seal": "Take a robot with fingers, or choose a thing with a flat face.",
    "too-heavy": "Take a robot that holds more, or choose a lighter thing.",
}
"""Code of a finding without a motion -> what to do about it."""
FORESEEN = (BodyKind.PLACE, BodyKind.HAND_OVER, BodyKind.POUR, BodyKind.RINSE, BodyKind.WIPE)
"""What a thing is picked for in a way that suits."""
LOOK_AHEAD = 8
"""Grasps tried against what follows before the plainest one is taken."""


@dataclass
class Choices:
    """Which candidate each node uses, and which ones rehearsals have ruled out.

    Args:
        used: Node id -> index of its candidate.
        excluded: Node id -> candidates that failed.
    """

    used: dict[str, int] = field(default_factory=dict)
    excluded: dict[str, set[int]] = field(default_factory=dict)

    def without(self, node: str) -> Collection[int]:
        """Returns the candidates of ``node`` that are ruled out."""
        return self.excluded.get(node, set())

    def exclude(self, node: str) -> None:
        """Rules out the candidate that ``node`` uses now."""
        if node in self.used:
            self.excluded.setdefault(node, set()).add(self.used.pop(node))


def requests(graph: SkillGraph, scene: Scene) -> dict[str, BodyRequest]:
    """Returns what every node asks of the body."""
    return {n.id: catalogue.get(n.step.skill).request(n.step.args, scene) for n in graph.nodes}


def plan_node(
    planning: Planning, node: Node, asked: Mapping[str, BodyRequest], order: tuple[str, ...], choices: Choices
) -> Motion | Finding:
    """Returns the motion of ``node`` from the planning world's present state, or why there is none.

    Args:
        planning: The planning world, in sync with the rehearsal.
        node: What to plan.
        asked: Body request of every node.
        order: Node ids in execution order.
        choices: Candidates in use and ruled out; the choice made is written into it.
    """
    trail = Trail()
    request = asked[node.id]
    if request.kind not in EMBODIED | MOBILE:
        return Finding(
            "no-body",
            f"nodes.{node.id}",
            f"No robot of this scene can carry out {node.step}; it is known symbolically alone.",
            "Ask for what this robot's hands can do, or validate the plan up to the symbolic gate.",
        )
    about = planning.robot.about
    if request.kind not in about.abilities:
        what = f"{about.name!r} cannot carry out {node.step}: {request.kind.value!r} is not among its abilities."
        return Finding("no-such-skill-on-this-body", f"nodes.{node.id}", what, "Take another robot, or another step.")
    arm = partial(_candidates, planning, asked=asked, order=order, choices=choices, trail=trail)
    drives = planning.drives
    offered = _roaming(planning, node.id, asked, order, choices, arm, trail) if drives else arm(node.id, request)
    for index, segments in offered:
        choices.used[node.id] = index
        return Motion(node.id, by(segments, planning.robot.active) if planning.still else segments, request.holds_after)
    what = f"{node.step} has no collision-free motion: {trail}."
    return Finding(trail.code(), f"nodes.{node.id}", what, REMEDIES[trail.code()])


def outlook(
    node: str, asked: Mapping[str, BodyRequest], order: tuple[str, ...], choices: Choices, drives: bool
) -> tuple[object, ...]:
    """Returns all that `plan_node` may read of the plan for one node, as a value: its request and what lies ahead.

    For a grasp that is everything that the plan does with the thing afterwards, of whatever kind.

    Args:
        node: The node.
        asked: Body request of every node.
        order: Node ids in execution order.
        choices: Candidates ruled out.
        drives: Whether the robot drives.
    """
    request, following = asked[node], order[order.index(node) + 1 :]
    seen: tuple[object, ...] = (request, tuple(sorted(choices.without(node))))
    if request.kind is BodyKind.PLACE:
        seen += (slot_of(node, request.target or "", asked, order),)
    if request.kind is BodyKind.GRASP:
        for later in (n for n in following if asked[n].subject == request.subject):
            place = asked[later].kind is BodyKind.PLACE
            seen += (asked[later], slot_of(later, asked[later].target or "", asked, order) if place else Slot())
    if request.kind is BodyKind.NAVIGATE and drives:
        act = next((n for n in following if asked[n].kind in EMBODIED), None)
        seen += () if act is None else outlook(act, asked, order, choices, drives)
    return seen


def _roaming(
    planning: Planning,
    node: str,
    asked: Mapping[str, BodyRequest],
    order: tuple[str, ...],
    choices: Choices,
    arm: Callable[[str, BodyRequest], Iterator[tuple[int, tuple[Segment, ...]]]],
    trail: Trail,
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) of a robot that drives."""
    request = asked[node]
    if request.kind is BodyKind.PROCESS:  # waiting takes no other place
        yield from arm(node, request)
        return
    if request.kind is not BodyKind.NAVIGATE:
        slot = slot_of(node, request.target or "", asked, order) if request.kind is BodyKind.PLACE else Slot()
        yield from roam(planning, request, slot, partial(arm, node, request), trail)
        return
    later = next((n for n in order[order.index(node) + 1 :] if asked[n].kind in EMBODIED), None)
    after = None
    if later is not None:
        place = asked[later].kind is BodyKind.PLACE
        slot = slot_of(later, asked[later].target or "", asked, order) if place else Slot()
        after = (asked[later], slot, partial(arm, later, asked[later]))
    yield from navigate(planning, request.subject, after, choices.without(node), trail)


def _candidates(
    planning: Planning,
    node: str,
    request: BodyRequest,
    *,
    asked: Mapping[str, BodyRequest],
    order: tuple[str, ...],
    choices: Choices,
    trail: Trail,
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields (candidate index, segments) for one body request."""
    without = choices.without(node)
    match request.kind:
        case BodyKind.GRASP:
            yield from _grasps(planning, node, request, asked, order, without, trail)
        case BodyKind.PLACE:
            target = request.target or ""
            slot = slot_of(node, target, asked, order)
            for index, segments in enumerate(plan_place(planning, target, request.inside, slot, trail)):
                if index not in without:
                    yield index, segments
        case BodyKind.ROTATE:
            for turned in plan_turn(planning, request.subject, request.opening == 1.0, without, trail):
                yield turned.grasp, turned.segments
        case BodyKind.SLIDE:
            for push in plan_slide(planning, request.subject, request.opening == 1.0, without, trail):
                yield push.approach, push.segments
        case BodyKind.PRESS:
            yield from plan_press(planning, request.subject, without, trail)
        case BodyKind.INSPECT:
            yield from plan_look(planning, request.subject, without, trail)
        case BodyKind.PROCESS:
            belt = conveyor_of(request.awaits, planning.scene)
            wait = plan_wait if belt is None else plan_convey
            yield from wait(planning, request.awaits, without, trail)
        case BodyKind.RINSE:
            yield from plan_rinse(planning, request, without, trail)
        case BodyKind.HAND_OVER:
            yield from plan_give(planning, request.target or "", without, trail)
        case BodyKind.POUR:
            yield from plan_pour(planning, request.target or "", without, trail)
        case BodyKind.WIPE:
            yield from plan_wipe(planning, request.target or "", without, trail)
        case BodyKind.PULL:
            for push in plan_pull(planning, request.subject, without, trail):
                yield push.approach, push.segments
        case BodyKind.PUSH_ALONG:
            for push in plan_push(planning, request.subject, request.target or "", without, trail):
                yield push.approach, push.segments
        case _:
            share = request.opening if request.opening is not None else 1.0
            for pull in plan_operation(planning, request.subject, share, without, trail):
                yield pull.approach, pull.segments


def _grasps(
    planning: Planning,
    node: str,
    request: BodyRequest,
    asked: Mapping[str, BodyRequest],
    order: tuple[str, ...],
    without: Collection[int],
    trail: Trail,
) -> Iterator[tuple[int, tuple[Segment, ...]]]:
    """Yields grasps, those first from which what follows can be done too."""
    following = order[order.index(node) + 1 :]
    uses = (asked[n] for n in following if asked[n].subject == request.subject)
    after = next((u for u in uses if u.kind in FORESEEN), None)
    if after is not None and after.kind is BodyKind.HAND_OVER and not hand_in_reach(planning, after.target or ""):
        after = None  # no grasp brings it there; the step itself says so
    suits, slot, level = None, Slot(), False
    if after is not None and after.target is not None:
        planning.resting = planning.world.pose(request.subject).orientation
        if after.kind is BodyKind.RINSE:
            suits = partial(fits_under, planning, request.subject, after.target)
        elif after.kind is BodyKind.POUR:
            suits = partial(pours_well, planning, request.subject)
        elif after.kind is BodyKind.WIPE:
            suits = partial(sweeps_over, planning, request.subject, after.target)
        else:
            if after.kind is BodyKind.PLACE:
                slot = slot_of(next(n for n in following if asked[n] is after), after.target, asked, order)
                level = roofed(planning, after.target)
            suits = partial(promising, planning, request.subject, after.target, after.inside, slot)
        if planning.drives:  # it is put down from elsewhere
            suits, after = partial(_anywhere, planning, suits), None
    doubtful: list[Pick] = []
    for count, pick in enumerate(plan_pick(planning, request.subject, without, trail, suits, level)):
        if after is None or _leads_on(planning, request.subject, pick, after, slot, trail):
            yield pick.grasp, pick.segments
        else:
            doubtful.append(pick)
        if count + 1 >= LOOK_AHEAD:
            break
    for pick in doubtful:
        yield pick.grasp, pick.segments


def _anywhere(planning: Planning, suits: Callable[[Grasp], bool], grasp: Grasp) -> bool:
    """Says whether a grasp suits what comes next, wherever the robot will stand then."""
    planning.far = True
    try:
        return suits(grasp)
    finally:
        planning.far = False


def _leads_on(planning: Planning, entity: str, pick: Pick, after: BodyRequest, slot: Slot, trail: Trail) -> bool:
    """Says whether the thing, held by this grasp, can be brought where the plan wants it next."""
    with holding(planning, entity, pick):
        if after.kind is BodyKind.RINSE:
            return any(True for _ in plan_rinse(planning, after, (), trail))
        if after.kind is BodyKind.WIPE:
            return any(True for _ in plan_wipe(planning, after.target or "", (), trail))
        if after.kind is BodyKind.POUR:
            return any(True for _ in plan_pour(planning, after.target or "", (), trail))
        if after.kind is BodyKind.HAND_OVER:
            return any(True for _ in plan_give(planning, after.target or "", (), trail))
        return any(True for _ in plan_place(planning, after.target or "", after.inside, slot, trail))


def slot_of(node: str, target: str, asked: Mapping[str, BodyRequest], order: tuple[str, ...]) -> Slot:
    """Returns where this node stands among those that place something at ``target``."""
    same = [n for n in order if asked[n].kind is BodyKind.PLACE and asked[n].target == target]
    index = same.index(node)
    return Slot(index, len(same), tuple(asked[n].subject for n in same[index + 1 :]))
