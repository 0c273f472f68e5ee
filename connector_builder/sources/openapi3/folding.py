"""Folds alternatives (`oneOf`, `anyOf`) into one shape: Swagger 2.0 has none, and the designer neither."""

from collections.abc import Sequence

from connector_builder.findings import Pointer
from connector_builder.sources.openapi3.shapes import AllOf, AnyOf, One, Part, Shape, any_of, one_type


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
    if all(_is_constant(one) for one in each):  # each has the title and the description of one value
        return folded, said
    titled = folded.kind not in ("object", "array")
    folded.title = folded.title or next((one.title for one in each if one.title), None) if titled else None
    folded.description = folded.description or next((one.description for one in each if one.description), None)
    return folded, said


def _is_constant(shape: Shape) -> bool:
    return shape.enum is not None and len(shape.enum) == 1


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
    return shape, "one object with the fields of all"


def _scalars(each: Sequence[Shape], kinds: list[str], at: Pointer) -> tuple[Shape, str]:
    known = [kind for kind in kinds if kind]
    kind = one_type(known) if known else ""
    shape = Shape(at, [kind] if kind else [])
    if all(one.enum for one in each):
        shape.enum = list(dict.fromkeys(value for one in each for value in one.enum or ()))
        titled = (one for one in each if _is_constant(one) and isinstance(one.title, str))
        shape.names = {one.enum[0]: one.title for one in titled if one.enum}
        shape.names |= {value: name for one in each for value, name in one.names.items()}
    first = each[0].keywords
    shape.keywords = {key: value for key, value in first.items() if all(one.keywords.get(key) == value for one in each)}
    default = next((one.keywords["default"] for one in each if "default" in one.keywords), None)
    if default is not None:
        shape.keywords["default"] = default
    shape.marks = {
        key: value for key, value in each[0].marks.items() if all(one.marks.get(key) == value for one in each)
    }
    if (len(known) > 1 and {*known} != {"integer", "number"}) or not all(kinds):
        return shape, f"{_said(kind)}, for values of {len(each)} types"
    lost = (shape.enum is None and any(one.enum for one in each)) or any(
        one.keywords.keys() - shape.keywords.keys() for one in each
    )
    return shape, f"{_said(kind)}, without what only some of them require" if lost else ""
