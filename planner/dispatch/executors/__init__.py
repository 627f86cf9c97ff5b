"""Package `planner.dispatch.executors`."""
