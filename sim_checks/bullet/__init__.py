"""Package `sim_checks.bullet`."""
