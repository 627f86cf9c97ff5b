"""Package `planner.dispatch`: run time. It takes a certified plan and moves a robot through it.

- `dispatcher.dispatch`   one plan, step by step; stops at the first deviation
- `journal.Journal`       every step, durable before it is sent; one file for each episode
- `monitor.Monitor`       the facts that the plan relies on against the world that is seen
- `executors.port.Executor`  the port a robot stands behind, held to the safety limits while it moves;
                           `executors.simulated` is the one we ship

It knows nothing of plan time: `planner.pipeline` and this package share `CertifiedPlan` alone.
"""
