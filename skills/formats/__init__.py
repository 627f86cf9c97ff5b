"""Package `skills.formats`."""
