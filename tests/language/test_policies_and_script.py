"""What the cases of policies and scripts can't say themselves: that every template has one, and how large a script may be."""

from pathlib import Path

import pytest

from connector_builder.language import Variables, compile_spec
from connector_builder.language.tables.policies import TEMPLATES, Template
from tests.support.language_cases import CONNECTOR

CASES = Path(__file__).with_name("cases") / "policies.md"
CODE = b"public class Script : ScriptBase { } // "
MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_every_template_has_a_case_with_its_output(template: Template) -> None:
    text = CASES.read_text(encoding="utf-8")
    assert template.key in text
    assert f'"templateId": "{template.id}", "title": "{template.title}"' in text
    assert [one.key for one in template.settings if f'"x-ms-apimTemplateParameter.{one.name}"' not in text] == []


@pytest.mark.parametrize(
    ("size", "said"), [(MEGABYTE, []), (MEGABYTE + 1, ["FileTooLarge 'script.csx' is larger than 1 MB"])]
)
def test_a_script_is_at_most_a_megabyte(size: int, said: list[str], tmp_path: Path) -> None:
    (tmp_path / "script.csx").write_bytes(CODE.ljust(size, b"x"))
    path = tmp_path / "spec.yaml"
    path.write_text("actions: {A: GET /a}\nscript: script.csx" + CONNECTOR, encoding="utf-8")
    reading = compile_spec(path, Variables())
    assert [f"{found.rule.name} {found.message}" for found in reading.findings] == said
    assert [found.place.text.position(found.place.start) for found in reading.findings] == [(2, 9)] * len(said)
    assert reading.package is not None
    assert (reading.package.script is None) == bool(said)


def test_a_script_is_put_into_the_package_byte_for_byte(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbfpublic class Script : ScriptBase\r\n{\r\n}"
    (tmp_path / "script.csx").write_bytes(content)
    path = tmp_path / "spec.yaml"
    path.write_text("actions: {A: GET /a}\nscript: {file: script.csx, operations: [A]}" + CONNECTOR, encoding="utf-8")
    reading = compile_spec(path, Variables())
    assert reading.package is not None
    assert reading.package.script == content
