"""Damaged, random and hostile input, and what must be true of the command for any input."""
