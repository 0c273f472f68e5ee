"""Solutions come back as specs: every part arrives, and packing again gives the same bytes."""

import io
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector_builder.cli import program
from tests.support.hostile.hostile_cli import run
from tests.support.imports.solutions import ORDERS, PARCELS, entries, files, write_specs, zipped

VAULT = "/subscriptions/1/resourceGroups/a/providers/Microsoft.KeyVault/vaults/v/secrets/Orders9876543210"
OAUTH = (
    "{type: oauth2, clientId: abc, clientSecret: '${environment:acme_ClientSecret}', authorizationUrl: 'https://a.example/a',"
    " tokenUrl: 'https://a.example/t', scopes: [read]}"
)
BOTH = ("specs/orders.yaml", "specs/parcel.yaml")


@pytest.fixture
def solution(here: Path) -> dict[str, bytes]:
    """The entries of a packed solution with two connectors."""
    write_specs(here / "specs", parcel=PARCELS, orders=ORDERS)
    assert run("pack", *BOTH, "--as", "solution", "-o", "packed.zip").status == 0
    return entries((here / "packed.zip").read_bytes())


def imported(source: str, output: str, *options: str) -> list[str]:
    outcome = run("import", source, "-o", output, "--format", "json", "--jobs", "1", *options)
    assert outcome.status == 0, outcome.out + outcome.err
    return outcome.findings


@pytest.mark.parametrize("form", ["solution", "unpacked"])
def test_spec_to_solution_to_spec_to_solution_gives_the_same_bytes(form: str, here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS, orders=ORDERS)
    first, second = ("one.zip", "two.zip") if form == "solution" else ("one", "two")
    assert run("pack", *BOTH, "--as", form, "-o", first).status == 0
    assert imported(first, "back") == []
    assert sorted(path.name for path in (here / "back").iterdir()) == [
        ".connector-builder",
        "orders.yaml",
        "parcel-tracker",
    ]
    assert run("pack", "back", "--as", form, "-o", second).status == 0
    if form == "solution":
        assert Path(second).read_bytes() == Path(first).read_bytes()
    assert files(here / second) == files(here / first)


def test_every_part_arrives_in_the_spec(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS)
    assert run("pack", "specs/parcel.yaml", "--as", "solution", "-o", "packed.zip").status == 0
    imported("packed.zip", "back")
    text = (here / "back/connector.yaml").read_text(encoding="utf-8")
    for line in (
        "  server: https://${environment:acme_ParcelHost}/v1\n",
        '  brandColor: "#1b6e53"\n',
        "    name: AcmeParcel\n",
        "    publisher: {title: Acme, optionPrefix: 27433}\n",
        "    connectorId: 5b1f6b0e-7c0d-4a55-9d3b-2a3f0c9e7711\n",
        "      redirect: perConnector\n",
        "  - setHeader: {name: Accept, value: application/json}\n",
        "script: script.csx\n",
        "  acme_ParcelHost: {title: Parcel API host, description: Host of the parcel API, default: api.acme.example}\n",
    ):
        assert line in text
    assert (here / "back/script.csx").read_bytes() == (here / "specs/script.csx").read_bytes()


def test_a_connector_without_an_icon_stays_without_one(here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS.replace("publisher: Acme", "publisher: Acme\n  icon: null"))
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "one.zip").status == 0
    imported("one.zip", "back.yaml")
    assert "  icon: null\n" in (here / "back.yaml").read_text(encoding="utf-8")
    assert run("pack", "back.yaml", "--as", "solution", "-o", "two.zip").status == 0
    assert Path("two.zip").read_bytes() == Path("one.zip").read_bytes()


def test_an_update_takes_the_connector_of_the_spec_and_says_what_else_changed(
    solution: dict[str, bytes], here: Path
) -> None:
    imported("packed.zip", "back")
    variable = "environmentvariabledefinitions/acme_ParcelHost/environmentvariabledefinition.xml"
    row = "Connector/acme_parcel-20tracker_openapidefinition.json"
    for name, old, new in (
        ("solution.xml", b"<Version>1.0.0.1<", b"<Version>1.0.0.2<"),
        (variable, b">api.acme.example<", b">new.acme.example<"),
        (row, b"Returns one parcel by", b"Reads one parcel by"),
    ):
        assert old in solution[name]
        solution[name] = solution[name].replace(old, new)
    zipped(here / "new.zip", solution)
    assert imported("new.zip", "back/parcel-tracker", "--update")[0] == (
        "back/parcel-tracker/connector.yaml:1:1 UpdateConflict the solution changed, and the spec stays: "
        "'version' is '1.0.0.2', the environment variable 'acme_ParcelHost' is another"
    )
    assert "Reads one parcel by" in (here / "back/parcel-tracker/connector.yaml").read_text(encoding="utf-8")
    assert not [one for one in imported("new.zip", "back/parcel-tracker", "--update") if "UpdateConflict" in one]


def test_texts_of_several_lines_and_addresses_of_secrets_stay_as_they_are(here: Path) -> None:
    text = ORDERS.replace("Reads and writes orders of a small shop.", '"One.\\n  Two.\\u2028Three."')
    text = text.replace("{type: apiKey, header: X-API-Key}", OAUTH)
    write_specs(here / "specs", orders=f"{text}environmentVariables: {{acme_ClientSecret: {VAULT}}}\n")
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "one.zip").status == 0
    assert imported("one.zip", "back.yaml") == []
    assert f"  acme_ClientSecret: {VAULT}\n" in (here / "back.yaml").read_text(encoding="utf-8")
    assert run("pack", "back.yaml", "--as", "solution", "-o", "two.zip").status == 0
    assert Path("two.zip").read_bytes() == Path("one.zip").read_bytes()
    assert b"<description>One.\n  Two." in entries(Path("one.zip").read_bytes())["customizations.xml"]


def test_a_solution_is_read_from_standard_input_and_unzipped(solution: dict[str, bytes], here: Path) -> None:
    result = CliRunner().invoke(program, ["import", "-", "-o", "back"], input=(here / "packed.zip").read_bytes())
    assert result.exit_code == 0, result.output
    for name, content in solution.items():
        path = here / "unzipped" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    imported("unzipped", "again")
    shown = {name: content for name, content in files(here / "again").items() if not name.startswith(".")}
    assert shown == {name: content for name, content in files(here / "back").items() if not name.startswith(".")}


def test_a_folder_with_both_forms_is_read_once(solution: dict[str, bytes], here: Path) -> None:
    assert run("pack", *BOTH, "--as", "unpacked", "-o", "src").status == 0
    for name, content in solution.items():
        path = here / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    message = "PartLeftOut customizations.xml has this connector too, and that one is read"
    rows = ("acme_orders", "acme_parcel-20tracker")
    assert set(imported("src", "back")) == {f"src/Connectors/{row}.xml:2:1 {message}" for row in rows}
    assert len(list((here / "back").glob("[!.]*"))) == 2


def test_a_file_of_an_unpacked_solution_stands_for_its_connector(here: Path) -> None:
    write_specs(here / "specs", parcel=PARCELS, orders=ORDERS)
    assert run("pack", *BOTH, "--as", "unpacked", "-o", "src").status == 0
    for number, end in enumerate(("_openapidefinition.json", ".xml", "_connectionparameters.json")):
        imported(f"src/Connectors/acme_orders{end}", f"orders{number}.yaml")
    assert len({(here / f"orders{number}.yaml").read_bytes() for number in range(3)}) == 1
    imported("src/Connectors", "all")
    assert sorted(path.name for path in (here / "all").glob("*")) == [
        ".connector-builder",
        "orders.yaml",
        "parcel-tracker",
    ]


def test_connectors_without_a_manifest_are_read_too(here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS)
    assert run("pack", "specs/orders.yaml", "--as", "unpacked", "-o", "src").status == 0
    (here / "src/Other/Solution.xml").unlink()
    (here / "src/Connectors").rename(here / "files")
    imported("files/acme_orders_openapidefinition.json", "orders.yaml")
    assert "auth: {type: apiKey, header: X-API-Key}\n" in (here / "orders.yaml").read_text(encoding="utf-8")
    (here / "files/acme_orders.xml").unlink()
    message = "'acme_orders.xml' isn't beside the definition, so that colour, title and the operations of custom code aren't known"
    assert imported("files", "bare.yaml") == [f"files/acme_orders_openapidefinition.json:1:1 PartLeftOut {message}"]


def test_what_is_not_imported_is_told(solution: dict[str, bytes], here: Path) -> None:
    changes = {
        "solution.xml": (
            (b"<Managed>0<", b"<Managed>1<"),
            (b"<RootComponents>", b'<RootComponents><RootComponent type="29" id="{1}" behavior="0" />'),
            (b">acme</CustomizationPrefix>", b">Acme Ltd</CustomizationPrefix>"),
            (b'"Acme Parcel" languagecode="1033" />', b'"Acme Parcel" languagecode="1033" /><LocalizedName />'),
            (b"<MissingDependencies />", b"<MissingDependencies><MissingDependency /></MissingDependencies>"),
        ),
        "customizations.xml": (
            (
                b"</Connectors>",
                b'</Connectors><connectionreferences><connectionreference a="b" /></connectionreferences>',
            ),
            (b"<displayname>Parcel Tracker", b"<news>1</news><displayname>Parcels"),
        ),
    }
    for name, pairs in changes.items():
        for old, new in pairs:
            assert old in solution[name]
            solution[name] = solution[name].replace(old, new)
    del solution["Connector/acme_parcel-20tracker_iconblob.Png"]
    value = "environmentvariabledefinitions/acme_ParcelHost/environmentvariablevalues.json"
    zipped(here / "changed.zip", {**solution, value: b"{}"})
    found = imported("changed.zip", "back")
    customizations, left_out = "changed.zip/customizations.xml", "PartLeftOut"
    assert sorted(set(found)) == [
        f"{customizations}:28:21 {left_out} the title of the definition isn't imported: people see that of the solution",
        f"{customizations}:28:7 {left_out} 'acme_parcel-20tracker' has 'news', which isn't known and isn't imported",
        f"{customizations}:38:7 {left_out} '/Connector/acme_parcel-20tracker_iconblob.Png' isn't in the solution",
        f"{customizations}:40:16 {left_out} the solution has connection references, which belong to flows and aren't imported",
        f"changed.zip/{value}:1:1 {left_out} the value belongs to one environment, and isn't imported",
        f"changed.zip/solution.xml:18:7 {left_out} 'Acme Ltd' can't be the prefix of a solution, and isn't imported",
        f"changed.zip/solution.xml:4:5 {left_out} the solution has its title in several languages: one is imported",
        f"changed.zip/solution.xml:79:5 {left_out} the solution has other components (types 29), which aren't imported",
        f"changed.zip/solution.xml:84:5 {left_out} the solution requires parts of other solutions, which a spec can't say",
        f"changed.zip:1:1 {left_out} the solution is managed, which a spec doesn't say",
    ]
    assert "  title: Parcels\n" in (here / "back/parcel-tracker/connector.yaml").read_text(encoding="utf-8")


def test_a_solution_of_twenty_is_twenty_specs(here: Path) -> None:
    specs = {f"orders{number}": ORDERS.replace("title: Orders", f"title: Übung {number}") for number in range(20)}
    write_specs(here / "specs", **specs)
    assert run("pack", "specs", "--as", "solution", "--name", "Twenty", "-o", "one.zip").status == 0
    imported("one.zip", "back")
    assert {path.name for path in (here / "back").glob("*.yaml")} == {f"ubung-{number}.yaml" for number in range(20)}
    assert run("pack", "back", "--as", "solution", "-o", "two.zip").status == 0
    assert Path("two.zip").read_bytes() == Path("one.zip").read_bytes()


def test_secrets_of_variables_are_left_out(here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS.replace("api.contoso.example", "${environment:acme_Host}"))
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "one.zip").status == 0
    found = entries((here / "one.zip").read_bytes())
    name = "environmentvariabledefinitions/acme_Host/environmentvariabledefinition.xml"
    found[name] = found[name].replace(b"<displayname", b"<defaultvalue>Hunter2Hunter2</defaultvalue><displayname")
    found[name] = found[name].replace(b"100000000", b"100000005")
    zipped(here / "two.zip", found)
    message = "the default of the environment variable 'acme_Host' isn't imported: it is a secret"
    assert imported("two.zip", "back.yaml") == [f"two.zip:1:1 SecretLeftOut {message}"]
    assert "  acme_Host: {type: secret}\n" in (here / "back.yaml").read_text(encoding="utf-8")


def test_an_edited_spec_is_updated_from_a_solution(here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS)
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "one.zip").status == 0
    imported("one.zip", "back.yaml")
    write_specs(here / "specs", orders=ORDERS.replace("Returns one order.", "Returns an order."))
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "two.zip").status == 0
    outcome = run("import", "two.zip", "--update", "-o", "back.yaml")
    assert outcome.status == 0, outcome.out + outcome.err
    assert "Returns an order." in (here / "back.yaml").read_text(encoding="utf-8")


DTD = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><ImportExportXml>&d;</ImportExportXml>'


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (
            {"solution.xml": DTD},
            "bad.zip/solution.xml:1:13 NotImportable a document type (DTD), which a solution never has",
        ),
        ({"customizations.xml": b"<a>"}, "bad.zip/customizations.xml:1:4 NotImportable it isn't XML: no element found"),
        (
            {"../evil.txt": b""},
            "bad.zip:1:1 NotImportable the zip has the name '../evil.txt', which leads out of it, or can't be read",
        ),
        (
            {"/etc/x": b""},
            "bad.zip:1:1 NotImportable the zip has the name '/etc/x', which leads out of it, or can't be read",
        ),
        (
            {"Connector\\a.json": b""},
            "bad.zip:1:1 NotImportable the zip has the name 'Connector\\\\a.json' with a backslash, which the platform doesn't import",
        ),
        (
            {"Solution.xml": b""},
            "bad.zip:1:1 NotImportable the zip has 'solution.xml' and 'Solution.xml', which differ in case alone",
        ),
        (
            {"customizations.xml": b"<ImportExportXml><Connectors /></ImportExportXml>"},
            "bad.zip:1:1 NotImportable the solution contains no connector",
        ),
        (
            {"Connector/acme_orders_openapidefinition.json": None},
            "bad.zip/customizations.xml:21:7 NotImportable the definition of 'acme_orders', '/Connector/acme_orders_openapidefinition.json', isn't in the solution",
        ),
        (
            {"Connector/acme_orders_connectionparameters.json": b"{"},
            "bad.zip/Connector/acme_orders_connectionparameters.json:1:1 SyntaxNotValid a '}' is missing at the end",
        ),
    ],
)
def test_a_bad_solution_is_refused_with_its_reason(change: dict[str, bytes | None], finding: str, here: Path) -> None:
    write_specs(here / "specs", orders=ORDERS)
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "good.zip").status == 0
    found = {**entries((here / "good.zip").read_bytes()), **change}
    zipped(here / "bad.zip", {name: content for name, content in found.items() if content is not None})
    outcome = run("import", "bad.zip", "-o", "back.yaml", "--format", "json")
    assert outcome.status == 1
    assert outcome.findings == [finding]
    assert not (here / "back.yaml").exists()


def damaged(content: bytes) -> bytes:
    return content[:-30]


def encrypted(content: bytes) -> bytes:
    """A zip whose entries say that they are encrypted, in both of their headers."""
    for header, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        parts = content.split(header)
        content = header.join([parts[0], *(part[: at - 4] + b"\x01\x00" + part[at - 2 :] for part in parts[1:])])
    return content


def wrong_sum(content: bytes) -> bytes:
    at = content.index(b"<ImportExportXml")
    return content[:at] + b"<importexportxml" + content[at + 16 :]


def bomb(_: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("solution.xml", b" " * (17 * 1024 * 1024))
    return out.getvalue()


def nothing(_: bytes) -> bytes:
    return b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (damaged, "bad.zip:1:1 NotImportable this isn't a zip, or it is damaged"),
        (encrypted, "bad.zip/solution.xml:1:1 NotImportable it is encrypted"),
        (
            wrong_sum,
            "bad.zip/customizations.xml:1:1 NotImportable it can't be unpacked: Bad CRC-32 for file 'customizations.xml'",
        ),
        (bomb, "bad.zip/solution.xml:1:1 NotImportable it is larger than 16 MB"),
        (nothing, "bad.zip:1:1 NotImportable there is no solution: it has neither solution.xml nor a connector"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_bad_zip_is_refused_with_its_reason(change: object, finding: str, here: Path) -> None:
    assert callable(change)
    write_specs(here / "specs", orders=ORDERS)
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "good.zip").status == 0
    (here / "bad.zip").write_bytes(change((here / "good.zip").read_bytes()))
    outcome = run("import", "bad.zip", "-o", "back.yaml", "--format", "json")
    assert outcome.status == 1
    assert outcome.findings == [finding]


def test_what_a_spec_cant_say_of_the_publisher_and_the_variables_is_told(
    here: Path, solution: dict[str, bytes]
) -> None:
    """Empty elements, the numbers of addresses and the usual store of secrets say nothing."""
    manifest, variable = (
        "solution.xml",
        "environmentvariabledefinitions/acme_ParcelHost/environmentvariabledefinition.xml",
    )
    said = b"""
      <Descriptions><Description description="Ships parcels" languagecode="1033" /></Descriptions>
      <EMailAddress>parcels@acme.example</EMailAddress>
      <SupportingWebsiteUrl></SupportingWebsiteUrl>
      <Addresses>
        <Address><AddressNumber>1</AddressNumber><City>Aachen</City></Address>
        <Address><AddressNumber>2</AddressNumber><City></City></Address>
      </Addresses>
    </Publisher>"""
    other = b"<secretstore>1</secretstore><valueschema>[]</valueschema><type>"
    solution[manifest] = solution[manifest].replace(b"</Publisher>", said)
    solution[variable] = solution[variable].replace(b"<secretstore>0</secretstore>", b"").replace(b"<type>", other)
    zipped(here / "said.zip", solution)
    shown = f"said.zip/{variable}"
    unsaid = "which a spec can't say and which isn't imported"
    assert imported("said.zip", "back") == [
        f"{shown}:13:3 PartLeftOut 'acme_ParcelHost' has 'secretstore', {unsaid}",
        f"{shown}:13:31 PartLeftOut 'acme_ParcelHost' has 'valueschema', {unsaid}",
        f"said.zip/solution.xml:15:7 PartLeftOut the publisher has a description, {unsaid}",
        f"said.zip/solution.xml:16:7 PartLeftOut the publisher has an email address, {unsaid}",
        f"said.zip/solution.xml:20:7 PartLeftOut the publisher has addresses, {unsaid}",
    ]
