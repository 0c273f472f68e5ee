"""The errors of the live commands, for the command line."""

from connector_builder.live.errors import LiveError

__all__ = ["LiveError"]
