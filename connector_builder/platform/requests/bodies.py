"""Makes the body of a request: JSON, text, bytes, or a form with files."""

import json
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT, items
from connector_builder.platform.requests.assigning import Assigned
from connector_builder.platform.requests.defaults import completed
from connector_builder.platform.requests.encoding import Part, multipart, plain, texts, urlencoded
from connector_builder.platform.requests.inputs import BODY, Input
from connector_builder.platform.requests.inputs import FORM as IN_FORM
from connector_builder.platform.requests.model import Problem, RawBody, ReadFile
from connector_builder.platform.requests.texts import Unreadable, problems_of, read_text
from connector_builder.platform.requests.values import Shape
from connector_builder.platform.swagger.media_types import FORM, FORMS, JSON, MULTIPART, base, is_binary
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.references import References

_BYTES = "application/octet-stream"


class Content(NamedTuple):
    """The body of a request and its media type. `own_media` says that the media type isn't a header parameter's to choose."""

    body: bytes | None = None
    media: str = ""
    problems: tuple[Problem, ...] = ()
    own_media: bool = False


def content_of(
    definition: dict[str, Any],
    operation: Operation,
    inputs: Sequence[Input],
    values: dict[Pointer, Any],
    assigned: Assigned,
    raw: RawBody | None,
    references: References,
    read: ReadFile,
) -> Content:
    """Returns the body of a request: of the form's values, or of the body's fields, or as it is."""
    consumed = operation.value.get("consumes", definition.get("consumes"))
    media = [one for one in items(consumed) if isinstance(one, str) and one.isprintable()]
    whole = next((one for one in inputs if one.place == BODY), None)
    if whole is None:
        return _form(inputs, values, assigned, media)
    if raw is not None:
        return _raw(raw, whole, media, references)
    problems: list[Problem] = []
    value = _value(whole, assigned, references, read, problems)
    if value is ABSENT:
        return Content(problems=tuple(problems))
    if isinstance(value, bytes):
        return Content(value, next((one for one in media if is_binary(one)), _BYTES), tuple(problems))
    value, missing = completed(value, whole.schema, references)
    problems += [one._replace(pointer=whole.pointer) for one in missing]
    if isinstance(value, str) and media and not _json_of(media):
        return Content(value.encode(), media[0], tuple(problems))
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Content(written, _json_of(media) or JSON, tuple(problems))


def _json_of(media: Sequence[str]) -> str | None:
    """Returns the first media type of JSON."""
    return next((one for one in media if base(one) == JSON or base(one).endswith("+json")), None)


def _value(whole: Input, assigned: Assigned, references: References, read: ReadFile, problems: list[Problem]) -> Any:
    """Returns the value of a body, before its defaults; ABSENT if there is none to send."""
    said = assigned.texts.get(whole.pointer)
    made = assigned.body.value if assigned.body is not None else ABSENT
    if said is not None:
        if made is not ABSENT or len(said) > 1:
            problems.append(
                Problem(f"'{whole.name}' is the whole body, beside which it has no other value", whole.pointer)
            )
        try:
            value = read_text(said[0], whole.schema, references, read)
        except Unreadable as reason:
            problems.append(Problem(f"'{whole.name}' {reason.message}", whole.pointer, reason.help))
            return ABSENT
        wrong = [] if isinstance(value, bytes) else problems_of("", value, whole.schema, references)
        problems += [one._replace(pointer=whole.pointer) for one in wrong]
        return value
    if made is not ABSENT or not whole.required:
        return made
    shape = Shape(whole.schema, references)
    default = whole.default
    if default is ABSENT and shape.type in ("object", ""):
        return {}
    if default is ABSENT:
        problems.append(Problem(f"'{whole.name}' is required", whole.pointer, f"write {whole.name}=…"))
    return default


def _raw(raw: RawBody, whole: Input, media: Sequence[str], references: References) -> Content:
    """Returns a body as its file has it, checked if it is JSON."""
    kind = raw.media or _json_of(media) or (media[0] if media else JSON)
    if _json_of([kind]) is None:
        return Content(raw.content, kind, own_media=bool(raw.media))
    try:
        value = json.loads(raw.content)
    except (ValueError, RecursionError) as reason:
        where = f" at line {reason.lineno}, column {reason.colno}" if isinstance(reason, json.JSONDecodeError) else ""
        problem = Problem(f"the body isn't JSON{where}", whole.pointer, "name its media type with --content-type")
        return Content(problems=(problem,))
    wrong = [*problems_of("", value, whole.schema, references), *completed(value, whole.schema, references)[1]]
    problems = tuple(one._replace(pointer=whole.pointer) for one in wrong)
    return Content(raw.content, kind, problems, own_media=bool(raw.media))


def _form(inputs: Sequence[Input], values: dict[Pointer, Any], assigned: Assigned, media: Sequence[str]) -> Content:
    parts = [part for one in inputs if one.place == IN_FORM for part in _parts(one, values, assigned)]
    if not any(one.place == IN_FORM for one in inputs) or not parts:
        return Content()
    kinds = [base(one) for one in media if base(one) in FORMS]
    files = any(part.file is not None for part in parts)
    if files or (kinds and kinds[0] == MULTIPART):
        body, boundary = multipart(parts)
        return Content(body, f"{MULTIPART}; boundary={boundary}", own_media=True)
    return Content(urlencoded(parts), FORM)


def _parts(one: Input, values: dict[Pointer, Any], assigned: Assigned) -> list[Part]:
    if one.pointer not in values:
        return []
    value = values[one.pointer]
    if isinstance(value, bytes):
        said = assigned.texts[one.pointer][0].removeprefix("@")
        return [Part(one.name, value, PurePath(said.replace("\\", "/")).name)]
    written = texts(value, one.collection) if isinstance(value, list) else [plain(value)]
    return [Part(one.name, text.encode("utf-8", "replace")) for text in written]
