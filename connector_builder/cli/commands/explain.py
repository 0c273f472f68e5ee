"""`connector-builder explain`."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from connector_builder.app.shared.misuse import Misuse
from connector_builder.cli import console
from connector_builder.cli.program import DONE, FOUND
from connector_builder.cli.shared import variable_options, verbose_option

if TYPE_CHECKING:
    from connector_builder.app.explain import Answer
    from connector_builder.package import Package

STDIN = "-"
MOST = 1024 * 1024
"""The most bytes of an answer on standard input."""
_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("codes", nargs=-1, metavar="[CODE]...")
@click.option("--spec", type=_PATH, metavar="SPEC", help="Say what it means for this spec or package, with its values.")
@variable_options("the spec")
@click.option("--format", type=click.Choice(("text", "json")), default="text", help="Format. Default: text.")
@verbose_option()
def explain(
    codes: tuple[str, ...], spec: Path | None, given: tuple[str, ...], vars_file: Path | None, format: str
) -> int:
    """Explain an error of the sign-in or of a service: what it means, why it happens and what to do.

    CODE is a code such as AADSTS65001 or EnvironmentAccessDenied. Without CODE, or with CODE -, the command reads the whole answer from
    standard input: JSON, HTML, the address that a sign-in returned to, or any text. If nothing is piped in, it lists all codes. It works
    without a network, and never prints the answer itself. If a code isn't known, the exit status is 1.

    \b
    connector-builder explain AADSTS900561
    connector-builder explain EnvironmentAccessDenied --spec specs/my-connector
    """
    from connector_builder.app.explain import answer

    body = _body(codes)
    if body is None and not codes:
        if spec is not None:
            raise Misuse("'--spec' belongs to a code", "name the code, such as AADSTS65001, or pipe the answer in")
        _show_all(format)
        return DONE
    package = _package(spec, given, vars_file)
    bodies = [] if body is None else [body]
    found = answer([code for code in codes if code != STDIN], bodies, package)
    _show(found, format)
    return FOUND if found.unknown or not found.explained else DONE


def _body(codes: Sequence[str]) -> str | None:
    """Returns the answer on standard input, if a code is `-` or something is piped in without any code.

    A CI system gives its jobs an empty input or none at all, which is no answer.
    """
    if STDIN in codes:
        return _decoded(console.read_stdin(MOST))
    if codes or sys.stdin is None or console.is_terminal(sys.stdin):
        return None
    with console.waiting("reading an answer from standard input"):
        content = console.read_stdin(MOST)
    return _decoded(content) if content.strip() else None


def _decoded(content: bytes) -> str:
    """Decodes an answer. PowerShell writes UTF-16 into files."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return content.decode("utf-16" if wide else "utf-8-sig", "replace")


def _package(spec: Path | None, given: Sequence[str], vars_file: Path | None) -> "Package | None":
    """Returns the package of `--spec`. Raises Misuse for a spec of which nothing can be read."""
    import os

    from connector_builder.app.shared.one_package import package_of
    from connector_builder.app.shared.variables import read_variables

    if spec is None:
        if given or vars_file is not None:
            raise Misuse("variables belong to a spec", "name it with --spec")
        return None
    package, _ = package_of(spec, read_variables(given, vars_file, os.environ))
    if package is None:
        raise Misuse(f"'{spec}' can't be read", f"'connector-builder validate {spec}' says why")
    return package


def _show(found: "Answer", format: str) -> None:
    from connector_builder.render.explanations import explanation_data, explanation_lines
    from connector_builder.report.escape import json_text, terminal
    from connector_builder.report.style import Style

    if format == "json":
        data = {
            "explanations": [explanation_data(one.explanation, one.in_spec) for one in found.explained],
            "unknown": [{"code": one.code, "help": one.hint} for one in found.unknown],
        }
        console.out(json_text(data) + "\n")
        return
    style = Style(console.coloured(sys.stdout))
    parts = [
        explanation_lines(one.explanation, [terminal(said) for said in one.in_spec], bold=style.bold)
        for one in found.explained
    ]
    if parts:
        console.out("\n\n".join("\n".join(lines) for lines in parts) + "\n")
    for unknown in found.unknown:
        named = f"'{unknown.code}'" if unknown.code else "this code, which may be a secret"
        console.error(f"nothing is known of {named}", unknown.hint)
    if not parts and not found.unknown:
        console.error("there is no code of an error in this text", "'connector-builder explain' lists all codes")


def _show_all(format: str) -> None:
    """Prints all codes with their titles, by area."""
    from connector_builder.platform.service_errors import EXPLANATIONS, Area
    from connector_builder.render.explanations import explanation_data
    from connector_builder.report.escape import json_text

    if format == "json":
        console.out(json_text({"explanations": [explanation_data(one) for one in EXPLANATIONS], "unknown": []}) + "\n")
        return
    width = max(len(one.code) for one in EXPLANATIONS)
    blocks = []
    for area in Area:
        rows = "".join(f"  {one.code:<{width}}  {one.title}\n" for one in EXPLANATIONS if one.area is area)
        blocks.append(f"{area}:\n{rows}")
    console.out("\n".join(blocks))
