"""`BulletClient`: the one owner of the physics engine. No other module imports pybullet.

Every engine function is an attribute of the client and is called with this client's own id, so no
call can address another client by accident. Constants (``URDF_USE_SELF_COLLISION``) pass through.
"""

import contextlib
import functools
import math
import os
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any

from sim_checks.errors import EngineError


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the engine's greeting, which it writes when it is imported, off the terminal."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


with _quiet():
    import pybullet
    import pybullet_data

TIME_STEP = 1.0 / 240.0
"""Step of the simulation [s]."""
SOLVER_ITERATIONS = 50
ROLLER_ITERATIONS = 150
"""The same where there is a conveyor. Source: our own; with 50, a cup that seals on a thing on rollers reads seven
times the load that it reads on a tray."""
GRAVITY = 9.81
"""[m/s^2]."""
CONTACT_TURN = math.radians(20.0)
"""Turn of the hand after which the contacts of its fingers are found anew [rad]. Source: our own measurement."""


def data_path() -> Path:
    """Returns the folder of the robot models that come with the engine."""
    return Path(pybullet_data.getDataPath())


def engine_version() -> str:
    """Returns the engine's name and version, as the certificate names it."""
    return f"pybullet-{pybullet.getAPIVersion()}"


def engine_parameters(rollers: bool = False) -> dict[str, object]:
    """Returns the engine and every setting of it that decides a rollout, as the certificate binds them.

    Args:
        rollers: Whether there is a conveyor in the world.
    """
    return {
        "name": "pybullet",
        "version": version("pybullet"),
        "api": int(pybullet.getAPIVersion()),
        "time_step_s": TIME_STEP,
        "solver_iterations": ROLLER_ITERATIONS if rollers else SOLVER_ITERATIONS,
        "sub_steps": 0,
        "gravity": GRAVITY,
        "cone_friction": True,
        "contact_turn": CONTACT_TURN,
    }


def _translated(function: Callable[..., Any], client: int) -> Callable[..., Any]:
    """Returns an engine function bound to one client, its errors translated."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs, physicsClientId=client)
        except (pybullet.error, TypeError, OverflowError) as error:
            raise EngineError.at(
                "engine-refused",
                function.__name__,
                f"The physics engine refused the call: {error}.",
                "Check the body, the joint and the values that were passed.",
            ) from error

    return call


class BulletClient:
    """A fresh headless client, set up the one reproducible way; a context manager.

    Args:
        solver_iterations: Iterations of the contact solver.
        gravity: Magnitude of gravity along -z [m/s^2].
        finer: The step is `TIME_STEP` / ``finer``.
    """

    def __init__(self, solver_iterations: int = SOLVER_ITERATIONS, gravity: float = GRAVITY, finer: int = 1) -> None:
        self.id: int = pybullet.connect(pybullet.DIRECT)
        if self.id < 0:
            raise EngineError.at("no-engine", "client", "The physics engine gave no client.", "Close other clients.")
        self.solver_iterations = solver_iterations
        self.finer = finer
        self.files: dict[str, Path] = {}
        self.resetSimulation()
        self.setPhysicsEngineParameter(
            fixedTimeStep=TIME_STEP / finer,
            numSolverIterations=solver_iterations,
            numSubSteps=0,
            deterministicOverlappingPairs=1,
            enableFileCaching=0,
            enableConeFriction=1,
        )
        self.setGravity(0.0, 0.0, -gravity)

    def __getattr__(self, name: str) -> Any:
        """Returns the engine's function of that name bound to this client, or its constant."""
        if name.startswith("_"):
            raise AttributeError(name)
        value = getattr(pybullet, name)
        if callable(value):
            value = _translated(value, self.id)
        self.__dict__[name] = value
        return value

    def refine(self, iterations: int) -> None:
        """Lets the contact solver take at least so many iterations from now on."""
        self.solver_iterations = max(self.solver_iterations, iterations)
        self.setPhysicsEngineParameter(numSolverIterations=self.solver_iterations)

    @property
    def open(self) -> bool:
        """True until `close`."""
        return self.id >= 0

    def close(self) -> None:
        """Disconnects; every body is lost. A second call does nothing."""
        if self.id >= 0:
            with contextlib.suppress(pybullet.error):
                pybullet.resetSimulation(physicsClientId=self.id)  # disconnecting alone leaks 0.4 MB of a kitchen
            pybullet.disconnect(physicsClientId=self.id)
            self.id = -1
            for name in [n for n, value in self.__dict__.items() if callable(value)]:
                del self.__dict__[name]

    def __enter__(self) -> "BulletClient":
        """Returns the client itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the client."""
        self.close()
