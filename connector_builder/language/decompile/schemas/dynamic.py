"""Makes `dynamicValues` and `dynamicSchema` from the platform's old extensions and their newer twins."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from connector_builder.language.compile.context import Context, Defaults
from connector_builder.language.compile.schemas.dynamic import CALLED, PATHS, dynamic_schema, dynamic_values
from connector_builder.language.decompile.decisions import Style
from connector_builder.language.decompile.model import Unsayable
from connector_builder.platform.data.differences import same
from connector_builder.source.folder import InMemory
from connector_builder.source.nodes import node_of

Entries = dict[str, Any]
_PATHS = {name: key for key, names in PATHS.items() for name in names}
_CALLED = {name: key for key, name in CALLED.items()}
_ORDER = (*_CALLED, "parameters", *_PATHS)
TWINS = {
    "dynamicValues": ("x-ms-dynamic-values", "x-ms-dynamic-list", dynamic_values, ("values", "list")),
    "dynamicSchema": ("x-ms-dynamic-schema", "x-ms-dynamic-properties", dynamic_schema, ("schema", "properties")),
}
"""By friendly key: the old extension, the new one, the function that compiles both, and the keys that leave one out."""
TREE = "x-ms-dynamic-tree"
EXTENSIONS = frozenset({TREE, *(name for row in TWINS.values() for name in row[:2])})


def dynamic_entries(swagger: Entries, style: Style) -> Entries:
    """Returns the dynamic extensions of a parameter or schema in the shortest form that compiles back to them.

    They lack what the top level says of the operation that they call.
    """
    out = dynamic_forms(swagger, style.defaults)
    for key in out.keys() & TWINS.keys():
        out[key] = over_call(style.calls.get((key, out[key].get("operation")), {}), out[key])
    tree = swagger.get(TREE)
    if tree is not None and not isinstance(tree, str):  # a text would be a name
        out["dynamicTree"] = style.trees.get(repr(tree), tree)
    elif TREE in swagger:
        out[TREE] = tree
    return out


def over_call(common: Entries, form: Entries) -> Any:
    """Returns the keys of a form over those that the top level has for its operation; the operation alone as a text."""
    said = {key: item for key, item in form.items() if key not in common or not same(common[key], item, in_order=True)}
    said |= {key: None for key in common if key not in form}
    return said["operation"] if said.keys() == {"operation"} else said


def dynamic_forms(swagger: Entries, defaults: Defaults) -> Entries:
    """Returns the dynamic extensions of a parameter or schema in the shortest form without the top level's tables."""
    out: Entries = {}
    for key, (old, new, compiler, switches) in TWINS.items():
        wanted = {name: swagger[name] for name in (old, new) if name in swagger}
        if not wanted:
            continue
        for form in _forms(wanted, old, new, switches):
            compiled: Entries = {}
            ctx = Context(InMemory(Path(), {}), node_of({}), {}, defaults)
            compiler(ctx, compiled, node_of(form, key))
            if compiled == wanted and not ctx.findings:
                out[key] = form
                break
        else:
            out.update(wanted)
    return out


def _forms(wanted: Entries, old: str, new: str, switches: tuple[str, str]) -> Iterator[Entries]:
    """Yields candidates, the shortest first.

    A candidate is the form of both twins; or that of one twin, with a key that leaves the other out or has its
    differences.
    """
    for source in (new, old):
        if not isinstance(wanted.get(source), dict):
            continue
        try:
            form = _form(wanted[source])
        except Unsayable:
            continue
        yield form
        if old not in wanted:
            yield {**form, switches[0]: False}
            yield {**form, switches[0]: False, switches[1]: True}  # where the defaults leave out the newer one
        elif new not in wanted:
            yield {**form, switches[1]: False}
        elif isinstance(wanted[new], dict):
            yield {**form, switches[1]: True}
            yield {**form, switches[1]: _differing(form, wanted[new])}


def _differing(form: Entries, new: Entries) -> Entries:
    """Returns the differences of the newer twin."""
    said = {"operationId": form.get("operation")}
    differing = {key: value for key, value in new.items() if key not in said or said[key] != value}
    first = {key: differing[key] for key in _ORDER if key in differing}
    return first | differing


def _form(extension: Entries) -> Entries:
    """Returns the form of one twin in the language's keys. Raises Unsayable."""
    form: Entries = {}
    for key in (*_CALLED, "parameters", *_PATHS):
        if key not in extension:
            continue
        value = extension[key]
        if key == "parameters":
            if not isinstance(value, dict):
                raise Unsayable(key)
            form["parameters"] = {name: _argument(given) for name, given in value.items()}
        elif isinstance(value, str):
            form[_CALLED.get(key) or _PATHS[key]] = value
        else:
            raise Unsayable(key)
    if extension.keys() - _CALLED.keys() - _PATHS.keys() - {"parameters"}:
        raise Unsayable("an unknown key")
    return form


def _argument(given: Any) -> Any:
    match given:
        case {"parameter": str(name), **rest} if not rest:
            return f"{{{name}}}"
        case {"parameterReference": str(path), **rest} if not rest:
            return f"{{{path}}}"
        case {"value": value, **rest} if not rest:
            return {"value": value} if _needs_wrapping(value) else value
        case _:
            return {"value": given} if _needs_wrapping(given) else given


def _needs_wrapping(value: Any) -> bool:
    """Checks whether a literal would be read as something else: as a reference, or as a wrapped value itself."""
    wrapped = isinstance(value, dict) and value.keys() == {"value"}
    return wrapped or (isinstance(value, str) and value.startswith("{") and value.endswith("}"))
