"""The top level of a spec: the connector, its server, ways to sign in, connection parameters and policies."""
