"""Reads and checks one target."""

from connector_builder.app.targets import Kind, Target
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.language import Variables, compile_spec
from connector_builder.package.model import Reading
from connector_builder.package.read import read_definition, read_package


def read(target: Target, variables: Variables) -> Reading:
    """The package that a target is or is compiled to, as far as it goes."""
    if target.kind is Kind.SPEC:
        return compile_spec(target.path, variables)
    return read_package(target.path) if target.kind is Kind.PACKAGE else read_definition(target.path)


def check(target: Target, variables: Variables, checks: Checks) -> Checked:
    """Reads a target and checks it; its package is dropped, so that a thousand cost no more memory than one."""
    return examine(read(target, variables), checks, is_spec=target.kind is Kind.SPEC)
