"""Helpers for the tests of sources: write and read them, and show their findings."""

import json
from pathlib import Path
from typing import Any

from connector_builder.findings import Finding
from connector_builder.package import DEFINITION, PROPERTIES, Reading
from connector_builder.sources.kinds import Kind
from connector_builder.sources.source import Source, read_source

SWAGGER: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Orders", "version": "1.0"},
    "host": "api.contoso.example",
    "paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "OK"}}}}},
}
APP: dict[str, Any] = {"properties": {"connectionParameters": {}, "iconBrandColor": "#0b556a", "capabilities": []}}
YAML = """\
swagger: "2.0"
info: {title: Orders, version: "1.0"}
paths:
  /orders:
    get:
      responses:
        200: {description: OK}
"""


def put(path: Path, content: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(
            content if isinstance(content, str) else json.dumps(content, indent=2), encoding="utf-8", newline="\n"
        )
    return path


def folder(path: Path, **files: Any) -> Source:
    put(path / DEFINITION, SWAGGER)
    put(path / PROPERTIES, APP)
    for name, content in files.items():
        put(path / name, content)
    return Source(path, Kind.PACKAGE)


def swagger(path: Path, content: Any, *, repair: bool = False) -> Reading:
    return read_source(Source(put(path, content), Kind.SWAGGER), repair=repair)


def said(findings: list[Finding]) -> list[str]:
    """Returns `file:line:column severity Rule: message` for each finding."""
    lines = []
    for finding in findings:
        text = finding.place.text
        line, column = text.position(finding.place.start)
        rule = finding.rule
        lines.append(f"{text.path.name}:{line}:{column} {rule.severity} {rule.name}: {finding.message}")
    return lines
