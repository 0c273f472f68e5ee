"""Fits a call into a spec that exists: its path by the templates of the spec's paths, its sample by the spec's schemas."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connector_builder.platform.data.plain import items, mapping
from connector_builder.sources.captures.call import variable_of
from connector_builder.sources.captures.templates import is_value, named, names_in

_SCHEMA = "#/definitions/"
_DEEPEST = 20
"""How deep a sample is compared with a schema; deeper, it fits."""


def fitted(segments: Sequence[str], paths: Iterable[str]) -> str:
    """Returns the template of a path: `/environments/Default-1/flows/7` is `/environments/{environment}/flows/{flow}`.

    What a spec's path has as a variable is that variable here too; further values are named as an import names them,
    or as the spec names what follows the same segment.
    """
    known = [[one for one in path.split("/") if one] for path in paths]
    best: list[str] = []
    for path in known:
        common = _common(segments, path)
        if (len(common), _literal(common)) > (len(best), _literal(best)):
            best = common
    after = {path[at - 1]: path[at] for path in known for at in range(1, len(path)) if _is_variable(path[at])}
    out = list(best)
    for index in range(len(best), len(segments)):
        segment = segments[index]
        if not is_value(segment, segments[:index]):
            out.append(segment)
            continue
        familiar = after.get(out[-1]) if out else None
        own = variable_of(segment)
        if own is None and familiar is not None and familiar not in out:
            out.append(familiar)
        else:
            statics = [one for one in out if not _is_variable(one)]
            out.append("{" + named(segment, statics, names_in(out)) + "}")
    return "/" + "/".join(out)


def _common(segments: Sequence[str], path: Sequence[str]) -> list[str]:
    """Returns the beginning of a spec's path that a path fits. A word at the end isn't the value of a variable."""
    found: list[str] = []
    for index, (segment, template) in enumerate(zip(segments, path, strict=False)):
        follows = index + 1 < len(segments) and index + 1 < len(path) and segments[index + 1] == path[index + 1]
        fits = is_value(segment, segments[:index]) or follows if _is_variable(template) else segment == template
        if not fits:
            break
        found.append(template)
    return found


def _literal(path: Sequence[str]) -> int:
    return sum(not _is_variable(one) for one in path)


def _is_variable(segment: str) -> bool:
    return segment.startswith("{") and segment.endswith("}")


def schema_of(sample: Any, definitions: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """Returns the name of the schema that a sample is one of; None if none fits, or several do equally well.

    The sample has no field that the schema lacks, and at least two and half of those that it has.
    """
    fits: dict[str, int] = {}
    for name in names:
        schema = mapping(definitions.get(name))
        fields = mapping(schema.get("properties"))
        shown = mapping(sample)
        if len(shown) >= 2 and 2 * len(shown) >= len(fields) and _fits(sample, schema, definitions, 0):
            fits[name] = len(fields)
    least = min(fits.values(), default=0)
    best = [name for name, count in fits.items() if count == least]
    return best[0] if len(best) == 1 else None


_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "number": (int, float), "boolean": (bool,), "array": (list,), "object": (dict,),
}  # fmt: skip


def _fits(value: Any, schema: Any, definitions: Mapping[str, Any], depth: int) -> bool:
    target = mapping(schema).get("$ref")
    if isinstance(target, str):
        schema = definitions.get(target.removeprefix(_SCHEMA))
    schema = mapping(schema)
    kind = schema.get("type")
    if depth > _DEEPEST or value is None or value == "":
        return True
    if not isinstance(kind, str) or "allOf" in schema:
        return isinstance(kind, str) or not schema
    if not isinstance(value, _KINDS.get(kind, ())) or (isinstance(value, bool) and kind != "boolean"):
        return False
    if isinstance(value, dict):
        fields = mapping(schema.get("properties"))
        if not fields:
            return True
        return all(name in fields and _fits(part, fields[name], definitions, depth + 1) for name, part in value.items())
    return all(_fits(part, schema.get("items"), definitions, depth + 1) for part in items(value))
