"""The request that an operation sends for the values that a person has, and the answer to it: pure, without a network or files."""

from connector_builder.platform.requests.building import find_operation, request_of
from connector_builder.platform.requests.inputs import Input, inputs_of
from connector_builder.platform.requests.model import Given, Problem, RawBody, Refused, Request

__all__ = ["Given", "Input", "Problem", "RawBody", "Refused", "Request", "find_operation", "inputs_of", "request_of"]
