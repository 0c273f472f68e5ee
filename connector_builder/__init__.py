"""Custom connectors for Microsoft Power Platform, from short YAML descriptions."""

__version__ = "0.2.0"
