import copy
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.render.readme import readme
from tests.support.hostile.hostile_pages import KEPT, hostile, structure
from tests.support.pages.render_packages import API_KEY, BASIC, FEDERATED, HOSTILE, TENANT, bare, oauth, package
from tests.support.properties import every, examples

GOLDEN = Path(__file__).parent / "golden"
HEADINGS = [
    "# Contoso Orders",
    "## Publisher: Contoso Support",
    "## Prerequisites",
    "## Supported Operations",
    "## Obtaining Credentials",
    "## Getting Started",
    "## When signing in fails",
    "## Known Issues and Limitations",
    "## Deployment Instructions",
]

PACKAGES = {
    "none": package(publisher="Contoso"),
    "key": package(API_KEY, security={"API Key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}}),
    "basic": package(BASIC, security={"basic": {"type": "basic"}}, capabilities=["gateway"]),
    "oauth2": package(oauth("oauth2"), security={"oauth2": {"type": "oauth2"}}, stackOwner="Contoso"),
    "aad": package(
        {**oauth("aad", "GlobalPerConnector", resourceUri="https://orders.contoso.example/"), **TENANT},
        security={"oauth2": {"type": "oauth2"}},
    ),
    "federated": package(FEDERATED, security={"oauth2": {"type": "oauth2"}}),
    "several": package(
        sets={
            "values": [
                {"name": "key", "uiDefinition": {"displayName": "With a key"}, "parameters": API_KEY},
                {"name": "sign-in", "parameters": oauth("aad")},
            ]
        },
        security={"API Key": {"type": "apiKey", "in": "query", "name": "key"}},
    ),
}


@pytest.mark.parametrize("name", PACKAGES)
def test_exact_text(name: str, golden: Callable[[Path, bytes], None]) -> None:
    golden(GOLDEN / f"{name}.md", readme(PACKAGES[name]))


def test_every_golden_file_has_its_package() -> None:
    assert {path.stem for path in GOLDEN.glob("*.md")} == set(PACKAGES)


def test_a_page_that_is_too_large_shows_fewer_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    parameters = [{"name": f"p{n}", "in": "query", "type": "string"} for n in range(60)]
    one = {"parameters": parameters, "description": "What it does.", "responses": {"200": {"description": "OK"}}}
    long = package(API_KEY, security={"API Key": {"type": "apiKey", "in": "header", "name": "X-API-Key"}})
    long.definition = {**long.definition, "paths": {f"/p{n}": {"get": one} for n in range(2)}}
    seen = []
    for _ in range(6):
        page = readme(long)
        told, described = (page.count(said) for said in (b"It has more fields than this page shows.", b"What it does."))
        seen.append((page.count(b" | p"), told, described))
        monkeypatch.setattr("connector_builder.render.readme.MAX_README", len(page) - 1)
    assert seen == [(120, 0, 2), (100, 2, 2), (40, 2, 2), (10, 2, 2), (0, 2, 0), (0, 2, 0)]


def test_headings_are_those_of_certification() -> None:
    page = readme(PACKAGES["key"]).decode()
    assert re.findall("^##? .*", page, re.MULTILINE) == HEADINGS


def test_a_connector_without_a_sign_in_has_no_section_about_it() -> None:
    assert [name for name in PACKAGES if b"## When signing in fails" not in readme(PACKAGES[name])] == ["none"]


@pytest.mark.parametrize("provider", ["aad", "oauth2", "github"])
def test_which_redirect_url_to_register(provider: str) -> None:
    address = "<https://global.consent.azure-apim.net/redirect>"
    common, own = (
        readme(package(oauth(provider, mode))).decode().replace("\n", " ") for mode in ("Global", "GlobalPerConnector")
    )
    replaced = (
        "The platform may replace the redirect URL by one of the connector's own when it is saved for the first time."
    )
    made = " comes into being with the connector, and is another one in each environment: deploy it, copy the URL"
    assert (address in common, replaced in common, made in common) == (True, True, False)
    assert (address in own, replaced in own, made in own) == (False, False, True)


def test_layout() -> None:
    for each in PACKAGES.values():
        page = readme(each).decode()
        assert "\n\n\n" not in page
        assert not re.search("[ \t]$", page, re.MULTILINE)
        assert page.endswith(".\n")
        assert "\r" not in page


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_input_never_becomes_structure(text: str) -> None:
    assert structure(readme(hostile(PACKAGES["several"], text)).decode()) == structure(
        readme(hostile(PACKAGES["several"], "harmless")).decode()
    )


def test_hostile_title_exactly() -> None:
    title = "<script>x</script> ](http://x) | a\n\n## b ##vso[c]d"
    page = readme(bare({"info": {"title": title}}, None)).decode()
    assert page.split("\n")[0] == ("# &lt;script&gt;x&lt;/script&gt; \\](http\\://x) \\| a \\#\\# b \\#\\#vso\\[c\\]d")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(sorted(KEPT)), inner, max_size=5),
    max_leaves=25,
)


@examples(200)
@given(JSON, JSON, st.sampled_from(sorted(KEPT)))
def test_malformed_packages_never_raise(definition: Any, properties: Any, key: str) -> None:
    readme(bare(definition, properties))
    inner = properties if isinstance(properties, dict) else {key: properties}
    whole = {key: definition, "info": definition, "paths": {"/": {"get": definition, "parameters": definition}}}
    readme(bare(whole, {"properties": inner | {"connectionParameters": {key: properties}}}))


def test_each_part_replaced_by_each_type() -> None:
    original = PACKAGES["several"]
    whole = {"definition": original.definition, "properties": original.properties}
    all_wrong: list[Any] = [None, True, 7, "text", [], {}, [[]], [{}], {"$ref": "#/definitions/Order"}, {"$ref": 7}]
    for first, wrong in enumerate(all_wrong):
        for changed in replaced(whole, wrong)[first % every() :: every()]:
            readme(bare(changed["definition"], changed["properties"]))


def replaced(value: Any, wrong: Any) -> list[Any]:
    """Copies of a value, each with one of its parts replaced."""
    out = []
    parts = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, part in parts:
        for new in [wrong, *replaced(part, wrong)]:
            changed = copy.copy(value)
            changed[key] = new
            out.append(changed)
    return out


def test_references_in_a_circle() -> None:
    definition = {
        "paths": {"/": {"get": {"parameters": [{"$ref": "#/parameters/A"}]}}},
        "parameters": {"A": {"$ref": "#/parameters/B"}, "B": {"$ref": "#/parameters/A"}},
    }
    assert b"### GET /\n" in readme(bare(definition, {}))


def table(properties: dict[str, Any], definitions: dict[str, Any]) -> list[str]:
    """The rows for the body of an operation with these properties, and what follows them."""
    body = {
        "name": "body",
        "in": "body",
        "required": True,
        "schema": {"type": "object", "required": ["a"], "properties": properties},
    }
    definition = {"paths": {"/": {"post": {"operationId": "X", "parameters": [body]}}}, "definitions": definitions}
    lines = readme(bare(definition, {})).decode().split("\n")
    start = lines.index("| --- | --- | --- | --- | --- |") + 1
    return lines[start : lines.index("## Obtaining Credentials")]


def test_objects_in_objects() -> None:
    inner = {"type": "object", "required": ["b"], "properties": {"b": {"type": "string"}, "c": {"title": "Sea"}}}
    assert table({"a": inner, "d": inner, "e": {"type": "object"}}, {}) == [
        "| b | a.b | yes | string |  |",
        "| Sea | a.c | no | any |  |",
        "| b | d.b | no | string |  |",
        "| Sea | d.c | no | any |  |",
        "| e | e | no | object |  |",
        "",
    ]


def test_schemas_that_contain_themselves() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/definitions/Node"}, "name": {"type": "string"}}}
    rows = table({"a": {"$ref": "#/definitions/Node"}}, {"Node": node})
    assert rows == [
        "| next | a.next | no | object |  |",
        "| name | a.name | no | string |  |",
        "",
    ]


@pytest.mark.parametrize("visibility", ["internal", "important"])
def test_schemas_that_multiply(visibility: str) -> None:
    leaf = {"type": "string", "x-ms-visibility": visibility}
    level = {str(number): {"$ref": "#/definitions/Level"} for number in range(500)}
    properties = {"a": {"type": "string"}, "b": {"$ref": "#/definitions/Level"}}
    rows = table(properties, {"Level": {"type": "object", "properties": {"leaf": leaf, **level}}})
    assert rows[0] == "| a | a | yes | string |  |"
    assert rows[-3:] == ["", "It has more fields than this page shows.", ""]
    assert len(rows) == 103


def test_nothing_at_all() -> None:
    page = readme(bare(None, None)).decode()
    assert page.startswith("# orders\n\n## Prerequisites\n")
    assert "There are none.\n\n## Obtaining Credentials\n\nThis connector needs no credentials.\n" in page


def page_of(operation: dict[str, Any], parameters: Any = None, **properties: Any) -> str:
    changed = package(parameters, **properties)
    changed.definition = {**changed.definition, "paths": {"/a": {"post": {"operationId": "A", **operation}}}}
    return readme(changed).decode()


def rows(page: str) -> list[str]:
    return [line for line in page.splitlines() if line.startswith("| ") and "---" not in line][1:]


def test_fields_of_arrays() -> None:
    line = {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}, "n": {"type": "integer"}}}
    order = {"type": "object", "required": ["lines"], "properties": {"lines": {"type": "array", "items": line}}}
    assert rows(page_of({"parameters": [{"name": "body", "in": "body", "required": True, "schema": order}]})) == [
        r"| lines | lines | yes | array of object |  |",
        r"| lines sku | lines\[\].sku | yes | string |  |",
        r"| lines n | lines\[\].n | no | integer |  |",
    ]
    array = {"type": "array", "items": line}
    assert rows(page_of({"parameters": [{"name": "body", "in": "body", "required": True, "schema": array}]})) == [
        r"| Body | body | yes | array of object |  |",
        r"| sku | \[\].sku | yes | string |  |",
        r"| n | \[\].n | no | integer |  |",
    ]


@pytest.mark.parametrize(
    ("parameter", "description"),
    [
        ({"description": "The state", "enum": ["on", "off"], "default": "on"}, "The state. One of: on, off. Default: on."),
        ({"enum": [1, True], "default": False}, "One of: 1, true. Default: false."),
        (
            {"x-ms-enum-values": [{"displayName": "A | b", "value": "a"}, {"displayName": "c", "value": "c"}], "enum": ["a"]},
            r"One of: A \| b (a), c.",
        ),
        ({"enum": list(range(21))}, "One of: " + ", ".join(map(str, range(20))) + " …"),
        ({"description": "As it is", "default": ""}, "As it is"),
        ({"description": "A list", "default": ["a"]}, "A list"),
    ],
)  # fmt: skip
def test_what_a_field_may_be(parameter: dict[str, Any], description: str) -> None:
    [row] = rows(page_of({"parameters": [{"name": "p", "in": "query", "type": "string", **parameter}]}))
    assert row == f"| p | p | no | string | {description} |"


def test_hints_and_choices_of_a_connection() -> None:
    shown = {
        "displayName": "Region",
        "description": "Where your data is.",
        "tooltip": "See your account",
        "constraints": {"allowedValues": [{"text": "Europe", "value": "eu"}]},
    }
    page = page_of({}, {"region": {"type": "string", "defaultValue": "eu", "uiDefinition": shown}})
    text = "Where your data is. See your account. One of: Europe (eu). Default: eu."
    assert rows(page) == [f"| Region | region | no | string | {text} |"]


def test_the_host_that_a_policy_sets() -> None:
    def policy(url: str, **more: Any) -> dict[str, Any]:
        return {"templateId": "dynamichosturl", "parameters": {"x-ms-apimTemplateParameter.urlTemplate": url, **more}}

    url = "https://@connectionParameters('site').contoso.example"
    everywhere = page_of({}, policyTemplateInstances=[policy(url)])
    assert re.findall("Access to the service at (.*)", everywhere) == [r"https\://{site}.contoso.example."]
    some = page_of({}, policyTemplateInstances=[policy(url, **{"x-ms-apimTemplate-operationName": ["A"]})])
    assert re.findall("Access to the service at (.*)", some) == [
        "orders.contoso.example.",
        r"https\://{site}.contoso.example.",
    ]


def test_the_permission_by_the_name_of_the_portal() -> None:
    page = readme(package(oauth("aad", resourceUri="https://service.flow.microsoft.com/"))).decode()
    assert r'permissions of "Flow Service" (https\://service.flow.microsoft.com/): orders.read' in page


def test_the_variable_of_the_client() -> None:
    for provider, name in (("aad", "application (client) ID"), ("oauth2", "client ID")):
        known = package(oauth(provider))
        known.client_variable = "MY_CLIENT_ID"
        page = readme(known).decode()
        assert f"5. Build the connector's spec again with the {name}: `--var MY_CLIENT_ID=ID`." in page


def test_an_action_first_where_there_is_no_trigger() -> None:
    assert '4. Add the action "A" to a flow and run it.' in page_of({})


def test_files_that_pac_takes() -> None:
    drawn = package()
    drawn.draws_icon, drawn.script = True, b"class Script {}"
    files = "apiProperties.json --icon-file icon.png --script-file script.csx --solution-unique-name SOLUTION\n"
    assert f" --api-properties-file {files}" in readme(drawn).decode()
