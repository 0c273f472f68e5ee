"""Schemas, and the values that they allow."""
