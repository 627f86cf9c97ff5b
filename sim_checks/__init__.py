"""Package `sim_checks`."""
