"""What is said about a document as a whole: its version, its description, its extensions, and how much is listed."""

import pytest

from connector_builder.sources import origin
from tests.support.imports.openapi import converted, told

PATHS = "paths: {/a: {get: {operationId: A, responses: {}}}}\n"


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.1", "3.2.0"])
def test_a_known_version(version: str) -> None:
    assert told(converted(f"openapi: {version}\n{PATHS}")) == []


def test_an_unknown_version_is_read_as_the_newest() -> None:
    assert told(converted(f"openapi: 3.9.0\n{PATHS}")) == [
        "VersionUnknown: OpenAPI 3.9.0 isn't known: it is read as 3.2"
    ]


def test_a_summary_is_the_description_if_there_is_no_other() -> None:
    result = converted(f"info: {{title: Orders, summary: Reads orders., version: '1'}}\n{PATHS}")
    assert (result.definition.data["info"]["description"], told(result)) == ("Reads orders.", [])


def test_no_description() -> None:
    result = converted(f"info: {{title: Orders, version: '1'}}\n{PATHS}")
    assert result.definition.data["info"]["description"] == "Orders."
    assert told(result) == ["DescriptionMade: there is no description: it becomes 'Orders.'"]


@pytest.mark.parametrize(
    ("written", "version"),
    [("1.10", "1.10"), ("2", "2"), ("'1.10'", "1.10"), ("2026-11-28", "2026-11-28"), ("1e3", "1000.0"), ("", "1.0")],
)
def test_a_version_is_as_it_is_written(written: str, version: str) -> None:
    result = converted(f"info: {{title: Orders, description: Reads orders., version: {written}}}\n{PATHS}")
    assert result.definition.data["info"]["version"] == version


def test_extensions_of_the_platform_are_kept() -> None:
    operation = "{operationId: A, x-ms-visibility: important, x-ms-pageable: {nextLinkName: next}, x-ms-trigger: batch, responses: {}}"
    result = converted(
        f"paths: {{/a: {{get: {operation}}}}}\nx-ms-capabilities: {{testConnection: {{operationId: A}}}}\n"
    )
    definition = result.definition.data
    made = definition["paths"]["/a"]["get"]
    assert (made["x-ms-visibility"], made["x-ms-pageable"], made["x-ms-trigger"]) == (
        "important",
        {"nextLinkName": "next"},
        "batch",
    )
    assert definition["x-ms-capabilities"] == {"testConnection": {"operationId": "A"}}
    assert told(result) == []


def test_other_extensions_are_told_once() -> None:
    schema = "{type: object, x-go-name: Order, properties: {id: {type: string, x-go-name: ID}}}"
    content = f"content: {{application/json: {{schema: {schema}}}}}"
    operation = (
        f"{{operationId: A, x-ms-long-running-operation: true, responses: {{'200': {{description: OK, {content}}}}}}}"
    )
    result = converted(f"paths: {{/a: {{get: {operation}}}}}\nx-logo: {{}}\n")
    assert sorted(told(result)) == [
        "ExtensionLeftOut: 'x-go-name' means nothing to the platform, at 2 places",
        "ExtensionLeftOut: 'x-logo' means nothing to the platform",
        "ExtensionLeftOut: 'x-ms-long-running-operation' means nothing to the platform",
    ]


def test_what_the_report_has_no_room_for_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origin, "MAX_TOLD", 2)
    paths = ", ".join(f"/a{number}: {{get: {{responses: {{}}}}}}" for number in range(5))
    said = told(converted(f"paths: {{{paths}}}\n"))
    assert [one.partition(":")[0] for one in said] == ["ChangesNotListed", "OperationIdMade", "OperationIdMade"]
    assert said[0] == "ChangesNotListed: 3 more changes aren't listed"


@pytest.mark.parametrize(
    ("urls", "host"),
    [
        (["https://sandbox.contoso.example", "https://api.contoso.example"], "api.contoso.example"),
        (["https://test.contoso.com", "https://latest.contoso.com"], "latest.contoso.com"),
        (["wss://live.contoso.com", "https://api.contoso.com"], "api.contoso.com"),
        (["/v2", "https://api.contoso.com"], "api.contoso.com"),
    ],
)
def test_servers_that_are_not_taken_are_named(urls: list[str], host: str) -> None:
    result = converted(f"servers: [{', '.join(f'{{url: {url!r}}}' for url in urls)}]\n{PATHS}")
    assert result.definition.data["host"] == host
    assert told(result) == [f"ServerChosen: https://{host} is the server, not {urls[0]}"]
