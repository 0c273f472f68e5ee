"""Connectors and environment variables in a solution."""
