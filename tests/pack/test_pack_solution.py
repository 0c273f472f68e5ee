"""`pack --as solution` and `--as unpacked`: names, order, bytes, and what isn't written."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.support.hostile.hostile_cli import run
from tests.support.imports.solutions import ORDERS, PARCELS, entries, files, write_specs

ROW = "acme_parcel-20tracker"
CONNECTOR = f"""\
    <Connector>
      <connectorid>5b1f6b0e-7c0d-4a55-9d3b-2a3f0c9e7711</connectorid>
      <description>Reads the state of parcels of the Acme courier service.</description>
      <displayname>Parcel Tracker</displayname>
      <iconbrandcolor>#1b6e53</iconbrandcolor>
      <name>{ROW}</name>
      <connectortype>1</connectortype>
      <scriptoperations>["GetParcel"]</scriptoperations>
      <openapidefinition>/Connector/{ROW}_openapidefinition.json</openapidefinition>
      <connectionparameters>/Connector/{ROW}_connectionparameters.json</connectionparameters>
      <connectionparametersets>/Connector/{ROW}_connectionparametersets.json</connectionparametersets>
      <policytemplateinstances>/Connector/{ROW}_policytemplateinstances.json</policytemplateinstances>
      <customcodeblobcontent>/Connector/{ROW}_customcodeblobcontent.csx</customcodeblobcontent>
      <iconblob>/Connector/{ROW}_iconblob.Png</iconblob>
    </Connector>
"""
VARIABLE = """\
<environmentvariabledefinition schemaname="acme_ParcelHost">
  <defaultvalue>api.acme.example</defaultvalue>
  <description default="Host of the parcel API">
    <label description="Host of the parcel API" languagecode="1033" />
  </description>
  <displayname default="Parcel API host">
    <label description="Parcel API host" languagecode="1033" />
  </displayname>
  <introducedversion>1.0.0.0</introducedversion>
  <iscustomizable>1</iscustomizable>
  <isrequired>0</isrequired>
  <secretstore>0</secretstore>
  <type>100000000</type>
</environmentvariabledefinition>"""


def packed(*arguments: str) -> dict[str, bytes]:
    outcome = run("pack", *arguments, "--as", "solution", "-o", "packed.zip")
    assert outcome.status == 0, outcome.err + outcome.out
    return entries(Path("packed.zip").read_bytes())


def test_a_solution_has_the_entries_of_an_export_in_their_order(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS)
    found = packed("specs/parcel.yaml")
    assert list(found) == [
        "customizations.xml",
        "solution.xml",
        f"Connector/{ROW}_openapidefinition.json",
        f"Connector/{ROW}_connectionparameters.json",
        f"Connector/{ROW}_connectionparametersets.json",
        f"Connector/{ROW}_policytemplateinstances.json",
        f"Connector/{ROW}_customcodeblobcontent.csx",
        f"Connector/{ROW}_iconblob.Png",
        "environmentvariabledefinitions/acme_ParcelHost/environmentvariabledefinition.xml",
        "[Content_Types].xml",
    ]
    assert CONNECTOR in found["customizations.xml"].decode()
    assert (
        found["environmentvariabledefinitions/acme_ParcelHost/environmentvariabledefinition.xml"].decode() == VARIABLE
    )
    assert found["[Content_Types].xml"].startswith(b"\xef\xbb\xbf<?xml")
    assert not found["customizations.xml"].startswith((b"\xef\xbb\xbf", b"<?xml"))


def test_the_manifest_names_solution_publisher_and_components(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS)
    manifest = packed("specs/parcel.yaml")["solution.xml"].decode()
    for line in (
        "<UniqueName>AcmeParcel</UniqueName>",
        '<LocalizedName description="Acme Parcel" languagecode="1033" />',
        "<Version>1.0.0.1</Version>",
        "<Managed>0</Managed>",
        "<CustomizationPrefix>acme</CustomizationPrefix>",
        "<CustomizationOptionValuePrefix>27433</CustomizationOptionValuePrefix>",
        f'<RootComponent type="372" id="{{5b1f6b0e-7c0d-4a55-9d3b-2a3f0c9e7711}}" schemaName="{ROW}" behavior="0" />',
        '<RootComponent type="380" schemaName="acme_ParcelHost" behavior="0" />',
    ):
        assert f"{line}\n" in manifest
    assert manifest.count('xsi:nil="true"') == 52


def test_what_belongs_to_one_environment_is_left_out(here: Path) -> None:
    federated = """\
      settings: {redirectUrl: https://own.example/redirect, properties: {FederatedIdentityCredentials: {Subject: /eid1/x}}}
"""
    write_specs(here / "specs", parcel=PARCELS.replace("      redirect: perConnector\n", federated))
    content = packed("specs/parcel.yaml")[f"Connector/{ROW}_connectionparametersets.json"]
    [_, way] = json.loads(content)["values"]
    settings = way["parameters"]["token"]["oAuthSettings"]
    assert "redirectUrl" not in settings
    assert settings["properties"]["FederatedIdentityCredentials"] == {"Subject": ""}


def test_equal_specs_give_equal_bytes(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS)
    packed("specs/parcel.yaml")
    first = Path("packed.zip").read_bytes()
    packed("specs/parcel.yaml")
    assert Path("packed.zip").read_bytes() == first
    content = entries(first)
    del content[f"Connector/{ROW}_iconblob.Png"]  # the icon has a test of its own
    digest = hashlib.sha256(b"\0".join(content.values())).hexdigest()
    assert digest == "4bb81c73591a7c7c8261e61359b385bcd46160942ecb42f5a6efbeaaeb7c564e"


def test_managed_differs_in_one_number(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS)
    unmanaged, managed = packed("specs/parcel.yaml"), packed("specs/parcel.yaml", "--managed")
    assert [name for name in managed if managed[name] != unmanaged[name]] == ["solution.xml"]
    assert managed["solution.xml"] == unmanaged["solution.xml"].replace(b"<Managed>0<", b"<Managed>1<")


def test_an_unpacked_solution_is_laid_out_as_pac_does(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS)
    assert run("pack", "specs/parcel.yaml", "--as", "unpacked", "-o", "src").status == 0
    found = files(here / "src")
    assert sorted(found) == [
        f"Connectors/{ROW}.xml",
        f"Connectors/{ROW}_connectionparameters.json",
        f"Connectors/{ROW}_connectionparametersets.json",
        f"Connectors/{ROW}_customcodeblobcontent.csx",
        f"Connectors/{ROW}_iconblob.Png",
        f"Connectors/{ROW}_openapidefinition.json",
        f"Connectors/{ROW}_policytemplateinstances.json",
        "Other/Customizations.xml",
        "Other/Solution.xml",
        "environmentvariabledefinitions/acme_ParcelHost/environmentvariabledefinition.xml",
    ]
    document = found[f"Connectors/{ROW}.xml"].decode()
    assert document.startswith('<?xml version="1.0" encoding="utf-8"?>\n<Connector xmlns:xsi=')
    assert re.findall(r"<(\w+)>", document) == re.findall(r"<(\w+)>", CONNECTOR)[1:]
    assert f"<iconblob>/Connector/{ROW}_iconblob.Png</iconblob>" in document
    assert b"  <Connectors />\n" in found["Other/Customizations.xml"]
    assert b"<Managed>2</Managed>" in found["Other/Solution.xml"]
    assert found[f"Connectors/{ROW}_policytemplateinstances.json"].startswith(b'[\n  {\n    "templateId"')


def test_a_folder_loses_what_belongs_to_nothing_any_more_and_keeps_values(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS, orders=ORDERS)
    both = ("pack", "specs", "--as", "unpacked", "--name", "Acme", "-o", "src")
    assert run(*both).status == 0
    value = here / "src/environmentvariabledefinitions/acme_ParcelHost/environmentvariablevalues.json"
    value.write_text("{}", encoding="utf-8")
    assert run("pack", "specs/parcel.yaml", "--as", "unpacked", "-o", "src").status == 0
    assert value.exists()
    assert not [name for name in files(here / "src") if "orders" in name]


def test_a_folder_with_other_components_is_refused(here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS)
    (here / "src/Workflows").mkdir(parents=True)
    (here / "src/Workflows/flow.json").write_text("{}", encoding="utf-8")
    outcome = run("pack", "specs/orders.yaml", "--as", "unpacked", "-o", "src")
    assert outcome.status == 2
    assert "'src' contains 'Workflows/flow.json', and an unpacked solution of connectors doesn't" in outcome.err
    assert sorted(files(here / "src")) == ["Workflows/flow.json"]
    assert run("pack", "specs/orders.yaml", "--as", "unpacked", "-o", "src", "--force").status == 0
    assert len(files(here / "src")) == 7


def test_several_connectors_are_one_solution(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS, orders=ORDERS)
    found = packed("specs")
    assert found["customizations.xml"].count(b"<Connector>") == 2
    manifest = found["solution.xml"].decode()
    assert "<UniqueName>AcmeParcel</UniqueName>" in manifest
    assert manifest.index('schemaName="acme_orders"') < manifest.index(f'schemaName="{ROW}"')


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        (ORDERS, "nothing says the name of the solution with 2 connectors"),
        (ORDERS.replace("title: Orders", "title: Parcel Tracker"), "are both 'acme_parcel-20tracker' in the solution"),
        (ORDERS.replace("publisher: Acme", "publisher: Contoso"), "nothing says the publisher of the solution"),
        (
            ORDERS.replace("v1\n", "v1\n  solution: {name: AcmeParcel, version: 3.0}\n", 1),
            "differ in 'version' of 'connector.solution'",
        ),
    ],
)
def test_connectors_that_contradict_each_other_are_refused(orders: str, message: str, here: Path) -> None:
    plain = PARCELS.replace("    name: AcmeParcel\n", "").replace(
        "    publisher: {title: Acme, optionPrefix: 27433}\n", ""
    )
    named = PARCELS if "solution" in orders else plain
    if "nothing says the publisher" in message:
        named = named.replace("    title: Acme Parcel\n", "    name: AcmeParcel\n")
    write_specs(here / "specs", parcel=named, orders=orders)
    outcome = run("pack", "specs", "--as", "solution", "-o", "packed.zip")
    assert outcome.status == 2
    assert message in outcome.err
    assert not (here / "packed.zip").exists()


def test_a_finding_stops_it_and_nothing_is_written(here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS.replace("https://api.contoso.example/v1", "nowhere"))
    outcome = run("pack", "specs/orders.yaml", "--as", "solution", "-o", "packed.zip")
    assert outcome.status == 1
    assert "nothing was written" in outcome.out
    assert sorted(path.name for path in here.iterdir()) == [".git", "specs"]


def test_notes_say_what_is_guessed(here: Path) -> None:
    bare = ORDERS.replace("  publisher: Acme\n", "").replace("api.contoso.example", "${environment:new_Host}")
    write_specs(here / "specs", orders=bare)
    outcome = run("pack", "specs/orders.yaml", "--as", "solution", "-o", "packed.zip")
    assert outcome.out.splitlines()[:3] == [
        "packed 1 connector in packed.zip: the solution 'Orders' 2.1.0.0, 7 files",
        "note: the environment variable 'new_Host' has no definition in 'environmentVariables': it is a text without a default",
        "note: the publisher isn't known: write connector.publisher, or connector.solution.publisher",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--as", "solution", "-o", "out"), "'out' isn't the name of a zip"),
        (("--as", "unpacked", "-o", "out.zip"), "'out.zip' is the name of a zip, and '--as unpacked' makes a folder"),
        (("--as", "unpacked", "-o", "out", "--managed"), "'--managed' is for a solution"),
        (("--as", "solution", "-o", "out.zip", "--name", "A B"), "'A B' can't name a solution"),
    ],
)
def test_options_that_do_not_fit_are_refused(arguments: tuple[str, ...], message: str, here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS)
    outcome = run("pack", "specs/orders.yaml", *arguments)
    assert outcome.status == 2
    assert message in outcome.err
