"""The top level of a spec: what the connector is, how people sign in, connections and policies."""
