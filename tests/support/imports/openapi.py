"""Helpers for the tests of OpenAPI 3: documents in short, and what they are converted to."""

from pathlib import Path
from typing import Any

from connector_builder.findings import Text
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.sources.choosing import ALL, Wishes
from connector_builder.sources.documents import Converted, Parsed
from connector_builder.sources.openapi3.convert import convert

HEAD = """\
openapi: 3.1.0
info: {title: Orders, description: Reads and writes orders., version: "1.0"}
servers: [{url: "https://api.contoso.example/v1"}]
"""


def converted(text: str, wishes: Wishes = ALL) -> Converted:
    """Converts a document. What its top lacks of HEAD is added at its end."""
    lines = [line for line in HEAD.splitlines() if f"\n{line.partition(':')[0]}:" not in f"\n{text}"]
    document = read_yaml(Text(Path("openapi.yaml"), text + "\n".join(["", *lines, ""])))
    root = document.root
    assert root is not None, document.findings
    assert not document.findings
    parsed = Parsed(
        Path("openapi.yaml"),
        root.value,
        True,
        text=root.place.text,
        locate=lambda pointers: {pointer: root.locate(pointer) for pointer in pointers},
    )
    return convert(parsed, wishes)


def told(result: Converted) -> list[str]:
    """Returns what changed, as `Rule: message`."""
    return [f"{finding.rule.name}: {finding.message}" for finding in result.findings]


def operation(text: str, path: str = "/orders", verb: str = "get") -> tuple[dict[str, Any], list[str]]:
    """Converts a document with one operation, whose keys are `text`. Returns the operation, and what changed."""
    body = "".join(f"      {line}\n" for line in text.strip("\n").splitlines())
    responses = "" if "responses:" in text else '      responses: {"200": {description: OK}}\n'
    result = converted(f"paths:\n  {path}:\n    {verb}:\n      operationId: Do\n{body}{responses}")
    found: dict[str, Any] = next(iter(next(iter(result.definition.data["paths"].values())).values()))
    return found, told(result)


def schema(text: str, components: str = "{}", *, output: bool = True) -> tuple[Any, dict[str, Any], list[str]]:
    """Converts a schema of an answer, or of a body. Returns it, the definitions, and what changed."""
    content = f"content: {{application/json: {{schema: {text}}}}}"
    answer = (
        f'responses: {{"200": {{description: OK, {content}}}}}' if output else 'responses: {"200": {description: OK}}'
    )
    body = "" if output else f"\n      requestBody: {{{content}}}"
    result = converted(
        f"paths:\n  /orders:\n    post:\n      operationId: Do\n      {answer}{body}\ncomponents:\n  schemas: {components}\n"
    )
    definition = result.definition.data
    made = definition["paths"]["/orders"]["post"]
    found = made["responses"]["200"]["schema"] if output else made["parameters"][0]["schema"]
    return found, definition.get("definitions", {}), told(result)
