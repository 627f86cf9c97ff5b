"""Package `prompts`."""
