"""Package `planner.faces`."""
