"""The parts of a robot's description, as validated values.

Metres, radians, newtons and newton metres, seconds; quaternions (x, y, z, w). The tool frame has its origin midway
between the finger pads, z along the approach and y along the closing direction; fingertips reach at most `BEYOND`
beyond it, because grasps are offered down to that height above a floor.
"""

from itertools import pairwise
from typing import Annotated
from typing import Literal as Choice

from pydantic import Discriminator, Field, Tag, model_validator

from skills.body import EMBODIED, BodyKind
from skills.robots.suction import Suction
from skills.scene_parts import Finite, PoseSpec, Strict

Name = Annotated[str, Field(min_length=1, max_length=120)]
Positive = Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)]
Ratio = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]
File = Annotated[str, Field(min_length=1, max_length=200)]
BEYOND = 0.0125
"""Most that fingertips may reach beyond the tool's origin [m]."""


class Chain(Strict):
    """Joints that are driven together, and their limits; metres in place of radians for joints that slide.

    Args:
        joints: Names of the chain's joints, from its root on.
        lower: Smallest angles [rad]; inside the URDF's own limits.
        upper: Largest angles [rad].
        speed: Largest joint speeds [rad/s].
        acceleration: Largest joint accelerations [rad/s^2].
        effort: Largest joint torques [Nm].
        home: Angles at which every plan begins [rad].
    """

    joints: Annotated[tuple[Name, ...], Field(min_length=3, max_length=12)]
    lower: tuple[Finite, ...]
    upper: tuple[Finite, ...]
    speed: tuple[Positive, ...]
    acceleration: tuple[Positive, ...]
    effort: tuple[Positive, ...]
    home: tuple[Finite, ...]

    @model_validator(mode="after")
    def _one_for_each(self) -> "Chain":
        if len(set(self.joints)) != len(self.joints):
            raise ValueError("a joint is named twice")
        for field in ("lower", "upper", "speed", "acceleration", "effort", "home"):
            if len(getattr(self, field)) != len(self.joints):
                raise ValueError(f"{field!r} needs one value for each of the {len(self.joints)} joints")
        for name, low, high, at in zip(self.joints, self.lower, self.upper, self.home, strict=True):
            if not low < at < high:
                raise ValueError(f"{name!r} is not between its limits at home: {low} < {at} < {high} does not hold")
        return self


class Arm(Chain):
    """A chain of joints that carries a hand.

    Args:
        base: Link that stands on the mount, or on the base that moves.
    """

    base: Name


class Base(Chain):
    """A base that drives over the floor in every direction: joints along x, along y, about z, then a lift if any.

    Args:
        radius: Radius of the upright cylinder that holds the base itself [m].
    """

    joints: Annotated[tuple[Name, ...], Field(min_length=3, max_length=4)]
    radius: Annotated[float, Field(gt=0, le=2, allow_inf_nan=False)]


class Joined(Strict):
    """Where a hand from a file of its own is fixed to the arm: on ``link``, at ``pose`` in that link's frame."""

    link: Name
    pose: PoseSpec = PoseSpec(position=(0.0, 0.0, 0.0))


class Attached(Strict):
    """A further file whose root is fixed to the robot.

    Args:
        urdf: The file.
        joined: Where its root is fixed.
        prefix: Put before the names of its links and joints.
    """

    urdf: File
    joined: Joined
    prefix: Annotated[str, Field(pattern=r"^[a-z0-9_]{0,20}$")] = ""


class Frame(Strict):
    """A named frame: a link of the URDF, or a pose in the frame of one."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
    link: Name
    pose: PoseSpec | None = None


class Tool(Strict):
    """The tool frame: a link of the URDF, or a pose in the frame of one."""

    link: Name
    pose: PoseSpec | None = None


class Hand(Strict):
    """What is on the arm's end.

    Args:
        link: The hand's root link; every link beyond it belongs to the hand.
        urdf: File of the hand, when it is another than the arm's.
        joined: Where that file's root is fixed.
        tool: The tool frame.
    """

    link: Name
    urdf: File | None = None
    joined: Joined | None = None
    tool: Tool

    @model_validator(mode="after")
    def _both(self) -> "Hand":
        if (self.urdf is None) != (self.joined is None):
            raise ValueError("give 'urdf' and 'joined' together, or neither")
        return self


class Finger(Strict):
    """One finger.

    Args:
        joint: The joint that moves it.
        link: The link that touches what is held.
        closed: Joint position with the gripper closed [m or rad].
        direction: +1 when the joint's position grows as a sliding finger opens, else -1.
        curve: For a finger that swings: (opening of the gripper [m], joint position [rad]), opening growing.
    """

    joint: Name
    link: Name
    closed: Finite = 0.0
    direction: Choice[1, -1] = 1
    curve: Annotated[tuple[tuple[Finite, Finite], ...], Field(max_length=64)] = ()

    @model_validator(mode="after")
    def _grows(self) -> "Finger":
        if len(self.curve) == 1:
            raise ValueError("a curve needs two points or more")
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(self.curve)]
        if any(w <= 0 for w, _ in steps) or len({q > 0 for _, q in steps}) > 1 or any(q == 0 for _, q in steps):
            raise ValueError("along a curve the opening must grow, and the joint must turn one way")
        return self


class Mimic(Strict):
    """A joint that follows another one: position = ratio * position of ``follows``, by a gear in the engine."""

    joint: Name
    follows: Name
    ratio: Ratio = 1.0
    force: Positive = 100.0


class Gripper(Strict):
    """Two fingers that close on what is between them.

    Args:
        kind: ``parallel``: two fingers that stay parallel.
        opening: Widest opening between the pads [m].
        force: Largest force of a finger [N].
        speed: Largest speed of a finger [m/s].
        fingers: The two.
        mimic: Joints that follow others.
        armature: Inertia that motor and gears lend to each joint of the hand [kg m^2]; light linkages that are geared
            together give way in the engine without it.
    """

    kind: Choice["parallel"] = "parallel"
    opening: Annotated[float, Field(gt=0, le=0.5, allow_inf_nan=False)]
    force: Positive
    speed: Positive
    fingers: tuple[Finger, Finger]
    mimic: Annotated[tuple[Mimic, ...], Field(max_length=16)] = ()
    armature: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 0.0

    @model_validator(mode="after")
    def _curves(self) -> "Gripper":
        if self.fingers[0].joint == self.fingers[1].joint or self.fingers[0].link == self.fingers[1].link:
            raise ValueError("the two fingers need a joint and a link each")
        for finger in self.fingers:
            if finger.curve and abs(finger.curve[-1][0] - self.opening) > 1e-6:
                raise ValueError(f"the curve of {finger.joint!r} must end at the opening, {self.opening} m")
        return self


def _kind(value: object) -> object:
    """Returns the kind of a gripper that is given as data or as a value; two fingers where none is said."""
    return value.get("kind", "parallel") if isinstance(value, dict) else getattr(value, "kind", None)


AnyGripper = Annotated[
    Annotated[Gripper, Tag("parallel")] | Annotated[Suction, Tag("suction")],
    Discriminator(
        _kind,
        custom_error_type="gripper_kind",
        custom_error_message="a gripper's 'kind' is 'parallel' or 'suction'",
    ),
]
"""What holds things: two fingers, or a cup."""


class Reach(Strict):
    """A sphere that the wrist cannot leave, for a quick look before any kinematics.

    Args:
        shoulder: Height of its centre above the base [m].
        radius: Its radius [m].
        wrist: Distance of the wrist behind the tool, along the approach [m].
    """

    shoulder: Finite
    radius: Positive
    wrist: Annotated[float, Field(ge=0, le=5, allow_inf_nan=False)]


class Pairs(Strict):
    """Pairs of links.

    Args:
        watched: Pairs that can meet inside the joint limits; planners keep them apart.
        touching: Pairs whose hulls always touch; the engine lets them through each other, as it does the hand's own.
    """

    watched: tuple[tuple[Name, Name], ...] = ()
    touching: tuple[tuple[Name, Name], ...] = ()


class Limb(Strict):
    """A further arm: its joints, its hand, its gripper, and a bound on its reach."""

    arm: Arm
    hand: Hand
    gripper: AnyGripper
    reach: Reach | None = None


Abilities = Annotated[tuple[BodyKind, ...], Field(min_length=1)]
ALL_ABILITIES = tuple(sorted(EMBODIED))
