"""Package `planner.factory`."""
