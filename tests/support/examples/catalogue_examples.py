"""Reads the examples in the docs of the rules about files, specs and imports, and runs the commands on them.

They are written like those of the rules about packages (`rule_examples.py`). But what is wrong is in a text: an example
is one or more files, and a finding has a line and a column. The info string of a fenced block says what the block is:

- ```` ```yaml bad ````: a spec, `spec.yaml`, which `validate` checks. If no line begins with `connector:`, a connector
  is added at the end, so that lines keep their numbers.
- ```` ```json bad package ````: the apiDefinition.swagger.json of a package, which `validate` checks.
- ```` ```json bad import ````: the same, which `import` imports; `import-repair` adds `--repair`, `import-as-flows` adds `--as power-automate`.
- ```` ```json bad import-update file=new.json ````: a document that `import --update` brings into `orders.yaml`; `old.json` is
  the last import.
- ```` ```yaml bad change file=old.yaml ````: a spec, which `diff` compares with the next block, `new.yaml`.
- `file=NAME` gives the file another name. A block with it after another block of the example is a further file of it.
- ```` ```yaml bad import file=openapi.yaml ````: an OpenAPI document. What its top lacks is added at the end.
- ```` ```escaped bad ````: bytes, with Python's escapes.
- ```` ```picture bad file=icon.png ````: a PNG, `64 x 64`.
- ```` ```size bad ````: a file of so many blanks, `17 MB`.
- ```` ```archive bad file=solution.zip ````: a zip, as `submissions.py` describes them.

`bad` may be `good`. The findings of a bad example follow its last block: `Finding: 3:5: message`, with the name of the
file before the line if that isn't the first file.
"""

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from connector_builder.findings import Rule
from tests.support.hostile.hostile_cli import import_, run, validate
from tests.support.imports.submissions import archive_of
from tests.support.pages.pictures import png

CONNECTOR = """
connector:
  title: Orders
  description: Reads and writes orders.
  version: 1.0.0
  server: https://api.contoso.example/v1
"""
OPENAPI = {
    "openapi": "3.1.0",
    "info": '{title: Orders, description: Reads and writes orders., version: "1.0"}',
    "servers": '[{url: "https://api.contoso.example"}]',
}
_BLOCK = re.compile(
    r"```(\w+) (bad|good)(?: ([a-z-]+))?(?: file=(\S+))?\n(.*?)```\n((?:Finding: [^\n]*\n)*)", re.DOTALL
)
_SIZE = re.compile(r"(\d+) MB")
_PICTURE = re.compile(r"(\d+) x (\d+)")


@dataclass
class Example:
    """Blocks by the names of their files, of which the first is checked or imported, and the findings that the example lists."""

    rule: str
    good: bool
    how: str
    blocks: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The language and the content of each."""
    findings: list[str] = field(default_factory=list)

    @property
    def main(self) -> str:
        return next(iter(self.blocks))

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Returns the bytes by name. Those of an archive take long to make."""
        return {name: _bytes(language, content, name) for name, (language, content) in self.blocks.items()}


def catalogue_examples(rule: Rule) -> list[Example]:
    """Returns the examples of a rule, in order."""
    found: list[Example] = []
    for language, kind, how, name, content, findings in _BLOCK.findall(rule.doc + "\n"):
        example = found[-1] if found else None
        new = (
            example is None
            or example.findings
            or example.good != (kind == "good")
            or not name
            or name in example.blocks
        )
        if example is None or new:
            example = Example(rule.name, kind == "good", how)
            found.append(example)
        main = "spec.yaml" if not how else "apiDefinition.swagger.json"
        example.blocks[name or main] = language, content
        example.findings += [line.removeprefix("Finding: ") for line in findings.splitlines()]
    return found


def _bytes(language: str, content: str, name: str) -> bytes:
    if match := _SIZE.match(content) if language == "size" else None:
        return b" " * (int(match[1]) * 1024 * 1024 + 1)
    if match := _PICTURE.match(content) if language == "picture" else None:
        width, height = int(match[1]), int(match[2])
        return png(width, height, color_type=2, rows=[b"\0" + b"\xff" * 3 * width] * height)
    if language == "archive":
        return archive_of(content)
    if name == "openapi.yaml":
        missing = (key for key in OPENAPI if not re.search(f"^{key}:", content, re.MULTILINE))
        content += "".join(f"{key}: {OPENAPI[key]}\n" for key in missing)
    elif language == "yaml" and "/" not in name and not re.search("^connector:", content, re.MULTILINE):
        content += CONNECTOR
    if language == "escaped":
        return content.encode().decode("unicode_escape").encode("latin-1")
    return content.encode()


def told(example: Example, folder: Path, *, certification: bool = False) -> list[tuple[str, str]]:
    """Runs the command on an example in an empty folder, which is the current one.

    Returns the rule of each finding, and the finding as an example lists it.
    """
    place = folder / "orders" if example.how and example.how != "change" else folder
    for name, content in example.files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if example.how == "import-update":
        options = ("--update", "--base", str(place / "old.json"), "--format", "json")
        outcome = import_(place / example.main, place / "orders.yaml", *options)
    elif example.how == "change":
        outcome = run("diff", example.main, "new.yaml", "--format", "json")
    elif example.how.startswith("import"):
        further = {"import-repair": ["--repair"], "import-as-flows": ["--as", "power-automate"]}.get(example.how, [])
        outcome = import_(place, folder / "out", "--format", "json", *further)
    else:
        own = ["--certification"] if certification else []
        outcome = validate(place if example.how else place / example.main, "--format", "json", *own)
    assert outcome.status in (0, 1), outcome.err
    findings = json.loads(outcome.out)["findings"]
    return [(finding["rule"], _told(example, finding)) for finding in findings]


def _told(example: Example, finding: dict[str, str]) -> str:
    file = finding["file"].removeprefix("orders/").removeprefix(f"{example.main}/")
    return f"{'' if file == example.main else f'{file}:'}{finding['line']}:{finding['column']}: {finding['message']}"
