"""Writes connectors as a solution of Power Platform, as a package for certification, and as a folder for GitHub."""
