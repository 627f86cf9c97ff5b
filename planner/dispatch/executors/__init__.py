"""Package `planner.dispatch.executors`: robots behind one port.

- `port.Executor`                start, execute, stop; `port.Observation` and `port.StepResult` are what it answers
- `simulated.SimulatedExecutor`  the scene's robot in a simulated world of its own process, held to the rules' limits
  at every control step

`tests/contracts/test_executors.py` holds the contract that every executor passes.
"""
