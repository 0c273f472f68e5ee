"""Text to plain data, with the place of every key and value, for YAML and JSON. Knows nothing of connectors."""
