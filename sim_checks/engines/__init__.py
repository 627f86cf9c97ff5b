"""Engines: where many jobs run at once. One port, two engines; what a job says does not depend on who runs it.

- `port.Engine`        the port: jobs in, answers out as they are done; `port.Job`, `port.Done`
- `opening.open_engine` the engine of that name with that many workers
- `pool.PoolEngine`    processes of this machine that stay warm; a killed one costs its own job
- `warm.WarmWorker`    one such process: it has the physics engine loaded and has weighed its test weight
- `ray_engine.RayEngine`  the same on a Ray cluster; the only module that imports Ray

`planner.batch` and the benches use them. A job's function is importable by name, and its arguments can be pickled.
"""
