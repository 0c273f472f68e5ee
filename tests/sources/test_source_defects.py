import json
from pathlib import Path
from typing import Any

import pytest

from connector_builder.package import DEFINITION, PROPERTIES, Reading
from connector_builder.sources.source import read_source
from tests.support.imports.source_files import SWAGGER, YAML, folder, said, swagger


class TestDefectsThatPass:
    def test_duplicate_keys(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", '{"swagger": "2.0", "info": {"a": 1, "a": 2}, "paths": {}}')
        assert reading.package is not None
        assert reading.package.definition["info"] == {"a": 2}
        assert said(reading.findings) == [
            "x.json:1:37 warning KeyDuplicated: the key 'a' is given twice: the last one counts"
        ]
        reading = swagger(tmp_path / "x.yaml", 'swagger: "2.0"\ninfo: {a: 1, a: 2}\npaths: {}\n')
        assert reading.package is not None
        assert reading.package.definition["info"] == {"a": 1}
        assert said(reading.findings) == [
            "x.yaml:2:14 warning KeyDuplicated: the key 'a' is given twice: the first one counts"
        ]

    def test_half_surrogates(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", '{"swagger": "2.0", "info": {"title": "a\\ud83d"}, "paths": {}}')
        assert reading.package is not None
        assert reading.package.definition["info"] == {"title": "a\ufffd"}
        message = "a text with half of a surrogate pair: U+FFFD is imported instead"
        assert said(reading.findings) == [f"x.json:1:38 warning TextNotValid: {message}"]

    def test_numbers_that_json_cannot_hold(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", '{"swagger": "2.0", "info": {"x-a": 1e999, "x-b": NaN}, "paths": {}}')
        assert reading.package is not None
        assert reading.package.definition["info"] == {"x-a": None, "x-b": None}
        message = "JSON can't hold this number: null is imported instead"
        assert said(reading.findings) == [
            f"x.json:1:36 warning NumberNotValid: {message}",
            f"x.json:1:50 warning NumberNotValid: {message}",
        ]


class TestRepair:
    BROKEN = '{"swagger": "2.0", // two\n"info": {"a": 1, "a": 2},\n"paths": {},}'

    def test_is_offered(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", self.BROKEN)
        assert reading.package is None
        assert said(reading.findings) == ["x.json:1:20 error SyntaxNotValid: JSON has no comments"]
        assert reading.findings[0].help == "--repair mends this"

    def test_tells_what_it_mends(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", self.BROKEN, repair=True)
        assert reading.package is not None
        assert reading.package.definition == {"swagger": "2.0", "info": {"a": 2}, "paths": {}}
        assert said(reading.findings) == [
            "x.json:1:20 note Mended: a comment was removed",
            "x.json:3:12 note Mended: a comma that nothing follows was removed",
            "x.json:2:18 warning KeyDuplicated: the key 'a' is given twice: the last one counts",
        ]
        place = reading.package.locate(DEFINITION, [("info", "a")])[("info", "a")]
        assert place.text.content[place.start : place.end] == "2"

    @pytest.mark.parametrize("repair", [False, True])
    def test_is_not_offered_where_it_cannot(self, tmp_path: Path, repair: bool) -> None:
        reading = swagger(tmp_path / "x.json", '{"swagger": "2.0" "info": {}}', repair=repair)
        assert reading.package is None
        where = "1:19" if repair else "1:17"
        message = "a comma or a closing bracket is missing" if repair else "a comma is missing after this"
        assert said(reading.findings) == [f"x.json:{where} error SyntaxNotValid: {message}"]
        assert reading.findings[0].help == ("--repair can't mend this: correct it by hand" if repair else "add ','")

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32-be", "cp1252"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        content = json.dumps({**SWAGGER, "info": {"title": "für"}}, ensure_ascii=False).encode(encoding)
        reading = swagger(tmp_path / "x.json", content)
        assert reading.package is None
        assert [(finding.rule.name, finding.help) for finding in reading.findings] == [
            ("EncodingNotValid", "--repair mends this")
        ]
        reading = swagger(tmp_path / "x.json", content, repair=True)
        assert reading.package is not None
        assert reading.package.definition["info"]["title"] == "für"
        assert [finding.rule.name for finding in reading.findings] == ["Mended"]

    def test_a_byte_order_mark_needs_none(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", b"\xef\xbb\xbf" + json.dumps(SWAGGER).encode())
        assert (reading.package is not None, reading.findings) == (True, [])

    def test_yaml(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.yaml", YAML.replace("Orders", "Or\x07ders"))
        assert reading.findings[0].help == "--repair mends this"
        reading = swagger(tmp_path / "x.yaml", YAML.replace("Orders", "Or\x07ders"), repair=True)
        assert reading.package is not None
        assert reading.package.definition["info"]["title"] == "Orders"
        assert said(reading.findings) == ["x.yaml:2:17 note Mended: the control character U+0007 was removed"]


class TestSecrets:
    KEY = "c66c5dad395c4ec6"

    def reading(self, path: Path, **more: Any) -> Reading:
        return swagger(path / "x.json", {**SWAGGER, **more})

    def test_in_addresses(self, tmp_path: Path) -> None:
        address = f"https://x.example/a?sv=1&sig={self.KEY}%3D&x=2"
        paths = {
            f"/a?code={self.KEY}": {},
            f"/a?code={self.KEY}2": {},
            "/b": {"description": f"see {address} and {address}"},
        }
        reading = self.reading(tmp_path, paths=paths)
        assert reading.package is not None
        assert self.KEY not in json.dumps(reading.package.definition)
        redacted = address.replace(f"{self.KEY}%3D", "REDACTED")
        assert reading.package.definition["paths"] == {
            "/a?code=REDACTED": {}, "/a?code=REDACTED2": {}, "/b": {"description": f"see {redacted} and {redacted}"},
        }  # fmt: skip
        assert [line.split(":", 1)[1] for line in said(reading.findings)] == [
            "9:5 warning SecretLeftOut: the query parameter 'code' contains a secret: REDACTED is imported instead",
            "10:5 warning SecretLeftOut: the query parameter 'code' contains a secret: REDACTED is imported instead",
            "12:22 warning SecretLeftOut: the query parameter 'sig' contains a secret: REDACTED is imported instead",
        ]
        for finding in reading.findings:
            text = finding.place.text
            assert self.KEY not in text.shown(0, len(text.content))

    def test_written_with_escapes(self, tmp_path: Path) -> None:
        content = json.dumps(SWAGGER | {"host": f"https://x?a=1&sig={self.KEY}"}).replace("&", "\\u0026")
        reading = swagger(tmp_path / "x.json", content)
        assert reading.package is not None
        assert reading.package.definition["host"] == "https://x?a=1&sig=REDACTED"
        text = reading.findings[0].place.text
        assert self.KEY not in text.shown(0, len(text.content))

    def test_in_a_text_for_people(self, tmp_path: Path) -> None:
        text = f"See [all](https://x.example/all?api_key={self.KEY}) and [one](https://x.example/one?sig={self.KEY})."
        reading = self.reading(tmp_path, externalDocs={"url": "https://x.example", "description": text})
        assert reading.package is not None
        left = text.replace(self.KEY, "REDACTED")
        assert reading.package.definition["externalDocs"]["description"] == left
        assert [line.split(" ", 1)[1] for line in said(reading.findings)] == [
            "warning SecretLeftOut: the query parameter 'api_key' contains a secret: REDACTED is imported instead",
        ]

    def test_in_the_example_of_an_answer(self, tmp_path: Path) -> None:
        address = f"https://store.example/a?sig={self.KEY}"
        responses = {"200": {"description": "OK", "examples": {"application/json": {"link": address}}}}
        definition = {**SWAGGER, "paths": {"/a": {"get": {"operationId": "A", "responses": responses}}}}
        reading = swagger(tmp_path / "a.json", definition)
        assert reading.package is not None
        assert json.dumps(reading.package.definition) == json.dumps(definition).replace(self.KEY, "REDACTED")
        assert said(reading.findings) == [
            "a.json:17:25 warning SecretLeftOut: the query parameter 'sig' contains a secret: REDACTED is imported instead"
        ]

    def test_constants(self, tmp_path: Path) -> None:
        parameters = {
            "A": {"name": "X-API-Key", "in": "header", "default": self.KEY},
            "B": {"name": "code", "in": "query", "default": self.KEY},
            "C": {"name": "code", "in": "query", "default": "short"},
            "D": {"name": "X-API-Key", "in": "header", "default": "@connectionParameters('key')"},
            "E": {"name": "code", "in": "body", "default": self.KEY},
        }
        reading = self.reading(tmp_path, parameters=parameters)
        assert reading.package is not None
        defaults = {key: entry["default"] for key, entry in reading.package.definition["parameters"].items()}
        assert defaults == {
            "A": "REDACTED",
            "B": "REDACTED",
            "C": "short",
            "D": "@connectionParameters('key')",
            "E": self.KEY,
        }
        assert [finding.message for finding in reading.findings] == [
            "the header 'X-API-Key' contains a secret: REDACTED is imported instead",
            "the query parameter 'code' contains a secret: REDACTED is imported instead",
        ]

    def test_in_properties(self, tmp_path: Path) -> None:
        policy = "x-ms-apimTemplateParameter."
        instances = [
            {"parameters": {f"{policy}name": "Authorization", f"{policy}value": f"Bearer {self.KEY}"}},
            {"parameters": {f"{policy}name": "Authorization", f"{policy}value": "Bearer @connectionParameters('key')"}},
            {"parameters": {f"{policy}name": "password", f"{policy}value": "@connectionParameters('password','')"}},
        ]
        token = {"type": "oauthSetting", "oAuthSettings": {"clientId": "x", "clientSecret": self.KEY}}
        app = {"properties": {"connectionParameters": {"token": token}, "policyTemplateInstances": instances}}
        reading = read_source(folder(tmp_path, **{PROPERTIES: app}))
        assert reading.package is not None
        properties = reading.package.properties["properties"]
        assert properties["connectionParameters"]["token"]["oAuthSettings"] == {"clientId": "x"}
        assert [instance["parameters"][f"{policy}value"] for instance in properties["policyTemplateInstances"]] == [
            "REDACTED", "Bearer @connectionParameters('key')", "@connectionParameters('password','')",
        ]  # fmt: skip
        assert [(finding.message, finding.help) for finding in reading.findings] == [
            ("a client secret isn't imported", "pass it to paconn with --secret, or enter it in the portal"),
            ("the header 'Authorization' contains a secret: REDACTED is imported instead", None),
        ]
        text = reading.findings[0].place.text
        assert self.KEY not in text.shown(0, len(text.content))

    def test_in_a_file_that_cannot_be_read(self, tmp_path: Path) -> None:
        reading = swagger(tmp_path / "x.json", f'{{"host": "https://x?sig={self.KEY}" "a": 1}}')
        text = reading.findings[0].place.text
        assert self.KEY in text.content
        assert self.KEY not in text.shown(0, len(text.content))
