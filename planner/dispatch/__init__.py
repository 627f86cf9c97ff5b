"""Package `planner.dispatch`."""
