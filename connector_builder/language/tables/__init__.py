"""The language as data: the one source of the shape check, the JSON Schema and the reference page."""
