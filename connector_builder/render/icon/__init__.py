"""Draws the icon of a package from the connector's title and colour."""
