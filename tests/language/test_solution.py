"""What a spec says of solutions: the parts of the package that no document contains."""

from pathlib import Path
from typing import Any

import pytest

from connector_builder.language import Variables, compile_spec
from connector_builder.package import Package
from connector_builder.platform.solutions.names import identity, prefix_of, version_of

SPEC = """
connector:
  title: Parcels
  description: Reads the parcels of a courier service.
  server: https://api.example.com
host: {uses}
environmentVariables:
  {variable}
"""
VAULT = "/subscriptions/1/resourceGroups/a/providers/Microsoft.KeyVault/vaults/b/secrets/c"


def package_of(text: str, folder: Path) -> Package:
    path = folder / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    package = compile_spec(path, Variables()).package
    assert package is not None
    return package


@pytest.mark.parametrize(
    ("variable", "defined"),
    [
        ("acme_ParcelHost: a.example", {"type": "string", "title": "Parcel Host", "default": "a.example"}),
        ("acme_ParcelHost:", {"type": "string", "title": "Parcel Host"}),
        ("acme_ParcelHost: 1.50", {"type": "number", "title": "Parcel Host", "default": "1.50"}),
        ("acme_ParcelHost: true", {"type": "boolean", "title": "Parcel Host", "default": "yes"}),
        ("acme_ParcelHost: {default: false}", {"type": "boolean", "title": "Parcel Host", "default": "no"}),
        (f"acme_ParcelHost: {VAULT}", {"type": "secret", "title": "Parcel Host", "default": VAULT}),
        (
            "acme_ParcelHost: {title: Host, description: The host., type: json, required: true}",
            {"type": "json", "title": "Host", "description": "The host.", "required": True},
        ),
    ],
)
def test_a_variable_is_defined(variable: str, defined: dict[str, Any], tmp_path: Path) -> None:
    text = SPEC.replace("{uses}", "${environment:acme_ParcelHost}").replace("{variable}", variable)
    assert package_of(text, tmp_path).environment_variables == {"acme_ParcelHost": defined}


def test_what_an_author_says_of_the_solution_is_kept(tmp_path: Path) -> None:
    text = (
        SPEC.split("host:")[0] + "  solution: {name: Acme, publisher: {name: acme, optionPrefix: 27433}, title: null}\n"
    )
    assert package_of(text, tmp_path).solution == {"name": "Acme", "publisher": {"name": "acme", "optionPrefix": 27433}}


def test_names_and_ids_are_derived() -> None:
    derived = identity({}, "Parcel Tracker", "1.2", "Acme Couriers Ltd.")
    assert derived == identity({}, "Parcel Tracker", "1.2", "Acme Couriers Ltd.")
    assert derived.name == "ParcelTracker"
    assert derived.title == "Parcel Tracker"
    assert derived.version == "1.2.0.0"
    assert derived.publisher == ("acmecouriersltd", "Acme Couriers Ltd.", "acmecour", 78735)
    assert derived.row == "acmecour_parcel-20tracker"
    assert derived.id == "ed92c37f-9bcf-5ff0-9374-7c406fbfe6e1"


def test_names_and_ids_that_are_given_win() -> None:
    given = {
        "name": "Own", "title": "Our own", "version": "2.0.0.7", "prefix": "cr863",
        "publisher": {"name": "mme", "title": "MME", "optionPrefix": 27433},
        "connectorName": "new_parcel", "connectorId": "5B1F6B0E-7C0D-4A55-9D3B-2A3F0C9E7711",
    }  # fmt: skip
    assert identity(given, "Parcel Tracker", "1.2", "Acme") == (
        "Own", "Our own", "", "2.0.0.7", ("mme", "MME", "cr863", 27433), "new_parcel", "5b1f6b0e-7c0d-4a55-9d3b-2a3f0c9e7711",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("publisher", "prefix"),
    [("Acme", "acme"), ("3 Acme", "acme"), ("A", "new"), ("", "new"), ("Äcme", "cme"), ("MSCRM Friends", "new")],
)
def test_a_prefix_is_two_to_eight_letters_and_digits(publisher: str, prefix: str) -> None:
    assert prefix_of(publisher) == prefix


@pytest.mark.parametrize(
    ("version", "four"),
    [
        ("1.0.0", "1.0.0.0"),
        ("v2", "1.0.0.0"),
        ("2.1-beta", "2.1.0.0"),
        ("1.2.3.4.5", "1.2.3.4"),
        ("", "1.0.0.0"),
        ("07", "7.0.0.0"),
    ],
)
def test_a_version_of_a_solution_has_four_numbers(version: str, four: str) -> None:
    assert version_of(version) == four
