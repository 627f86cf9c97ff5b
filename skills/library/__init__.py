"""Package `skills.library`."""
