"""Plain data, which may be any JSON: read, compared, merged, and the form of the tables that describe it."""
