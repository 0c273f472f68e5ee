"""Something else to a spec: what they make is held to the same road as a spec written by hand."""
