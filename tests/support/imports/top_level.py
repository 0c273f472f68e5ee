"""Imports the top level of packages, and builds the result. The specs are JSON, which is YAML too."""

import json
from pathlib import Path
from typing import Any

from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile.connector.connector import top_sections
from connector_builder.package import Package
from connector_builder.source.folder import InMemory

CONNECTOR = {"title": "Contoso", "description": "Orders and customers.", "server": "https://api.contoso.example/v1"}
ACTIONS = {
    "ListOrders": {"request": "GET /orders", "pageable": "nextLink"},
    "ListCustomers": {"request": "GET /customers", "pageable": "nextLink"},
    "GetOrder": "GET /orders/{order}",
}


def build(spec: dict[str, Any], folder: Path = Path("spec")) -> Package:
    """Returns the package of a spec's top level, with texts taken literally."""
    written = {"connector": CONNECTOR, "actions": ACTIONS, **spec}
    content = json.dumps(_literal(written)).encode()
    package = compile_folder(InMemory(folder, {MAIN: content}), MAIN, Variables()).package
    assert package is not None
    return package


def _literal(value: Any) -> Any:
    """Escapes texts so that they contain no variable; keys can't contain any."""
    if isinstance(value, dict):
        return {key: _literal(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_literal(part) for part in value]
    return value.replace("${", "$${") if isinstance(value, str) else value


def sections(package: Package, *, script: bool = False, polling: tuple[int, ...] = ()) -> dict[str, Any]:
    """Returns the top level of a package as in its spec. Asserts that it builds the same top level."""
    top = top_sections(package.definition, package.properties, script=script, polling=polling, media_types="json")
    if not script and not polling:
        again = build(top)
        assert _top(again) == _top(package)
        assert json.dumps(again.properties, sort_keys=True) == json.dumps(package.properties, sort_keys=True)
        assert json.dumps(
            top_sections(again.definition, again.properties, script=False, polling=(), media_types="json")
        ) == json.dumps(top)
    return top


def _top(package: Package) -> str:
    parts = {key: part for key, part in package.definition.items() if key not in ("paths", "definitions")}
    return json.dumps(parts, sort_keys=True)


def imported(spec: dict[str, Any]) -> dict[str, Any]:
    """Returns the spec that a spec's package is imported to, without the connector that all have."""
    top = sections(build(spec))
    assert {**top["connector"], **spec.get("connector", {})} == {**CONNECTOR, **spec.get("connector", {})}
    return {key: part for key, part in top.items() if key != "connector" or key in spec}


def changed(spec: dict[str, Any], *changes: tuple[str, Any]) -> Package:
    """Returns the package of a spec with parts replaced, by paths in `definition` or `properties`; None removes one."""
    package = build(spec)
    for path, value in changes:
        *steps, last = path.split("/")
        part: Any = {"definition": package.definition, "properties": package.properties["properties"]}
        for step in steps:
            part = part[int(step) if isinstance(part, list) else step]
        if value is None:
            del part[last]
        else:
            part[last] = value
    return package
