"""`pack --as certification` and `--as github`: what Microsoft's certification and its repository take."""

import json
import re
from pathlib import Path

import pytest

from connector_builder.platform.certification.submission import HEADINGS, lacking
from tests.support.hostile.hostile_cli import run
from tests.support.imports.solutions import SCRIPT, entries, files, write_specs
from tests.support.imports.submissions import archive_of

SHOP = """\
connector:
  title: Orders
  description: Reads and writes the orders of a small shop, and tells when one arrives.
  version: 1.0.0
  server: https://api.contoso.example/v1
  publisher: Acme
  stackOwner: Acme
  brandColor: "#1b6e53"
  contact: {name: Acme, url: "https://acme.example", email: help@acme.example}
  website: https://acme.example
  privacyPolicy: https://acme.example/privacy
  categories: [Commerce]
auth: {type: apiKey, header: X-API-Key}
script: script.csx
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order by its number.
    parameters: {order: {summary: Order, description: The number of the order.}}
    response: {id: string}
    responses: {404: There is no such order.}
"""
PACK = ("pack", "specs/orders.yaml", "--as", "certification", "-o", "submission.zip")


@pytest.fixture
def shop(here: Path) -> Path:
    write_specs(here / "specs", orders=SHOP)
    (here / "flow.zip").write_bytes(archive_of("connector and flow"))
    return here


def test_a_submission_contains_what_certification_wants(shop: Path) -> None:
    outcome = run(*PACK, "--flows", "flow.zip")
    assert outcome.status == 0, outcome.out + outcome.err
    content = (shop / "submission.zip").read_bytes()
    outer = entries(content)
    assert list(outer) == ["intro.md", "package.zip"]
    package = entries(outer["package.zip"])
    assert list(package) == ["PkgAssets/ConnectorSolution.zip", "PkgAssets/FlowSolution.zip"]
    assert package["PkgAssets/FlowSolution.zip"] == (shop / "flow.zip").read_bytes()
    assert run("pack", "specs/orders.yaml", "--as", "solution", "-o", "one.zip").status == 0
    assert package["PkgAssets/ConnectorSolution.zip"] == (shop / "one.zip").read_bytes()
    assert run(*PACK, "--flows", "flow.zip").status == 0
    assert (shop / "submission.zip").read_bytes() == content
    assert run("validate", "submission.zip", "--certification", "--format", "json").findings == []


def test_a_submission_comes_back_as_the_spec_of_its_connector(shop: Path) -> None:
    assert run(*PACK, "--flows", "flow.zip").status == 0
    assert run("import", "submission.zip", "-o", "back").status == 0
    assert (shop / "back/script.csx").read_text(encoding="utf-8") == SCRIPT
    assert run("pack", "back", "--as", "solution", "-o", "two.zip").status == 0
    package = entries(entries((shop / "submission.zip").read_bytes())["package.zip"])
    assert (shop / "two.zip").read_bytes() == package["PkgAssets/ConnectorSolution.zip"]


def test_intro_has_the_headings_and_what_the_spec_says(shop: Path) -> None:
    assert run(*PACK, "--flows", "flow.zip").status == 0
    intro = entries((shop / "submission.zip").read_bytes())["intro.md"].decode()
    assert re.findall(r"^## (.*)$", intro, re.MULTILINE) == list(HEADINGS)
    assert list(lacking(intro, credentials=True)) == []
    assert intro.startswith("Orders connects flows, apps and agents with the service at api.contoso.example.")
    assert "| API Key | api\\_key | yes |" in intro
    assert "- Status 404: There is no such order." in intro
    assert "help@acme.example" in intro or "https://acme.example" in intro


def test_intro_of_a_connector_without_authentication_has_no_credentials(shop: Path) -> None:
    write_specs(shop / "specs", orders=SHOP.replace("auth: {type: apiKey, header: X-API-Key}\n", ""))
    assert run(*PACK, "--flows", "flow.zip").status == 0
    intro = entries((shop / "submission.zip").read_bytes())["intro.md"].decode()
    assert re.findall(r"^## (.*)$", intro, re.MULTILINE) == [HEADINGS[0], *HEADINGS[2:]]
    assert list(lacking(intro, credentials=False)) == []


@pytest.mark.parametrize(
    ("flows", "finding"),
    [
        (
            "connector",
            "submission.zip/package.zip/PkgAssets:1:1 PackageSolutionKindMissing no solution contains the connector and a flow",
        ),
        (
            "other connector and flow",
            "flow.zip:1:1 PackageConnectorsDiffer the solution doesn't contain the connector 'acme_orders'",
        ),
        ("connector and flow managed", "flow.zip:1:1 PackageSolutionManaged the solution is managed"),
        (
            "connector and flow without Workflows/",
            "flow.zip:1:1 PackageSolutionIncomplete the solution has flows, but no folder 'Workflows'",
        ),
    ],
)
def test_a_flow_solution_that_does_not_fit_stops_it(flows: str, finding: str, shop: Path) -> None:
    (shop / "flow.zip").write_bytes(archive_of(flows))
    outcome = run(*PACK, "--flows", "flow.zip", "--format", "json")
    assert outcome.status == 1
    assert outcome.findings == [finding]
    assert not (shop / "submission.zip").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (PACK, "certification tests a connector by a flow"),
        ((*PACK, "--flows", "none.zip"), "'none.zip': there is no file 'none.zip'"),
        ((*PACK, "--flows", "specs/orders.yaml"), "'specs/orders.yaml': this isn't a zip, or it is damaged"),
        (("pack", "specs", "--as", "certification", "-o", "a.zip"), "'--as certification' takes one connector, not 2"),
        ((*PACK[:4], "-o", "folder", "--flows", "flow.zip"), "'folder' isn't the name of a zip"),
        (("pack", "specs/orders.yaml", "--as", "github", "-o", "a.zip"), "'a.zip' is the name of a zip, and '--as github' makes a folder"),
        (("pack", "specs/orders.yaml", "--as", "solution", "-o", "a.zip", "--independent"), "'--independent' is for '--as github'"),
        (("pack", "specs/orders.yaml", "--as", "solution", "-o", "a.zip", "--flows", "flow.zip"), "'--flows' is for '--as certification'"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(arguments: tuple[str, ...], message: str, shop: Path) -> None:
    write_specs(shop / "specs", orders=SHOP, second=SHOP)
    outcome = run(*arguments)
    assert outcome.status == 2
    assert message in outcome.err


def test_the_folder_of_a_certified_publisher(shop: Path) -> None:
    outcome = run("pack", "specs/orders.yaml", "--as", "github", "-o", "certified-connectors/Orders")
    assert outcome.status == 0, outcome.out + outcome.err
    assert "packed 1 connector in certified-connectors/Orders: 5 files" in outcome.out
    assert (
        "note: the icon is drawn from the title: a submission needs the logo of the service, at connector.icon"
        in outcome.out
    )
    found = files(shop / "certified-connectors/Orders")
    assert sorted(found) == ["apiDefinition.swagger.json", "apiProperties.json", "icon.png", "readme.md", "script.csx"]
    properties = json.loads(found["apiProperties.json"])["properties"]
    assert (properties["publisher"], properties["stackOwner"], properties["iconBrandColor"]) == (
        "Acme",
        "Acme",
        "#1b6e53",
    )
    headings = re.findall(r"^## (.*)$", found["readme.md"].decode(), re.MULTILINE)
    assert headings[:5] == [
        "Publisher: Acme",
        "Prerequisites",
        "Supported Operations",
        "Obtaining Credentials",
        "Getting Started",
    ]
    assert {"Known Issues and Limitations", "Deployment Instructions"} <= set(headings)


def test_the_folder_of_an_independent_publisher_has_its_colour_and_no_icon(shop: Path) -> None:
    place = ("--as", "github", "--independent", "-o", "Orders")
    outcome = run("pack", "specs/orders.yaml", *place)
    assert outcome.status == 0, outcome.out + outcome.err
    assert "note: the colour is #da3b01, as of every independent publisher" in outcome.out
    found = files(shop / "Orders")
    assert sorted(found) == ["apiDefinition.swagger.json", "apiProperties.json", "readme.md", "script.csx"]
    assert json.loads(found["apiProperties.json"])["properties"]["iconBrandColor"] == "#da3b01"
    (shop / "Orders/icon.png").write_bytes(b"old")
    (shop / "Orders/settings.json").write_bytes(b"{}")
    assert run("pack", "specs/orders.yaml", *place).status == 0
    assert sorted(files(shop / "Orders")) == sorted([*found, "settings.json"])


@pytest.mark.parametrize(
    ("intro", "said"),
    [
        ("", ["there is no paragraph before the headings"]),
        ("## Prerequisites\n", ["there is no paragraph before the headings"]),
        ("One. Two. Three. Four. Five. Six. Seven. Eight. Nine.\n", ["the first paragraph has more than 8 sentences"]),
        ("It reads orders of api.contoso.example.\n", []),
    ],
)
def test_the_first_paragraph_of_intro(intro: str, said: list[str]) -> None:
    assert [one for one in lacking(intro, credentials=True) if "heading '" not in one] == said
