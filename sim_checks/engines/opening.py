"""`open_engine`: the engine of a name."""

from collections.abc import Callable

from sim_checks.bullet.stage import self_test
from sim_checks.engines.pool import PoolEngine
from sim_checks.engines.port import Engine
from sim_checks.errors import SimChecksError
from skills.errors import did_you_mean

ENGINES = ("pool", "ray")
"""Names of the engines."""


def warm() -> None:
    """Loads the gates and weighs the test weight: what each worker does before its first job."""
    import sim_checks.gates  # noqa: F401 (a second of imports, once for each worker)

    self_test()


def open_engine(name: str = "pool", workers: int = 2, ready: Callable[[], object] = warm) -> Engine:
    """Returns an engine that is not started yet.

    Args:
        name: One of `ENGINES`.
        workers: How many jobs run at once.
        ready: Called in each worker before its first job; importable by name.

    Raises:
        SimChecksError: There is no such engine, or it is not installed.
    """
    if name == "ray":
        from sim_checks.engines.ray_engine import RayEngine

        return RayEngine(workers, ready)
    if name != "pool":
        raise SimChecksError.at("no-engine", "engine", f"There is no engine {name!r}.", did_you_mean(name, ENGINES))
    return PoolEngine(workers, ready)


__all__ = ["ENGINES", "open_engine", "warm"]
