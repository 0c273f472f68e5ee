import importlib
import os
import pkgutil
from pathlib import Path

import pytest

from connector_builder import sources
from connector_builder.package import DEFINITION, PROPERTIES
from connector_builder.sources.kinds import Kind
from connector_builder.sources.limits import MAX_BYTES, MAX_DESCRIPTION
from connector_builder.sources.source import Source, read_source
from tests.support.hostile.foreign_documents import documents
from tests.support.imports.source_files import APP, SWAGGER, YAML, folder, put, said, swagger

MODULES = "connector_builder.sources"
KIND = "leave out --from, or name its kind: --from {}"


def test_every_reader_is_a_kind_with_a_limit_and_a_document_that_others_damage() -> None:
    names = [module.name for module in pkgutil.iter_modules(sources.__path__)]
    readers = {name for name in names if hasattr(importlib.import_module(f"{MODULES}.{name}"), "READER")}
    assert readers == {*Kind} == MAX_BYTES.keys()
    damaged = {kind for content in documents().values() for kind in Kind if kind.reader.recognises(content)}
    assert {*Kind} - damaged == {Kind.PACKAGE, Kind.SWAGGER, Kind.SOLUTION}  # whole connectors are


class TestPackages:
    def test_whole(self, tmp_path: Path) -> None:
        files = {
            "settings.json": {"environment": "here", "icon": "icon.png"},
            "icon.png": b"\x89PNG",
            "script.csx": b"class Script {}",
        }
        reading = read_source(folder(tmp_path / "orders", **files))
        assert reading.findings == []
        package = reading.package
        assert package is not None
        assert (package.name, package.source) == ("orders", tmp_path / "orders")
        assert (package.definition, package.properties) == (SWAGGER, APP)
        assert package.settings == files["settings.json"]
        assert (package.icon, package.script) == (b"\x89PNG", b"class Script {}")
        assert package.icon_place is not None
        assert package.icon_place.text.path == tmp_path / "orders/icon.png"
        place = package.locate(PROPERTIES, [("properties", "capabilities")])[("properties", "capabilities")]
        assert (place.text.path.name, *place.text.position(place.start)) == ("apiProperties.json", 5, 5)

    def test_without_properties(self, tmp_path: Path) -> None:
        source = folder(tmp_path)
        (tmp_path / PROPERTIES).unlink()
        package = read_source(source).package
        assert package is not None
        assert (package.properties, package.settings, package.icon, package.script) == (None, {}, None, None)

    def test_names_in_settings(self, tmp_path: Path) -> None:
        names = {
            "apiDefinition": "orders/def.json",
            "apiProperties": "props.json",
            "icon": "sub\\logo.png",
            "script": "code.cs",
        }
        put(tmp_path / "settings.json", names)
        put(tmp_path / "def.json", SWAGGER)
        put(tmp_path / "props.json", APP)
        put(tmp_path / "sub/logo.png", b"\x89PNG")
        put(tmp_path / "code.cs", b"class Script {}")
        package = read_source(Source(tmp_path, Kind.PACKAGE)).package
        assert package is not None
        assert (package.definition, package.properties) == (SWAGGER, APP)
        assert (package.icon, package.script) == (b"\x89PNG", b"class Script {}")

    def test_settings_lead_nowhere_outside(self, tmp_path: Path) -> None:
        put(tmp_path / "secret.json", SWAGGER)
        put(tmp_path / "secret.txt", b"secret")
        source = folder(
            tmp_path / "orders",
            **{"settings.json": {"apiDefinition": "../secret.json", "icon": str(tmp_path / "secret.txt")}},
        )
        (source.path / DEFINITION).unlink()
        reading = read_source(source)
        assert reading.package is None
        assert said(reading.findings) == ["orders:1:1 error NotImportable: there is no definition in this folder"]

    @pytest.mark.parametrize(
        "name",
        ["APIDEFINITION.SWAGGER.JSON", "apiDefinition.json", "apiDefinition_v2.swagger.json", "Orders.swagger.json"],
    )
    def test_other_names_of_a_definition(self, tmp_path: Path, name: str) -> None:
        put(tmp_path / name, SWAGGER)
        put(tmp_path / "APIproperties.json", APP)
        package = read_source(Source(tmp_path, Kind.PACKAGE)).package
        assert package is not None
        assert (package.definition, package.properties) == (SWAGGER, APP)

    def test_what_lies_beside_may_be_broken(self, tmp_path: Path) -> None:
        source = folder(
            tmp_path,
            **{"settings.json": "{", "icon.png": b"x" * (1024 * 1024 + 1), "script.csx": b"x" * (1024 * 1024 + 1)},
        )
        reading = read_source(source)
        assert reading.package is not None
        assert (reading.package.settings, reading.package.icon, reading.package.script) == ({}, None, None)
        assert said(reading.findings) == [
            "settings.json:1:1 warning PartLeftOut: 'settings.json' can't be read, and isn't imported",
            "icon.png:1:1 warning PartLeftOut: 'icon.png' is larger than 1 MB: it isn't imported",
            "script.csx:1:1 warning PartLeftOut: 'script.csx' is larger than 1 MB: it isn't imported",
        ]

    @pytest.mark.parametrize(
        ("properties", "finding"),
        [
            ("[]", "1:1 error NotImportable: apiProperties.json must be an object, not a list"),
            ("{}", "1:1 error NotImportable: 'properties' is missing"),
            (
                '{"properties": 7}',
                "1:16 error NotImportable: 'properties' must be an object, not a number",
            ),
            ("", "1:1 error NotImportable: the file is empty"),
            ("{", "1:1 error SyntaxNotValid: a '}' is missing at the end"),
        ],
    )
    def test_broken_properties_are_not_left_out(self, tmp_path: Path, properties: str, finding: str) -> None:
        source = folder(tmp_path, **{PROPERTIES: properties})
        reading = read_source(source)
        assert reading.package is None
        assert said(reading.findings) == [f"apiProperties.json:{finding}"]

    def test_what_stands_beside_properties(self, tmp_path: Path) -> None:
        reading = read_source(folder(tmp_path, **{PROPERTIES: {"$schema": "https://x", **APP}}))
        assert reading.package is not None
        assert reading.package.properties == APP
        message = "'$schema' beside 'properties' means nothing to the platform, and isn't imported"
        assert said(reading.findings) == [f"apiProperties.json:2:14 warning PartLeftOut: {message}"]

    def test_how_to_keep_what_is_left_out(self, tmp_path: Path) -> None:
        beside = {"notes": "ours", "capabilities": [], "$schema": "https://x"}
        source = folder(tmp_path, **{PROPERTIES: {**APP, **beside}, "settings.json": "{"})
        assert [finding.help for finding in read_source(source).findings] == [
            "write it as a comment into the spec to keep it",
            "move 'capabilities' into 'properties' to keep it, and import again",
            None,
            "correct it and import again to keep it",
        ]


class TestDocuments:
    @pytest.mark.parametrize("name", ["orders.json", "orders.yaml", "orders.txt", "orders"])
    def test_json_under_any_name(self, tmp_path: Path, name: str) -> None:
        package = swagger(tmp_path / name, SWAGGER).package
        assert package is not None
        assert (package.name, package.definition, package.properties) == ("orders", SWAGGER, None)
        assert package.locate(PROPERTIES, [()])[()].text.path == tmp_path / name

    @pytest.mark.parametrize("name", ["orders.yml", "orders.json", "orders.txt"])
    def test_yaml_under_any_name(self, tmp_path: Path, name: str) -> None:
        package = swagger(tmp_path / name, YAML).package
        assert package is not None
        assert package.definition["paths"] == {"/orders": {"get": {"responses": {"200": {"description": "OK"}}}}}
        place = package.locate(DEFINITION, [("paths", "/orders", "get", "responses", "200", "description")])
        assert [at.text.content[at.start : at.end] for at in place.values()] == ["OK"]

    def test_a_version_without_quotes(self, tmp_path: Path) -> None:
        package = swagger(tmp_path / "x.yaml", YAML.replace('"2.0"', "2.0")).package
        assert package is not None
        assert package.definition["swagger"] == "2.0"

    @pytest.mark.parametrize(
        ("content", "finding", "cure"),
        [
            ("", "1:1 error NotImportable: the file is empty", None),
            (" \n\t\n", "1:1 error NotImportable: the file is empty", None),
            ("null", "1:1 error NotImportable: the file is empty", None),
            ("[1]", "1:1 error NotImportable: a Swagger 2.0 definition must be an object, not a list", None),
            ("7", "1:1 error NotImportable: a Swagger 2.0 definition must be an object, not a number", None),
            ('{"openapi": "3.0.1"}', "1:13 error NotImportable: this is OpenAPI 3.0.1, not Swagger 2.0", KIND.format("openapi3")),
            ('{"openapi": "3.1.0", "swagger": "2.0"}', "1:13 error NotImportable: this is OpenAPI 3.1.0, not Swagger 2.0", KIND.format("openapi3")),
            ('{"swaggerVersion": "1.2"}', "1:20 error NotImportable: this is Swagger 1.2, not 2.0", "convert it to Swagger 2.0"),
            ('{"swagger": "1.2"}', "1:13 error NotImportable: the version of Swagger must be \"2.0\", not '1.2'", "convert it to Swagger 2.0"),
            ('{"swagger": 2}', "1:13 error NotImportable: the version of Swagger must be \"2.0\", not '2'", "convert it to Swagger 2.0"),
            ('{"swagger": []}', '1:2 error NotImportable: the version of Swagger must be "2.0", not a list', "convert it to Swagger 2.0"),
            ('{"info": {"_postman_id": "x"}, "item": []}', "1:2 error NotImportable: this is a Postman collection", KIND.format("postman")),
            ('{"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}}', "1:2 error NotImportable: this is a Postman collection", KIND.format("postman")),
            ('{"id": "x", "order": [], "requests": []}', "1:26 error NotImportable: this is a Postman collection of the old format 1", "export it from Postman as Collection v2.1"),
            ('{"log": {"version": "1.2", "entries": []}}', "1:2 error NotImportable: this is a HAR file, what a browser recorded", KIND.format("har")),
            ('{"connector": {"title": "x"}}', "1:2 error NotImportable: this is a spec already", "'connector-builder build' makes a package of it"),
            ('{"properties": {}}', "1:2 error NotImportable: this is an apiProperties.json, not a definition", "name the folder that also contains the definition"),
            ('{"name": "x"}', "1:1 error NotImportable: this isn't Swagger: it has no 'swagger' at the top", 'Swagger 2.0 begins with "swagger": "2.0"'),
            ('{"swagger": "2.0", "info": {}}', "1:1 error NotImportable: 'paths' is missing", 'add it: "paths": {}'),
            ('{"swagger": "2.0", "info": {}, "paths": []}', "1:32 error NotImportable: 'paths' must be an object, not a list", None),
            ('{"swagger": "2.0", "info": {}, "paths": {}, "host": null}', "1:53 error NotImportable: 'host' must be a text, not null", "correct it, or remove 'host'"),
            ('{"swagger": "2.0", "info": {}, "paths": {}, "tags": {}, "x-a": 1}', "1:45 error NotImportable: 'tags' must be a list, not an object", "correct it, or remove 'tags'"),
            ('{"swagger": "2.0", "info": {}, "paths": {}, "servers": []}', "1:45 error NotImportable: Swagger has no top-level key 'servers'", "remove it, or let its name begin with 'x-'"),
            ('{"swagger": "2.0", "info": {}, "paths": {}, "definition": {}}', "1:45 error NotImportable: Swagger has no top-level key 'definition'", "did you mean 'definitions'?"),
            ("swagger: '2.0'\ninfo: &a {b: *a}\npaths: {}", "2:14 error SyntaxNotValid: '*a' contains itself", "write the inner part out"),
            ("swagger: '2.0'\ninfo: {}\npaths: {<<: {}}", "3:9 error SyntaxNotValid: the merge key '<<' isn't supported", "write the keys out: an alias can replace only a whole value"),
            ('{"a": ' + "[" * 300, "1:206 error SyntaxNotValid: more than 200 levels of nesting", None),
            ("swagger: " + "[" * 300, "1:109 error SyntaxNotValid: more than 100 levels of nesting", "simplify the structure"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_imported_says_why(
        self, tmp_path: Path, content: str, finding: str, cure: str | None
    ) -> None:
        reading = swagger(tmp_path / "x.json", content)
        assert reading.package is None
        assert said(reading.findings) == [f"x.json:{finding}"]
        assert reading.findings[0].help == cure

    def test_all_that_is_wrong_at_the_top(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", {"swagger": "2.0", "host": 1, "pahts": {}})
        assert [line.split(": ", 1)[1] for line in said(reading.findings)] == [
            "'host' must be a text, not a number",
            "Swagger has no top-level key 'pahts'",
            "'info' is missing",
            "'paths' is missing",
        ]

    def test_a_hint_for_editors_and_a_key_in_another_case(self, tmp_path: Path) -> None:
        content = '{"$schema": "https://x", "swagger": "2.0", "info": {}, "basepath": "/v1", "Paths": {"/a": {}}}'
        reading = swagger(tmp_path / "x.json", content)
        assert said(reading.findings) == [
            "x.json:1:13 warning PartLeftOut: '$schema' is a hint for editors, and isn't imported",
            "x.json:1:68 note Mended: 'basepath' was read as 'basePath'",
            "x.json:1:75 note Mended: 'Paths' was read as 'paths'",
        ]
        package = reading.package
        assert package is not None
        assert package.definition == {"swagger": "2.0", "info": {}, "basePath": "/v1", "paths": {"/a": {}}}
        assert list(package.definition) == ["swagger", "info", "basePath", "paths"]
        pointers = [("basePath",), ("paths", "/a"), ("info",)]
        places = package.locate(DEFINITION, pointers)
        assert [places[at].text.position(places[at].start) for at in pointers] == [(1, 68), (1, 85), (1, 44)]

    def test_a_key_in_two_cases(self, tmp_path: Path) -> None:
        for content in ('"basePath": "/a", "basepath": "/b"', '"basepath": "/a", "BasePath": "/b"'):
            reading = swagger(tmp_path / "x.json", f'{{"swagger": "2.0", "info": {{}}, "paths": {{}}, {content}}}')
            assert reading.package is None
            assert {finding.help for finding in reading.findings} == {"did you mean 'basePath'?"}

    @pytest.mark.no_cover  # tracing multiplies the time of what is large or deep
    def test_aliases_have_a_budget(self, tmp_path: Path) -> None:
        bomb = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n" + "".join(
            f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 9)
        )
        reading = swagger(tmp_path / "x.yaml", YAML + bomb)
        assert reading.package is None
        assert [finding.rule.name for finding in reading.findings] == ["SyntaxNotValid"]
        assert reading.findings[0].message == "aliases repeat more than 1,000,000 parts"

    def test_aliases_are_copies(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.yaml", YAML + "definitions: {A: &a {type: string}, B: *a}\n")
        assert reading.package is not None
        definitions = reading.package.definition["definitions"]
        assert definitions == {"A": {"type": "string"}, "B": {"type": "string"}}
        assert definitions["A"] is not definitions["B"]

    def test_files_that_cannot_be_read(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", b" " * (MAX_DESCRIPTION + 1))
        assert said(reading.findings) == ["x.json:1:1 error FileTooLarge: 'x.json' is larger than 32 MB"]
        reading = swagger(tmp_path / "x.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        assert said(reading.findings) == ["x.png:1:1 error EncodingNotValid: this is binary data, not text"]
        assert reading.findings[0].help == "name a text file"

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
    def test_a_pipe(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.json")
        reading = read_source(Source(tmp_path / "pipe.json", Kind.SWAGGER))
        assert said(reading.findings) == ["pipe.json:1:1 error FileNotReadable: 'pipe.json' isn't a file"]
