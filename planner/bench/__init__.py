"""Package `planner.bench`."""
