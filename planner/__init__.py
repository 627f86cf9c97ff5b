"""Package `planner`."""
