"""Shows one rule to people: what it finds, examples with each finding in its place, where it comes from, how to ignore it."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connector_builder.findings import Pointer, Rule, Text
from connector_builder.report.rule_facts import rule_facts
from connector_builder.report.style import Style
from connector_builder.source.json_reader import locate

PAGE = "docs/rules.md"
_BLOCK = re.compile(
    r"```(\w+) (bad|good)(?: [\w-]+)*?(?: file=(\S+))?\n(.*?)```\n?((?:Finding: [^\n]*\n?)*)", re.DOTALL
)
_LINK = re.compile(r"\[([^\]]+)\]\((http[^)]+)\)")
_AT = re.compile(r"(?:(\S+?):)?(\d+):(\d+)")
_WORD = re.compile(r"[\w$.@~-]+|\S")
_INDENT = "    "


@dataclass(slots=True)
class _Block:
    """A fenced block of an example: its place in the text, its file and content, and what is found in it.

    `further` says that it is another file of the example before it. `marks` are by line, each with a column, a width and the message; `other` are messages without a place in it.
    """

    start: int
    end: int
    kind: str
    language: str
    file: str
    content: str
    further: bool = False
    marks: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)


def rule_page(rule: Rule, *, colour: bool = False) -> str:
    """Returns the page of a rule for a terminal."""
    style = Style(colour)
    fixed = ", can't be ignored" if rule.fixed and not rule.eased_in_packages else ""
    only = ", only with --certification" if rule.only_certification else ""
    heading = (
        f"{style.bold(rule.name)} ({style.severity(rule.severity, str(rule.severity))}, {rule.scope}{only}{fixed})"
    )
    body = "\n".join(_body(rule.prose + "\n", style)).strip("\n")
    fixes = "'validate --fix' fixes some of what it finds." if rule.fixable else ""
    facts = [*rule_facts(rule), fixes, _ignoring(rule), f"More: {PAGE}#{rule.name.lower()}"]
    return f"{heading}\n\n{body}\n\n" + "".join(f"{fact}\n" for fact in facts if fact)


def _ignoring(rule: Rule) -> str:
    if rule.eased_in_packages:
        return f"To ignore it in packages: --ignore {rule.name}. It can't be ignored in a spec."
    if rule.fixed:
        return ""
    return f"To ignore it: --ignore {rule.name}, or at its place in a spec: # connector-builder: ignore[{rule.name}] reason"


def _body(prose: str, style: Style) -> Iterator[str]:
    """Yields the lines of a rule's text, with its examples as they look in an editor."""
    position = 0
    for block in _blocks(prose):
        text = _plain(prose[position : block.start])
        if text:
            yield from (*text.split("\n"), "")
        title = block.file if block.further else block.kind.capitalize() + (f", {block.file}" if block.file else "")
        yield from (style.bold(f"{title}:"), "", *_shown(block, style), "")
        position = block.end
    yield _plain(prose[position:])


def _plain(markdown: str) -> str:
    return _LINK.sub(r"\1 (\2)", markdown.strip("\n"))


def _shown(block: _Block, style: Style) -> Iterator[str]:
    for number, line in enumerate(block.content.rstrip("\n").split("\n"), start=1):
        yield _INDENT + line
        for column, width, message in block.marks.get(number, ()):
            carets = style.bold("^" * width)
            yield f"{_INDENT}{' ' * (column - 1)}{carets} {message}"
    for message in block.other:
        yield f"{_INDENT}{style.bold('^')} {message}"


def _blocks(prose: str) -> list[_Block]:
    """Returns the blocks of a rule's examples with their findings, which follow the last block of an example."""
    blocks: list[_Block] = []
    example: list[_Block] = []
    for match in _BLOCK.finditer(prose):
        language, kind, file, content, findings = match.groups()
        block = _Block(match.start(), match.end(), kind, language, file or "", content)
        block.further = bool(example and file and example[-1].kind == kind and example[-1].end == match.start())
        example = [*example, block] if block.further else [block]
        blocks.append(block)
        for line in findings.splitlines():
            _place(line.removeprefix("Finding: "), example)
        if findings:
            example = []
    return blocks


def _place(finding: str, example: Sequence[_Block]) -> None:
    """Notes a finding at its place in a block: a pointer in JSON, else a line and a column."""
    where, message = finding.split(": ", 1)
    at = _AT.fullmatch(where)
    block = next((one for one in example if at and one.file and one.file == at[1]), example[0])
    if at is None and block.language == "json":
        line, column, width = _pointed(block.content, where)
    elif at is not None and block.language in ("yaml", "json", "csharp"):
        line, column = int(at[2]), int(at[3])
        word = _WORD.match(block.content.split("\n")[line - 1], column - 1)
        width = len(word.group()) if word else 1
    else:
        block.other.append(message)
        return
    block.marks.setdefault(line, []).append((column, width, message))


def _pointed(content: str, pointer: str) -> tuple[int, int, int]:
    """Returns the line, the column and the width of what a pointer leads to in a JSON text."""
    text = Text(Path("example.json"), content)
    steps = _steps(json.loads(content), pointer)
    place = locate(text, [steps])[steps]
    line, column = text.position(place.start)
    last, end = text.position(place.end)
    if not steps:
        return 1, 1, 1
    return line, column, end - column if last == line and end > column else 1


def _steps(data: Any, pointer: str) -> Pointer:
    steps: list[str | int] = []
    for name in pointer.split("/")[1:]:
        name = name.replace("~1", "/").replace("~0", "~")
        step: str | int = int(name) if isinstance(data, list) else name
        data = data[step] if isinstance(step, int) else data.get(step) if isinstance(data, dict) else None
        steps.append(step)
    return tuple(steps)
