"""`Skill`: what a robot can do, as symbols and as a request to the body."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from skills.body import BodyRequest
from skills.parameter import Parameter
from skills.scene import Scene
from skills.symbols import Literal, State


@dataclass(frozen=True)
class Operator:
    """A skill call grounded in one scene and one state.

    Args:
        name: Skill name without version.
        args: Canonical ids.
        preconditions: Facts that must hold before.
        absent: Facts that must not hold before.
        add: Facts that hold after.
        delete: Facts that hold no more.
        resources: What it occupies while it runs, for example ``("arm", "gripper")``.
        duration_s: Upper bound of its duration [s].
        reads: Further facts that its grounding depends on.
    """

    name: str
    args: tuple[str, ...]
    preconditions: frozenset[Literal]
    add: frozenset[Literal]
    delete: frozenset[Literal]
    absent: frozenset[Literal] = frozenset()
    resources: tuple[str, ...] = ("arm", "gripper")
    duration_s: float = 30.0
    reads: frozenset[Literal] = field(default=frozenset(), compare=False)

    def __str__(self) -> str:
        """Returns the call as ``skill(a, b)``."""
        return f"{self.name}({', '.join(self.args)})"

    def missing(self, state: State) -> tuple[Literal, ...]:
        """Returns the preconditions that do not hold in ``state``, sorted."""
        return tuple(sorted(self.preconditions - state))

    def blocking(self, state: State) -> tuple[Literal, ...]:
        """Returns the facts of ``state`` that must not hold, sorted."""
        return tuple(sorted(self.absent & state))

    def applicable(self, state: State) -> bool:
        """Says whether it can be done in ``state``."""
        return self.preconditions <= state and self.absent.isdisjoint(state)

    def interferes(self, other: "Operator") -> bool:
        """Says whether the order of the two matters: one changes a fact that the other needs, reads or changes."""
        return self._disturbs(other) or other._disturbs(self)

    def _disturbs(self, other: "Operator") -> bool:
        return bool(
            self.delete & (other.preconditions | other.add | other.reads)
            or self.add & (other.absent | other.delete | other.reads)
        )

    def apply(self, state: State) -> State:
        """Returns the state after it."""
        return (state - self.delete) | self.add


@runtime_checkable
class Skill(Protocol):
    """The port that third parties implement (entry point group ``rehearse.skills``).

    A skill is a stateless value. `skills.testing.check_skill` is its contract test.
    """

    @property
    def id(self) -> str:
        """Versioned id, for example ``"pick.v1"``; the part before the dot is the name in graphs."""

    @property
    def words(self) -> str:
        """One line that says what it does."""

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its typed parameters."""

    def ground(self, args: Sequence[str], scene: Scene, state: State) -> Operator:
        """Returns the operator of this call in ``state``. Called with arguments that fit the parameters.

        It need not be applicable: what it misses is read from the operator.
        """

    def suggest(self, literal: Literal, wanted: bool, scene: Scene, state: State) -> tuple[tuple[str, ...], ...]:
        """Returns argument tuples with which this skill may make ``literal`` true (or false, if not ``wanted``)."""

    def request(self, args: Sequence[str], scene: Scene) -> BodyRequest:
        """Returns what the call asks of the body."""

    def cost(self, args: Sequence[str], scene: Scene) -> float:
        """Returns the effort of the call; 1 for an ordinary one. The compiler prefers cheap plans."""


def name_of(skill: Skill) -> str:
    """Returns the skill's name without its version."""
    return skill.id.partition(".")[0]
