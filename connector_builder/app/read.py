"""Reads and checks one target."""

from connector_builder.app.targets import Kind, Target
from connector_builder.checks.engine import Checked, Checks, examine
from connector_builder.language import Variables, compile_spec
from connector_builder.package.model import Reading
from connector_builder.package.read import read_definition, read_package


def read(target: Target, variables: Variables) -> Reading:
    """Reads a package or a definition, or compiles a spec.

    The result contains as much of the package as can be read.
    """
    if target.kind is Kind.SPEC:
        return compile_spec(target.path, variables)
    return read_package(target.path) if target.kind is Kind.PACKAGE else read_definition(target.path)


def check(target: Target, variables: Variables, checks: Checks) -> Checked:
    """Reads and checks a target. It drops the package, so that a thousand targets take no more memory than one."""
    return examine(read(target, variables), checks, is_spec=target.kind is Kind.SPEC)
