"""Names that would be other files, texts that would be commands or markup, patterns that would never end."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.hostile.hostile_cli import CONNECTOR, NOT_PRINTABLE, build, problems, run, validate

pytestmark = pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same

Built = Callable[..., list[str]]
Write = Callable[..., None]

# The names of the files below samples/ that each operation's sample gets.
OPERATIONS = {
    "CON": "_CON.200-5d0dab40",
    "aux": "_aux.200-bf64bcbd",
    "COM1": "_COM1.200-a554d998",
    "nul.txt": "_nul.txt.200-b83d15e1",
    "../x": "x.200-956ae516",
    "..\\x": "x.200-c44953df",
    "\u202ex": "x.200-22c399fe",
    "/etc/passwd": "etc-passwd.200-8292d6ee",
    "C:\\x": "C-x.200-f41b69c0",
    "a:b": "a-b.200-ca2c1e25",
    "a/b": "a-b.200-e6dc7deb",
    "a*?": "a-.200-ddc5be37",
    "Same": "Same.200-9c452246",
    "same": "same.200-3e7b50af",
    "<script>": "script-.200-945de050",
    "tab\tx": "tab-x.200-e501d42a",
    ".": "200-14bfe681",
    "..": "200-bee13ecd",
    " ": "200-65496ba4",
    "ü": "200-84d1e769",
    "x" * 300: "x" * 80 + "-3a630ade",
    "$(rm)": "rm-.200-f23bd69c",
    "trailing.": "trailing..200",
    "Plain": "Plain.200",
}


def test_operation_ids_become_names_that_every_system_takes(here: Path, built: Built) -> None:
    actions = {
        name: {"request": f"GET /a{number}", "response": {"sample": {"a": number}}}
        for number, name in enumerate(OPERATIONS)
    }
    built(f"actions: {json.dumps(actions)}\n{CONNECTOR}")
    folder = here / "output/spec/samples"
    names = [path.name for path in folder.iterdir()]
    assert sorted(names) == sorted(f"{name}.json" for name in OPERATIONS.values())
    assert len({name.lower() for name in names}) == len(OPERATIONS)
    for number, name in enumerate(OPERATIONS.values()):
        assert json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) == {"a": number}
    definition = json.loads((here / "output/spec/apiDefinition.swagger.json").read_text(encoding="utf-8"))
    assert [item["get"]["operationId"] for item in definition["paths"].values()] == list(OPERATIONS)


@pytest.mark.parametrize(
    ("name", "slug"),
    [("con.yaml", "con-connector"), ("a b'c.yaml", "a-b-c"), ("Käse.YAML", "kase"), (f"{'x' * 100}.yaml", "x" * 64), ("-o.yaml", "o")],
)  # fmt: skip
def test_a_spec_s_file_becomes_a_folder_that_every_system_takes(name: str, slug: str, here: Path, write: Write) -> None:
    if os.name == "nt" and name == "con.yaml":
        pytest.skip("no file of Windows has this name")
    write({name: "actions: {A: GET /a}\n" + CONNECTOR})
    outcome = build(here / name, here / "output")
    assert list(problems(outcome, here)) == []
    (folder,) = (path.name for path in (here / "output").iterdir() if not path.name.startswith("."))
    assert folder == slug or re.fullmatch(f"{slug}-[0-9a-f]{{8}}", folder)


TEXT = (
    "\x1b[31m\x9b2J\x07 ##vso[task.complete result=Failed;] ##[error] ::error file=a,line=1::b ]]> </script><script>alert(1)</script>"
    " <!-- & **b** _i_ `c` [l](javascript:alert(1)) ![i](http://x.example/y) \u202e\u2066 | a | # h\r\n::warning::x\n\n# heading\n- list\n```\n"
)
SPEC = (
    "actions:\n  A:\n    request: GET /a?q\n    summary: {0}\n    description: {0}\n    parameters: {{q: {{summary: {0}, description: {0}}}}}\n"
    "    response: {{description: {0}, fields: {{f: {{summary: {0}, description: {0}}}}}}}\n{1}"
    "connector: {{title: {0}, description: {0}, version: 1.0.0, server: https://api.example.com, publisher: {0}, contact: {{name: {0}}}}}\n"
)


def quoted(text: str) -> str:
    """A text as it may stand in YAML, whatever is in it."""
    return json.dumps(text).replace("\\u007f", "\\x7f")


def test_what_is_printed_holds_no_command(here: Path, write: Write) -> None:
    write({"spec.yaml": SPEC.format(quoted(TEXT), f"{quoted(TEXT)}: 1\n")})
    for outcome in (validate(here / "spec.yaml"), build(here / "spec.yaml", here / "output")):
        assert list(problems(outcome, here)) == []
        shown = outcome.out + outcome.err
        assert "##vso[" not in shown
        assert "##[" not in shown
        assert not re.search(r"^\s*::", shown, re.MULTILINE)
        assert not NOT_PRINTABLE.search(shown)
        assert (
            "spec.yaml:8:1: error: unknown key '\\x1b[31m\\x9b2J\\x07 \\x23#vso[task.complete result=Failed;]" in shown
        )


def test_what_is_printed_as_json_holds_no_command(here: Path, write: Write) -> None:
    write({"spec.yaml": SPEC.format(quoted(TEXT), f"{quoted(TEXT)}: 1\n")})
    outcome = validate(here / "spec.yaml", "--format", "json")
    assert list(problems(outcome, here)) == []
    assert outcome.out.isascii()
    assert "##vso[" not in outcome.out
    found = json.loads(outcome.out)["findings"]
    assert f"unknown key '{TEXT}' at the top level" in [finding["message"] for finding in found]


def test_what_a_build_says_of_a_title_holds_no_command(here: Path, built: Built) -> None:
    built(SPEC.format(quoted(TEXT), ""))
    outcome = run("build", here / "spec.yaml", "-o", here / "output", "--jobs", "1")
    assert list(problems(outcome, here)) == []
    assert "built '\\x1b[31m\\x9b2J\\x07 \\x23#vso[task.complete" in outcome.out


def test_a_readme_shows_texts_and_nothing_comes_of_them(here: Path, built: Built) -> None:
    built(SPEC.format(quoted(TEXT), ""))
    readme = (here / "output/spec/README.md").read_text(encoding="utf-8")
    shown = (
        "\ufffd\\[31m\ufffd2J\ufffd \\#\\#vso\\[task.complete result=Failed;\\] \\#\\#\\[error\\] ::error file=a,line=1::b \\]\\]&gt; "
        "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &lt;!-- &amp; \\*\\*b\\*\\* \\_i\\_ \\`c\\` \\[l\\](javascript:alert(1)) "
        "!\\[i\\](http\\://x.example/y) \ufffd\ufffd \\| a \\| \\# h ::warning::x \\# heading - list \\`\\`\\`"
    )
    assert readme.startswith(f"# {shown}\n\n{shown}\n\n## Publisher: {shown}\n")
    assert readme.count(shown) >= 7
    assert "<script" not in readme
    assert not NOT_PRINTABLE.search(readme)


ENDLESS = ("(a+)+$", "^(a|a)*$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y", "(.*)*=")


@pytest.mark.parametrize("pattern", ENDLESS)
def test_no_pattern_is_ever_run(pattern: str, here: Path, built: Built) -> None:
    value = "a" * 60 + "!"
    described = json.dumps({"type": "string", "pattern": pattern, "default": value, "enum": [value]})
    spec = (
        f"actions:\n  A:\n    request: GET /a?q\n    description: Reads.\n    parameters: {{q: {described}}}\n"
        f"    response: {{fields: {{b: {{pattern: '{pattern}'}}, c: {described}}}, sample: {{b: {value}, c: {value}}}}}\n"
        f"paths:\n  /b:\n    get:\n      operationId: B\n      description: Reads.\n"
        f"      parameters: [{{name: q, in: query, {described[1:-1]}}}]\n"
        f"      responses: {{200: {{description: OK, schema: {{type: object, properties: {{b: {described}}}, example: {{b: {value}}}}}}}}}\n"
    )
    assert [one for one in built(spec + CONNECTOR) if "Pattern" in one] == []
    checked = validate(here / "output/spec")
    assert list(problems(checked, here)) == []


@pytest.mark.parametrize("pattern", ["(", "[a", "a{2,1}", "(?P<a>b)(?P<a>c)", "\\", "(?<=a+)b", "*"])
def test_a_pattern_that_is_none_is_told(pattern: str, built: Built) -> None:
    spec = f"actions:\n  A:\n    request: GET /a?q\n    description: Reads.\n    parameters: {{q: {{pattern: {quoted(pattern)}}}}}\n"
    (found,) = [one for one in built(spec + CONNECTOR) if "Pattern" in one]
    assert found.startswith(
        f"spec.yaml:5:31 PatternShouldBeValidRegularExpression '{pattern}' isn't a regular expression"
    )
