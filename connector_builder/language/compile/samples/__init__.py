"""Samples: those of the author, what they say of schemas, and those that are made."""
