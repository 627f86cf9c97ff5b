"""Package `planner.language`."""
