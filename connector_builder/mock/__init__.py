"""A stand-in for the service of a connector: it checks requests against the definition, and answers from the samples.

`service` turns a request into an answer, without a network. Only `server` and `deliveries` open connections, and only on this machine.
"""
