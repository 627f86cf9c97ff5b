"""Package `sim_checks.assets`."""
