"""The number of schemas, measured once for each schema, is the number that is counted one by one."""

from pathlib import Path
from random import Random
from typing import Any

from connector_builder.findings import Place, Pointer, Text
from connector_builder.package.model import Package
from connector_builder.platform.sizes import schemas_in
from connector_builder.rules.context import Context
from connector_builder.rules.measures import measured

NAMES = "ABCDE"


def nowhere(_document: str, pointers: Any) -> dict[Pointer, Place]:
    return dict.fromkeys(pointers, Place.whole(Text(Path("x.json"), "")))


def schema(random: Random, depth: int) -> Any:
    kind = random.random()
    if kind < 0.2:
        return {"$ref": f"#/definitions/{random.choice([*NAMES, 'Nowhere'])}"}
    if kind < 0.5 or depth == 0:
        return random.choice([{"type": "string"}, True])
    parts = [schema(random, depth - 1) for _ in range(3)]
    return {"properties": dict(zip("abc", parts, strict=True)), "items": parts[0], "allOf": parts[1:]}


def test_what_is_exact_is_what_is_counted() -> None:
    exact = 0
    for seed in range(200):
        random = Random(seed)
        definitions = {name: schema(random, 2) for name in NAMES}
        context = Context(Package("x", Path("x.json"), {"definitions": definitions}, None, nowhere))
        for part in definitions.values():
            if not isinstance(part, dict):
                continue
            measure = measured(part, context)
            if measure.exact:
                exact += 1
                assert measure.size == schemas_in(part, context.resolved, 10_000)
    assert exact > 100
