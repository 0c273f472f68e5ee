"""Sources to import, and what must be true of every import."""
