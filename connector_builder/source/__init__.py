"""Reads YAML and JSON as plain data, with the place of every key and value. Knows nothing of connectors."""
