"""Folds alternatives (`oneOf`, `anyOf`) into one shape: Swagger 2.0 has none, and the designer neither."""

from collections.abc import Sequence

from connector_builder.findings import Pointer
from connector_builder.sources.openapi3.shapes import AllOf, AnyOf, One, Part, Shape, any_of


def fold(shapes: Sequence[Shape], at: Pointer) -> tuple[Shape, str]:
    """Folds alternatives into one shape. Returns it, and what that narrows in words: empty if nothing.

    The first alternative counts if an object is among scalars: it is what comes by default, such as an id that can be
    expanded to an object.
    """
    nullable = any(one.nullable or one.never for one in shapes)
    each = [one for one in shapes if not one.never]
    if not each:
        return Shape(at, never=True, nullable=nullable), ""
    if len(each) == 1:
        each[0].nullable |= nullable
        return each[0], ""
    folded, said = _folded(each, at)
    folded.nullable |= nullable
    folded.variants = len(each)
    folded.title = (
        folded.title or next((one.title for one in each if one.title), None)
        if folded.kind not in ("object", "array")
        else None
    )
    folded.description = folded.description or next((one.description for one in each if one.description), None)
    return folded, said


def _folded(each: Sequence[Shape], at: Pointer) -> tuple[Shape, str]:
    kinds = list(dict.fromkeys(one.kind for one in each))
    if kinds == [""] and any(one.required for one in each):
        return Shape(at), "which fields are required"
    if kinds == ["object"]:
        return _objects(each, at)
    if kinds == ["array"]:
        parts = [one.item for one in each if one.item is not None]
        return Shape(at, ["array"], item=any_of(parts) if parts else None), "arrays of several kinds"
    if "array" in kinds and "object" not in kinds:
        return next(one for one in each if one.kind == "array"), "a list or a single value"
    if "object" in kinds or "array" in kinds:
        return each[0], f"{_said(each[0].kind)}, one of {len(each)} alternatives"
    return _scalars(each, kinds, at)


def _said(kind: str) -> str:
    return {"object": "an object", "array": "a list", "integer": "an integer", "": "any value"}.get(kind, f"a {kind}")


def _objects(each: Sequence[Shape], at: Pointer) -> tuple[Shape, str]:
    shape = Shape(at, ["object"])
    found: dict[str, list[Part]] = {}
    for one in each:
        for name, part in one.properties.items():
            found.setdefault(name, []).append(part)
    shape.properties = {name: any_of(parts) for name, parts in found.items()}
    shape.required = {name: None for name in each[0].required if all(name in one.required for one in each)}
    shape.additional = next((one.additional for one in each if isinstance(one.additional, One | AnyOf | AllOf)), None)
    shape.marks = {
        key: value for key, value in each[0].marks.items() if all(one.marks.get(key) == value for one in each)
    }
    return shape, f"the fields of {len(each)} alternatives together"


def _scalars(each: Sequence[Shape], kinds: list[str], at: Pointer) -> tuple[Shape, str]:
    known = {kind for kind in kinds if kind}
    if known == {"integer", "number"}:
        kind = "number"
    elif len(known) == 1 or "string" in known or not known:
        kind = next(iter(known), "") if len(known) < 2 else "string"
    else:
        kind = "number" if "number" in known or "integer" in known else "string"
    shape = Shape(at, [kind] if kind else [])
    if all(one.enum for one in each):
        shape.enum = list(dict.fromkeys(value for one in each for value in one.enum or ()))
        shape.names = {value: name for one in each for value, name in one.names.items()}
    formats = {one.keywords.get("format") for one in each}
    shape.keywords = {"format": formats.pop()} if len(formats) == 1 and None not in formats else {}
    default = next((one.keywords["default"] for one in each if "default" in one.keywords), None)
    if default is not None:
        shape.keywords["default"] = default
    shape.marks = {
        key: value for key, value in each[0].marks.items() if all(one.marks.get(key) == value for one in each)
    }
    narrow = (len(known) > 1 and known != {"integer", "number"}) or not all(kinds)
    return shape, f"{_said(kind)}, for values of {len(each)} types" if narrow else ""
