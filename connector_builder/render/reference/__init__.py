"""Renders the reference page of a connector, in the layout of Microsoft's own: `page.py` says what is on it, templates how it is written."""
