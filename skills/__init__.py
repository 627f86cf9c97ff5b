"""Package `skills`."""
