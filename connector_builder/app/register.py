"""Says what the registration of an application must be for a connector, in several forms."""

from typing import NamedTuple

from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings.wording import listed
from connector_builder.package import Package
from connector_builder.package.secrets import spared
from connector_builder.platform.data.plain import first_text, mapping
from connector_builder.render.access import Access, ways_in
from connector_builder.render.registration import (
    Registration,
    RegistrationError,
    Wishes,
    bash_script,
    bicep_file,
    graph_requests,
    other_lines,
    powershell_script,
    registration,
    table_lines,
    terraform_file,
)
from connector_builder.render.registration.quoting import json_text
from connector_builder.source.suggest import suggest

FORMS = ("table", "az", "graph", "bicep", "terraform")


class Wanted(NamedTuple):
    """Which form, for which of several ways to sign in (`way` is its name, empty for all), and further wishes."""

    form: str = "table"
    shell: str = "bash"
    way: str = ""
    wishes: Wishes = Wishes()


class Document(NamedTuple):
    """A document, and what it leaves open, for people."""

    text: str
    notes: tuple[str, ...] = ()


def register(package: Package, wanted: Wanted) -> Document:
    """Returns the document. Raises Misuse for a way to sign in that doesn't exist, and where a form fits none, or several."""
    title, ways = title_and_ways(package, wanted)
    if wanted.form == "table":
        parts = ["\n".join(_lines(title, way, wanted, several=len(ways) > 1)) for way in ways]
        return Document("\n\n".join(parts) + "\n")
    one = one_registration(title, ways, wanted)
    return Document(_text(one, wanted), one.notes)


def _text(one: Registration, wanted: Wanted) -> str:
    if wanted.form == "az":
        return powershell_script(one) if wanted.shell == "powershell" else bash_script(one)
    if wanted.form == "graph":
        return json_text({"requests": graph_requests(one)}) + "\n"
    return bicep_file(one) if wanted.form == "bicep" else terraform_file(one)


def title_and_ways(package: Package, wanted: Wanted) -> tuple[str, list[Access]]:
    """Returns the title of a connector, and the ways to sign in that are wanted. Raises Misuse for one that doesn't exist."""
    package = spared(package)
    title = first_text(mapping(mapping(package.definition).get("info")).get("title"), package.name)
    return title, _chosen(ways_in(package), wanted.way)


def one_registration(title: str, ways: list[Access], wanted: Wanted) -> Registration:
    """Returns the registration for the one sign-in by Microsoft Entra ID. Raises Misuse where there are none or several."""
    entra = [way for way in ways if way.sign_in is not None and way.sign_in.entra]
    if not entra:
        raise Misuse(
            f"no application in Microsoft Entra ID belongs to '{title}'",
            "'register SPEC' alone says what to register instead",
        )
    if len(entra) > 1:
        raise Misuse(
            f"'{title}' has several ways to sign in", f"choose one of {listed(way.name for way in entra)} with --set"
        )
    return _registration(title, entra[0], wanted)


def _registration(title: str, way: Access, wanted: Wanted) -> Registration:
    assert way.sign_in is not None
    try:
        return registration(title, way.name, way.sign_in, wanted.wishes)
    except RegistrationError as reason:
        raise Misuse(reason.message, reason.help or None) from reason


def _lines(title: str, way: Access, wanted: Wanted, *, several: bool) -> list[str]:
    if way.sign_in is None or not way.sign_in.entra:
        return other_lines(title, way)
    lines = table_lines(_registration(title, way, wanted))
    return [f"{way.name}:", *lines] if several else lines


def _chosen(ways: list[Access], name: str) -> list[Access]:
    if not name:
        return ways
    found = [way for way in ways if way.name.lower() == name.lower()]
    if not found:
        names = [way.name for way in ways if way.name]
        known = (
            f"the ways to sign in are {listed(names, 'and')}" if names else "the connector has one way to sign in only"
        )
        raise Misuse(f"there is no way to sign in called '{name}'", suggest(name, names) or known)
    return found
