"""A connector of a solution that was unpacked: what isn't read of it is named."""

from pathlib import Path

from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source
from tests.support.imports.source_files import SWAGGER, put, said
from tests.support.imports.submissions import solution

ENTRA = {
    "type": "oauth2",
    "flow": "accessCode",
    "authorizationUrl": "https://login.windows.net/common/oauth2/authorize",
    "tokenUrl": "https://login.windows.net/common/oauth2/token",
    "scopes": {},
}


def test_each_file_that_is_left_out_is_named(tmp_path: Path) -> None:
    definition = put(tmp_path / "new_5Forders_openapidefinition.json", SWAGGER)
    put(tmp_path / "new_5Forders_connectionparameters.json", '{"api_key": {"type": "securestring"}}')
    put(tmp_path / "new_5Forders_connectionparametersets.json", " {} \n")
    put(tmp_path / "new_5Forders_policytemplateinstances.json", '[{"templateId": "setheader"}]')
    put(tmp_path / "new_5Forders_customcodeblobcontent.csx", b"class Script {}")
    put(tmp_path / "new_5Forders_iconblob.Png", b"\x89PNG")
    put(tmp_path / "new_5Forders.xml", "<Connector/>")
    put(tmp_path / "other_connectionparameters.json", '{"api_key": {"type": "securestring"}}')
    findings = read_source(Source(definition, Kind.SWAGGER)).findings
    prefix = "new_5Forders_"
    message = "belongs to this connector, and isn't imported"
    names = ("connectionparameters.json", "customcodeblobcontent.csx", "iconblob.Png", "policytemplateinstances.json")
    assert said(findings) == [f"{prefix}{name}:1:1 warning PartLeftOut: '{prefix}{name}' {message}" for name in names]
    assert {finding.help for finding in findings} == {"leave out --from to import it too"}


def test_another_definition_has_no_such_files(tmp_path: Path) -> None:
    put(tmp_path / "orders_connectionparameters.json", '{"api_key": {"type": "securestring"}}')
    assert read_source(Source(put(tmp_path / "orders.json", SWAGGER), Kind.SWAGGER)).findings == []


def test_a_guessed_sign_in_is_told(tmp_path: Path) -> None:
    oauth = {**ENTRA, "authorizationUrl": "https://login.contoso.example/authorize", "tokenUrl": "https://x.example"}
    for one, message in (
        (ENTRA, "'who' is imported as 'aad', and 'clientId' and 'resource' are guessed"),
        (oauth, "'who' is imported as 'oauth2', and 'clientId' is guessed"),
    ):
        path = put(tmp_path / "orders.json", {**SWAGGER, "securityDefinitions": {"who": one}})
        [finding] = read_source(Source(path, Kind.SWAGGER)).findings
        assert (finding.rule.name, finding.defect.message) == ("SignInGuessed", message)
        assert finding.place.text.content[finding.place.start : finding.place.end] == '"who"'
    key = {"type": "apiKey", "in": "header", "name": "X-Key"}
    path = put(tmp_path / "orders.json", {**SWAGGER, "securityDefinitions": {"who": key, "broken": 7}})
    assert read_source(Source(path, Kind.SWAGGER)).findings == []


def test_a_connector_without_a_definition_is_refused_at_its_element(tmp_path: Path) -> None:
    files = solution("connector")
    element = b"<openapidefinition>/Connector/acme_orders_openapidefinition.json</openapidefinition>"
    for name, content in files.items():
        put(tmp_path / name, content.replace(element, b""))
    reading = read_source(Source(tmp_path, Kind.SOLUTION))
    assert reading.package is None
    assert said(reading.findings) == [
        "customizations.xml:14:5 error NotImportable: the connector 'acme_orders' has no 'openapidefinition'"
    ]
