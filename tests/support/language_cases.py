"""Reads the golden cases of the spec language, `cases/*.md`, and compares results with them.

A case is a section `## title`, whose title states the rule that it tests. The info strings of its fenced blocks mean:

- ```` ```yaml ````: the spec, `spec.yaml`. If no line begins with `connector:`, a standard connector is added at the
  end, so that lines keep their numbers; `yaml bare` adds none. `yaml file=actions/runs.yaml` (or any other word and
  `file=`) is another file. With a `connector.yaml`, which gets the standard connector, the folder is the spec.
- ```` ```escaped ````: as `yaml bare`, with Python's escapes for bytes (`\\xff`, `\\r\\n`) without the block's line
  ends.
- ```` ```json variables ````: `{"given": {...}, "file": {...}, "environment": {...}}`.
- ```` ```json /paths/~1runs/get ````: the value at the pointer in apiDefinition.swagger.json. The rest: `json
  apiProperties.json#/properties`, `json settings.json#`, and `json samples` (a list of operation, status, value). `json
  #` is the whole definition.
- ```` ```absent /paths/~1runs/get/summary ````: there is no value at the pointer.
- ```` ```places ````: where parts of the built files come from, one per line: `/pointer line:column`, with the document
  and the file before them as above.
- ```` ```findings ````: all findings of the case, one per line: `line:column Rule message`, with `actions/runs.yaml:`
  before it for a further file. The rule may be `*`; the message is exact, `*`, or a `/regular expression/` for message
  and help. An indented line `line:column message` below it is a second place; `help: …` is the help.

A case without a `findings` block expects none.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONNECTOR = """
connector:
  title: Test
  description: A connector for the tests of the language.
  version: 1.0.0
  server: https://api.example.com/v1
"""
DEFINITION = "apiDefinition.swagger.json"
_FENCE = re.compile(r"^(`{3,})[ \t]*([^\n`]*)$")
_POSITION = re.compile(r"(?:(?P<file>[^\s:]+):)?(?P<line>\d+):(?P<column>\d+) +(?P<rest>.*)")
_EMPTY_IS_NONE = (
    "definitions", "parameters", "responses", "securityDefinitions", "security", "tags", "consumes", "produces",
)  # fmt: skip
_VERBS = ("get", "put", "post", "delete", "options", "head", "patch")


class CaseError(ValueError):
    """A case that this module can't read."""


@dataclass
class Output:
    """The value that a case expects at a pointer of a document; `absent` if there must be none."""

    document: str
    pointer: str
    value: Any = None
    absent: bool = False


@dataclass
class Expected:
    """A finding that a case expects."""

    file: str | None
    line: int
    column: int
    rule: str
    message: str
    help: str | None = None
    related: list[tuple[str | None, int, int, str]] = field(default_factory=list)

    @property
    def at(self) -> str:
        return f"{self.file + ':' if self.file else ''}{self.line}:{self.column}"


@dataclass
class Case:
    topic: str
    title: str
    line: int
    files: dict[str, bytes] = field(default_factory=dict)
    main: str = ""
    variables: dict[str, dict[str, Any]] = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)
    places: list[tuple[str, str, str]] = field(default_factory=list)
    findings: list[Expected] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"{self.topic}/{self.title}"

    def write(self, folder: Path) -> Path:
        """Writes the case's files into `folder`. Returns the path to compile."""
        for name, content in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return folder if self.main == "connector.yaml" else folder / self.main


def read_cases(path: Path) -> list[Case]:
    """Returns the cases of one file, in order. Raises CaseError."""
    return parse_cases(path.stem, path.read_text(encoding="utf-8"))


def parse_cases(topic: str, text: str) -> list[Case]:
    """Returns the cases in a Markdown text. Raises CaseError."""
    cases: list[Case] = []
    for line, kind, info, content in _parts(text):
        if kind == "title":
            cases.append(Case(topic, info, line))
        elif not cases:
            raise CaseError(f"{topic}:{line}: a block before the first '## '")
        else:
            try:
                _block(cases[-1], info, content)
            except ValueError as error:
                raise CaseError(f"{topic}:{line}: {error}") from error
    titles = [case.title for case in cases]
    for case in cases:
        if not case.main or not (case.outputs or case.findings or case.places):
            raise CaseError(f"{topic}:{case.line}: '{case.title}' has no spec, or expects nothing")
        if titles.count(case.title) > 1:
            raise CaseError(f"{topic}:{case.line}: the title '{case.title}' is given twice")
    return cases


def _parts(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yields titles and fenced blocks: line, kind, info string or title, content."""
    fence, info, start = "", "", 0
    content: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if fence:
            if line.strip() == fence:
                yield start, "block", info, "".join(part + "\n" for part in content)
                fence = ""
            else:
                content.append(line)
        elif match := _FENCE.match(line):
            fence, info, start, content = match.group(1), match.group(2).strip(), number, []
        elif line.startswith("## "):
            yield number, "title", line[3:].strip(), ""
    if fence:
        raise CaseError(f"the block that line {start} opens isn't closed")


def _block(case: Case, info: str, content: str) -> None:
    kind, *words = info.split()
    if kind == "findings":
        case.findings += _findings(content)
    elif kind == "places":
        case.places += [(*_target(line.rpartition(" ")[0]), line.rpartition(" ")[2]) for line in content.splitlines()]
    elif kind == "absent":
        document, pointer = _target(" ".join(words))
        case.outputs.append(Output(document, pointer, absent=True))
    elif kind == "json" and words == ["variables"]:
        case.variables = json.loads(content)
    elif kind == "json" and words and not words[0].startswith("file="):
        document, pointer = _target(" ".join(words))
        case.outputs.append(Output(document, pointer, json.loads(content)))
    elif kind == "yaml" or kind == "escaped" or any(word.startswith("file=") for word in words):
        _file(case, kind, words, content)
    else:
        raise ValueError(f"'{info}' says nothing known")


def _file(case: Case, kind: str, words: list[str], content: str) -> None:
    name = next((word[5:] for word in words if word.startswith("file=")), "spec.yaml")
    if name in case.files:
        raise ValueError(f"'{name}' is given twice")
    if kind == "escaped":
        data = content.replace("\n", "").encode().decode("unicode_escape").encode("latin-1")
    else:
        bare = (
            "bare" in words
            or name not in ("spec.yaml", "connector.yaml")
            or re.search("^connector:", content, re.MULTILINE)
        )
        data = (content if bare else content + CONNECTOR).encode()
    if not case.main or name == "connector.yaml":
        case.main = name
    case.files[name] = data


def _target(target: str) -> tuple[str, str]:
    document, _, pointer = target.rpartition("#")
    if target == "samples":
        return "samples", ""
    if pointer and not pointer.startswith("/"):
        raise ValueError(f"'{pointer}' isn't a pointer")
    return document or DEFINITION, pointer


def _findings(content: str) -> list[Expected]:
    found: list[Expected] = []
    for line in content.splitlines():
        inner = line.startswith("  ")
        if inner and found and line.strip().startswith("help: "):
            found[-1].help = line.strip()[6:]
            continue
        match = _POSITION.fullmatch(line.strip())
        if not match or (inner and not found):
            raise ValueError(f"'{line}' isn't 'line:column Rule message'")
        place = match["file"], int(match["line"]), int(match["column"])
        if inner:
            found[-1].related.append((*place, match["rest"].strip()))
            continue
        rule, _, message = match["rest"].partition(" ")
        found.append(Expected(*place, rule, message.strip() or "*"))
    if not found:
        raise ValueError("no finding is expected: leave the block out")
    return found


def says(expected: str, message: str, help_: str | None = "") -> bool:
    """Checks whether a message is as expected: exactly, `*`, or `/regular expression/`, searched in the help too."""
    if expected == "*":
        return True
    if len(expected) > 1 and expected[0] == expected[-1] == "/":
        return re.search(expected[1:-1], f"{message}\n{help_ or ''}") is not None
    return expected == message


def pointer_steps(value: Any, pointer: str) -> tuple[str | int, ...]:
    """Returns the keys and indices of an RFC 6901 pointer into a value. Raises LookupError if it leads nowhere."""
    steps: list[str | int] = []
    for text in pointer.split("/")[1:]:
        name = text.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, dict) and not (isinstance(value, list) and name.isdecimal()):
            raise KeyError(name)
        step: Any = int(name) if isinstance(value, list) else name
        steps.append(step)
        value = value[step]
    return tuple(steps)


def at_pointer(value: Any, pointer: str) -> Any:
    """Returns the value at an RFC 6901 pointer. Raises LookupError if there is none."""
    step: Any
    for step in pointer_steps(value, pointer):
        value = value[step]
    return value


def without_empty(definition: Any) -> Any:
    """Returns a definition without top-level parts that are empty and mean the same as absent ones."""
    if not isinstance(definition, dict):
        return definition
    return {key: value for key, value in definition.items() if value or key not in _EMPTY_IS_NONE}


def differences(expected: Any, got: Any, at: str = "", names: bool = False) -> Iterator[str]:
    """Yields a line for each difference of two JSON values. The order of names counts.

    `names` says that the keys of the values are names.
    """
    if type(expected) is not type(got):
        yield f"{at or '/'}: expected {_json(expected)}, got {_json(got)}"
    elif isinstance(expected, dict):
        yield from _keys(expected, got, at, names)
        for key in (key for key in expected if key in got):
            below = f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
            named = not names and key in ("properties", "definitions", "paths")
            yield from differences(expected[key], got[key], below, named)
    elif isinstance(expected, list):
        if len(expected) != len(got):
            yield f"{at}: expected {_json(expected)}, got {_json(got)}"
            return
        for index, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from differences(one, other, f"{at}/{index}")
    elif expected != got:
        yield f"{at or '/'}: expected {_json(expected)}, got {_json(got)}"


def _keys(expected: dict[str, Any], got: dict[str, Any], at: str, names: bool) -> Iterator[str]:
    for key in expected:
        if key not in got:
            yield f"{at or '/'}: '{key}' is missing, expected {_json(expected[key])}"
    for key in got:
        if key not in expected:
            yield f"{at or '/'}: '{key}' isn't expected, got {_json(got[key])}"
    if names or at.rpartition("/")[0].endswith("/paths"):
        ours, theirs = ([key for key in value if names or key in _VERBS] for value in (expected, got))
        if ours != theirs and sorted(ours) == sorted(theirs):
            yield f"{at or '/'}: expected the order {ours}, got {theirs}"


def is_names(pointer: str) -> bool:
    """Checks whether the keys of the value at a pointer are names, whose order counts."""
    steps = pointer.split("/")[1:]
    named = False
    for step in steps:
        named = not named and step in ("properties", "definitions", "paths")
    return named


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
