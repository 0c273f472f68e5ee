"""Schemas that stand in several places, written once with `inline: true`."""
