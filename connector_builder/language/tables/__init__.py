"""What may stand where in a spec, as data: the one source of the shape check, the JSON Schema and the reference page."""
