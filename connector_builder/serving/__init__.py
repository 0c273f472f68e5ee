"""Serves pages and answers to programs on this machine, and to nobody else."""

from connector_builder.serving.loopback import Server
from connector_builder.serving.messages import Answer, Request, Unavailable

__all__ = ["Answer", "Request", "Server", "Unavailable"]
