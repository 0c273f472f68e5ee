"""The parameters of an operation: in the request line, under `headers`, `form`, `parameters` and `body`."""

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from connector_builder.importers.dynamic import EXTENSIONS, dynamic_entries
from connector_builder.importers.fields import measure
from connector_builder.importers.model import Unsayable
from connector_builder.importers.schemas import enum_entries, ordered, schema_form, shortened
from connector_builder.importers.style import Entries, Style
from connector_builder.importers.words import friendly, type_entries
from connector_builder.source.pointers import parse_reference
from connector_builder.spec.compile.forms import is_description
from connector_builder.spec.language.sugar import BY_EXTENSION, PARAMETER, SCHEMA, TWINS
from connector_builder.spec.language.types import TYPE_WORDS, type_of_values
from connector_builder.spec.secrets import is_secret, is_secret_header

_IN_PATH = re.compile(r"\{([^{}]*)\}")
_SAFE = "!$'()*,-./:;?@[]_~"
"""Signs that stand for themselves in the query of a request line; letters, digits and all beyond ASCII do too."""
_NOT_SAID = frozenset({"name", "in", "required", "type", "format", "enum", "x-ms-enum-values", "x-ms-url-encoding"})


@dataclass(slots=True)
class Use:
    """A parameter where an operation has it: what Swagger says of it, and what an author says without a template.

    `place` is where it is written: `path`, `query`, `header`, `form`, `other`. `constant` is its value, if it is one.
    """

    name: str
    swagger: Entries
    place: str
    entries: Entries
    required: bool = False
    constant: str | None = None
    shared: str | None = None


@dataclass(slots=True)
class Parameters:
    """The parameters of an operation as an author has them, the body still in Swagger.

    `plain` is the list as it stands, where nothing else serves.
    """

    uses: list[Use] = field(default_factory=list)
    body: Entries | None = None
    order: list[str] | None = None
    plain: list[Any] | None = None


@dataclass(slots=True)
class Around:
    """What an operation stands in: the definition, Swagger's shared parameters, those of the path item, its notification.

    `polling` is what the policy of a polling trigger says, `read` the operation's parameters, where they are read already.
    """

    definition: Entries
    parameters: Entries
    item: list[Any] = field(default_factory=list)
    notification: Any = None
    polling: Any = None
    read: Parameters | None = None


def read_parameters(style: Style, path: str, swagger: Entries, around: Around) -> Parameters:
    """The parameters of an operation, those of its path item left out. Raises Unsayable."""
    listed = swagger.get("parameters", [])
    if not isinstance(listed, list):
        raise Unsayable("parameters")
    in_path = _path_names(path)
    form = _form_serves(style, swagger)
    read = Parameters()
    names: set[tuple[str, str]] = set()
    places: list[tuple[str, str]] = []
    for one in listed:
        key, parameter = _resolved(one, around.parameters)
        name, place = parameter.get("name"), parameter.get("in")
        if not isinstance(name, str) or not isinstance(place, str) or (name, place) in names:
            raise Unsayable("parameters")
        names.add((name, place))
        places.append((name, place))
        if place == "body" and key is not None:
            read.uses.append(Use(name, parameter, "other", {}, shared=key))
        elif place == "body":
            read.body = parameter
        else:
            where = _where(name, place, in_path, form=form)
            read.uses.append(_use(style, name, where, parameter, key))
    missing = [name for name in in_path if (name, "path") not in names]
    if missing and not set(missing) <= {one.get("name") for one in around.item if isinstance(one, dict)}:
        raise Unsayable("a path parameter that isn't described")
    read.order = _order(read, places, in_path)
    return read


def _path_names(path: str) -> list[str]:
    """The parameters of a path in their order. Raises Unsayable for what no request line can hold."""
    names = _IN_PATH.findall(path)
    rest = _IN_PATH.sub("", path)
    if "{" in rest or "}" in rest or "" in names or len(set(names)) < len(names) or not path.startswith("/"):
        raise Unsayable("path")
    if re.search(r"\s|[?#]", rest) or re.search(r"/:[A-Za-z_]", rest) or any("?" in n or "#" in n for n in names):
        raise Unsayable("path")
    return names


def _resolved(one: Any, shared: dict[str, Any]) -> tuple[str | None, Entries]:
    """A parameter, and the key under which Swagger shares it. Raises Unsayable."""
    if not isinstance(one, dict):
        raise Unsayable("parameters")
    if "$ref" not in one:
        return None, one
    steps = parse_reference(one["$ref"]) if isinstance(one["$ref"], str) else None
    if len(one) > 1 or steps is None or len(steps) != 2 or steps[0] != "parameters":
        raise Unsayable("$ref")
    target = shared.get(steps[1])
    written = "#/parameters/" + steps[1].replace("~", "~0").replace("/", "~1")
    if not isinstance(target, dict) or "$ref" in target or written != one["$ref"]:
        raise Unsayable("$ref")
    return steps[1], target


def _form_serves(style: Style, swagger: Entries) -> bool:
    """Whether form fields can stand under `form`, which writes the `consumes` that they need."""
    fields = [one for one in swagger.get("parameters", ()) if isinstance(one, dict) and one.get("in") == "formData"]
    derived = ["multipart/form-data" if any(one.get("type") == "file" for one in fields) else _URLENCODED]
    return "consumes" in swagger and (style.operation.get("consumes") is not None or swagger["consumes"] == derived)


_URLENCODED = "application/x-www-form-urlencoded"


def _where(name: str, place: str, in_path: list[str], *, form: bool) -> str:
    """Where a parameter is written."""
    where = {"path": "path", "query": "query", "header": "header", "formData": "form"}.get(place)
    if where is None or (where == "path" and name not in in_path) or name.endswith("!") or not name:
        return "other"
    if where == "query" and ("{" in name or "}" in name):
        return "other"
    return "other" if where == "form" and not form else where


def _use(style: Style, name: str, where: str, parameter: Entries, key: str | None) -> Use:
    required = where != "path" and parameter.get("required") is True
    constant = _constant(name, where, parameter) if key is None else None
    use = Use(name, parameter, where, {}, required, constant, key)
    use.entries = parameter_entries(style, use)
    return use


def _constant(name: str, where: str, parameter: Entries) -> str | None:
    """The text of a parameter that always has one value and that nobody sees."""
    value = parameter.get("default")
    if where not in ("query", "header") or parameter.get("required") is not True or not isinstance(value, str):
        return None
    if parameter.get("x-ms-visibility") != "internal" or parameter.get("type") != "string" or "enum" in parameter:
        return None
    if "format" in parameter:
        return None
    if where == "query":
        return None if not value or is_secret(name, value) or "\n" in value else value
    return None if is_secret_header(name, value) else value


def parameter_entries(style: Style, use: Use) -> Entries:
    """What an author says of a parameter, where no template says a part of it. Raises Unsayable."""
    parameter = use.swagger
    entries = type_entries(parameter)
    entries.update(enum_entries(parameter, entries.get("type", "string")))
    entries.update(dynamic_entries(parameter, style.defaults))
    for key, value in parameter.items():
        if key in _NOT_SAID or key in EXTENSIONS:
            continue
        if key == "items":
            entries[key] = schema_form(style, value)
        else:
            name, said = friendly(PARAMETER, key, value)
            entries[name] = said
    if use.constant is not None:
        del entries["default"], entries["visibility"]
    _required(style, use, entries)
    _typed(entries, parameter)
    _labelled(style, use, entries)
    _encoded(style, use, entries)
    if use.place == "other":
        entries["in"] = parameter["in"]
    return ordered(entries)


def _required(style: Style, use: Use, entries: Entries) -> None:
    value = use.swagger.get("required", None)
    if "required" in use.swagger and not isinstance(value, bool):
        raise Unsayable("required")
    derived = True if use.required or use.place == "path" else None if style.defaults.optional_absent else False
    if use.place == "other":
        derived = None if style.defaults.optional_absent else False
        derived = True if use.swagger.get("in") == "path" else derived
    if value is not derived:
        entries["required"] = value


def _typed(entries: Entries, parameter: Entries) -> None:
    """Leaves out the type that is derived."""
    if "items" in entries:
        derived = "array"
    else:
        values = list(parameter.get("enum") or ()) or ([parameter["default"]] if "default" in parameter else [])
        derived = {"boolean": "bool"}.get(type_of_values(values), type_of_values(values))
    if "type" not in entries:
        entries["type"] = None
    elif entries["type"] == derived and (derived == "string" or not isinstance(entries.get("enum"), dict)):
        del entries["type"]


def _labelled(style: Style, use: Use, entries: Entries) -> None:
    internal = use.swagger.get("x-ms-visibility") == "internal"
    derived = style.parameter_label(use.name, internal=internal or use.constant is not None)
    said = {key: use.swagger[key] for key in ("x-ms-summary",) if key in use.swagger}
    if said == derived:
        entries.pop("summary", None)
    elif not said:
        entries["summary"] = None


def _encoded(style: Style, use: Use, entries: Entries) -> None:
    said = use.swagger.get("x-ms-url-encoding")
    derived = style.defaults.url_encoding if use.swagger.get("in") == "path" else None
    if said == derived:
        return
    if said not in ("single", "double", None):
        entries["x-ms-url-encoding"] = said
    else:
        entries["urlEncoding"] = said


def body_form(style: Style, parameter: Entries) -> Any:
    """The body: a schema, with the keys of the parameter. Raises Unsayable."""
    if "schema" not in parameter:
        raise Unsayable("schema")
    defaults = style.defaults
    own: Entries = {}
    for key, value in parameter.items():
        if key in ("in", "schema", "required"):
            continue
        if key == "name" and value == defaults.body_name:
            continue
        own[{"x-ms-summary": "summary", "x-ms-visibility": "visibility"}.get(key, key)] = value
    if any(key not in _BODY_TEXTS and not key.startswith("x-") for key in own):
        raise Unsayable("body")
    if any(not isinstance(own[key], str) for key in _BODY_TEXTS & own.keys()):
        raise Unsayable("body")
    required = None if defaults.body_required is False and defaults.optional_absent else defaults.body_required
    flag: Entries = {}
    if parameter.get("required") is not required or ("required" in parameter) is (required is None):
        flag["required"] = parameter.get("required")
    return around(schema_form(style, parameter["schema"]), {**own, **flag}, _BODY_TEXTS | {"schema"})


_BODY_TEXTS = frozenset({"name", "description", "summary", "visibility"})


_AROUND = ("status", "name", "summary", "description", "visibility", "required")
"""The keys of what holds a schema that a person writes first."""


def around(form: Any, own: Entries, kept: frozenset[str]) -> Any:
    """A schema with keys of what holds it: in one mapping where none of its keys would be taken for the holder's."""
    if not own:
        return {"schema": form} if isinstance(form, dict) and _clashes(form, kept) else form
    own = {**{key: own[key] for key in _AROUND if key in own}, **own}
    if isinstance(form, dict) and not _clashes(form, kept) and not form.keys() & own.keys():
        return {**own, **form}
    if isinstance(form, str) and not form.startswith("#/"):
        entries = {"$ref": form} if not _is_type(form) else {"type": form} if form != "any" else {"schema": form}
        return {**own, **entries}
    return {**own, "schema": form}


def _is_type(form: str) -> bool:
    return form in TYPE_WORDS


def _clashes(form: Entries, kept: frozenset[str]) -> bool:
    """Whether one of a schema's keys would be taken for that of the body or response around it."""
    for key in form:
        row = BY_EXTENSION.get(key)
        of_schema = key in TWINS or (row is not None and SCHEMA in row.places)
        if (row.name if row is not None else key) in kept or (key.startswith("x-") and not of_schema):
            return True
    return False


def _order(read: Parameters, places: list[tuple[str, str]], in_path: list[str]) -> list[str] | None:
    """The names that must be said so that the parameters stand in the package's order; None where it is the usual one."""
    by_place: dict[str, list[tuple[str, str]]] = {where: [] for where in ("path", "query", "header", "form", "other")}
    for use in read.uses:
        by_place[use.place].append((use.name, use.swagger["in"]))
    by_place["path"].sort(key=lambda one: in_path.index(one[0]))
    usual = [one for where in by_place.values() for one in where]
    if read.body is not None:
        usual.append(next(one for one in places if one[1] == "body"))
    if usual == places:
        return None
    said = 0
    while [*places[:said], *(one for one in usual if one not in places[:said])] != places:
        said += 1
    names = [name for name, _ in places]
    return [name if names.count(name) == 1 else f"{name} in {place}" for name, place in places[:said]]


def query_of(uses: list[Use]) -> str:
    """The query of a request line, with its `?`."""
    parts = []
    for use in uses:
        if use.place != "query":
            continue
        name = _quoted(use.name)
        if use.constant is not None:
            parts.append(f"{name}={_quoted(use.constant, further='=')}")
        else:
            parts.append(f"{name}!" if use.required else name)
    return "?" + "&".join(parts) if parts else ""


def _quoted(text: str, further: str = "") -> str:
    """A text in a query: only what means something there, blanks and control characters are escaped."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(
        character if ord(character) > 0xA0 and not character.isspace() else quote(character, safe=_SAFE + further)
        for character in text
    )


def parameter_form(entries: Entries) -> Any:
    """A parameter's entries in their shortest form."""
    if entries.keys() == {"description"} and isinstance(entries["description"], str):
        text = entries["description"]
        return text if is_description(text) else entries
    if entries.keys() == {"items"}:
        return [entries["items"]]
    form = shortened(entries)
    return entries if isinstance(form, str) and "type" not in entries else form


def cost(entries: Entries) -> int:
    """What saying it costs, in characters and lines."""
    if not entries:
        return 0
    lines, characters = measure(parameter_form(entries))
    return 28 * lines + characters
