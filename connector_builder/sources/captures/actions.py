"""Writes calls as actions of a spec: one for each verb and path, with everything that its calls show."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from connector_builder.findings.wording import listed
from connector_builder.language.compile.schemas.from_sample import schema_of_sample
from connector_builder.platform.swagger.media_types import is_binary, is_media_type
from connector_builder.secrets import Use
from connector_builder.sources import losses
from connector_builder.sources.captures.call import Answer, Body, Call, variable_of
from connector_builder.sources.captures.samples import Masks, merged, safe
from connector_builder.sources.captures.signin import SignIn
from connector_builder.sources.origin import Original
from connector_builder.sources.texts import first_paragraph, label

Entries = dict[str, Any]
_VERSIONS = frozenset(("api-version", "version", "v", "apiversion"))
_PAGING = frozenset(("$skiptoken", "cursor", "continuationtoken", "nextpagetoken", "page_token", "pagetoken"))
_STANDARD = frozenset(
    [
        "accept",
        "accept-encoding",
        "accept-language",
        "access-control-request-headers",
        "access-control-request-method",
        "authorization",
        "cache-control",
        "connection",
        "content-encoding",
        "content-length",
        "content-type",
        "cookie",
        "date",
        "dnt",
        "expect",
        "forwarded",
        "from",
        "host",
        "if-match",
        "if-modified-since",
        "if-none-match",
        "if-range",
        "if-unmodified-since",
        "keep-alive",
        "max-forwards",
        "origin",
        "pragma",
        "priority",
        "proxy-authorization",
        "proxy-connection",
        "range",
        "referer",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "upgrade-insecure-requests",
        "user-agent",
        "via",
        "warning",
        "x-requested-with",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
        "x-real-ip",
        "traceparent",
        "tracestate",
        "request-id",
        "x-request-id",
        "x-correlation-id",
        "postman-token",
        "x-csrf-token",
        "x-xsrf-token",
    ]
)
_STANDARD_BEGINS = ("sec-", ":", "x-ms-client-", "x-client-", "x-amz-", "cf-", "newrelic", "sentry-", "x-b3-")


@dataclass(slots=True)
class Group:
    """The calls of one operation: its verb, the template of its path, its calls."""

    verb: str
    path: str
    calls: list[Call] = field(default_factory=list)
    guessed: tuple[str, ...] = ()


@dataclass(slots=True)
class Written:
    """An action of a spec, and the samples of its body and its answer, if it has some; `status` is that of the answer."""

    action: Entries
    body: Any = None
    answer: Any = None
    status: str = "200"


class Actions:
    """Writes the actions of one source."""

    def __init__(self, original: Original, sign_in: SignIn, masks: Masks) -> None:
        self._original = original
        self._sign_in = sign_in
        self._masks = masks

    def written(self, group: Group, name: str) -> Written:
        """Returns the action of a group of calls."""
        calls = group.calls
        self._original.operation = name
        written = Written({"request": f"{group.verb.upper()} {group.path}"})
        action = written.action
        self._texts(action, calls, name)
        query = dict(self._query(calls, name))
        if query:
            action["query"] = query
        headers = dict(self._headers(calls))
        if headers:
            action["headers"] = headers
        bodies = [call.body for call in calls if call.body is not None]
        if bodies and group.verb in ("get", "head"):
            message = f"'{name}' sends a body by {group.verb.upper()}: it is left out"
            self._original.tell(losses.BODY_LEFT_OUT, calls[0].at, message)
        elif bodies:
            self._body(written, bodies, name, calls[0])
        self._answer(written, calls, name)
        self._tell_merged(calls, name)
        for variable in group.guessed:
            self._original.tell(
                losses.VARIABLE_GUESSED,
                calls[0].at,
                f"'{variable}' in '{group.path}' has a value of its own in each call: it is guessed to be a variable",
            )
        self._original.operation = None
        return written

    def _tell_merged(self, calls: Sequence[Call], name: str) -> None:
        """Tells requests that a person named otherwise than that by which the operation is called."""
        named: dict[str, Call] = {}
        for call in calls:
            named.setdefault(call.summary, call)
        named.pop("", None)
        others = list(named.items())[1:]
        if others and name:
            said = listed([label(summary) for summary, _ in others], "and")
            verb = "is" if len(others) == 1 else "are"
            self._original.tell(losses.REQUESTS_MERGED, others[0][1].at, f"{said} {verb} the operation '{name}' too")

    def _texts(self, action: Entries, calls: Sequence[Call], name: str) -> None:
        summary = next((said for call in calls if (said := label(call.summary))), "")
        if summary and re.sub(r"\W", "", summary).lower() != name.lower():
            action["summary"] = summary
        described = next((call for call in calls if first_paragraph(call.description)), None)
        if described is not None:
            action["description"] = self._original.text(described.description, described.at, first_paragraph)
        tag = next((call.tag for call in calls if call.tag), "")
        if tag:
            action["tags"] = [tag]

    def _query(self, calls: Sequence[Call], name: str) -> Iterator[tuple[str, Any]]:
        """Yields the queries of an operation: hidden for the version of an API, else optional, with a type and no value."""
        values: dict[str, list[str]] = {}
        for call in calls:
            names = [key for key, _ in call.query]
            for key, value in call.query:
                values.setdefault(key, []).append(value)
            for key in {key for key in names if names.count(key) > 1}:
                self._original.tell(
                    losses.ONE_VALUE,
                    call.at,
                    f"'{key}' of '{name}' takes several values by repetition: a flow can send one",
                )
        for key, found in values.items():
            if self._sign_in.is_part(key, Use.QUERY) or not key:
                continue
            if key.lower() in _PAGING:
                cure = "write 'pageable' in the spec, so that flows ask for all pages"
                self._original.tell(
                    losses.PAGING_LEFT_OUT,
                    calls[0].at,
                    f"'{key}' of '{name}' asks for the next page: it is left out",
                    cure,
                )
            elif key.lower() in _VERSIONS and len({*found}) == 1 and re.fullmatch(r"[\w.-]{1,40}", found[0]):
                yield key, {"required": True, "default": found[0], "visibility": "internal"}
            else:
                yield key, _type_of(found)

    def _headers(self, calls: Sequence[Call]) -> Iterator[tuple[str, Any]]:
        seen = dict.fromkeys(name for call in calls for name in call.headers)
        for name in seen:
            if name in _STANDARD or name.startswith(_STANDARD_BEGINS) or self._sign_in.is_part(name, Use.HEADER):
                continue
            if re.fullmatch(r"[\w!#$%&'*+.^`|~-]+", name):
                yield "-".join(word.capitalize() for word in name.split("-")), {"type": "string"}

    def _body(self, written: Written, bodies: Sequence[Body], name: str, call: Call) -> None:
        fields: dict[str, bool] = {}
        for body in bodies:
            for key, file in body.fields:
                fields[key] = fields.get(key, False) or file
        media = next((body.media for body in bodies if is_media_type(body.media)), "application/json")
        if fields:
            hidden = {key for key in fields if self._sign_in.is_part(key, Use.QUERY)}
            written.action["form"] = {
                key: "file" if file else "string" for key, file in fields.items() if key not in hidden
            } or {"body": "string"}
            if media == "multipart/form-data":
                written.action["consumes"] = [media]
            return
        sample = self._sample([body.value for body in bodies if body.value is not None], call)
        if sample is not None:
            written.body = sample
            written.action["body"] = {"sample": sample}
        else:
            written.action["body"] = "binary" if is_binary(media) else "object" if "json" in media else "string"
            if any(body.unread for body in bodies):
                message = f"the body of '{name}' isn't JSON that can be read: it becomes any object"
                self._original.tell(losses.BODY_LEFT_OUT, call.at, message)
        if "json" not in media and media not in ("", "*/*"):
            written.action["consumes"] = [media]
        if call.host and call.path.rstrip("/").endswith("/graphql"):
            self._original.tell(losses.GRAPHQL, call.at, f"'{name}' is GraphQL: flows write the query themselves")

    def _answer(self, written: Written, calls: Sequence[Call], name: str) -> None:
        answers = [answer for call in calls for answer in call.answers if answer.status]
        good = sorted((answer for answer in answers if 200 <= answer.status < 300), key=lambda one: one.status)
        self._tell_errors([answer for answer in answers if answer.status >= 400], calls[0], name)
        if not good:
            return
        with_value = [answer for answer in good if answer.value is not None]
        if not with_value and any(answer.unread for answer in good):
            message = f"the answer of '{name}' isn't JSON that can be read: its fields aren't known"
            self._original.tell(losses.BODY_LEFT_OUT, calls[0].at, message)
        status = (with_value or good)[0].status
        samples = [answer.value for answer in with_value if answer.status == status]
        response: Entries = {} if status in (200, 204) else {"status": status if status == 201 or not samples else 200}
        written.status = str(response.get("status", status))
        sample = self._sample(samples, calls[0])
        media = (with_value or good)[0].media
        media = media if is_media_type(media) else ""
        if sample is not None:
            written.answer = sample
            response["sample"] = sample
        elif status != 204 and media and "json" not in media:
            response["type"] = "binary" if is_binary(media) else "string"
            written.action["produces"] = [media]
        if status == 204 and not samples:
            written.action["responses"] = {"204": "No content"}
        elif response:
            written.action["response"] = response

    def _tell_errors(self, errors: Sequence[Answer], call: Call, name: str) -> None:
        if errors:
            statuses = ", ".join(map(str, sorted({answer.status for answer in errors})))
            self._original.tell(
                losses.ERROR_SCHEMA_LEFT_OUT, call.at, f"'{name}' doesn't keep what it answered with {statuses}"
            )

    def _sample(self, values: Sequence[Any], call: Call) -> Any:
        """Returns the merged and masked sample of some values; None if they show no structure."""
        found = merged(values)
        if not isinstance(found, dict | list) or not found:
            return None
        filled = self._filled(safe(found, self._masks), call)
        return filled if schema_of_sample(filled) is not None else None

    def _filled(self, value: Any, call: Call, key: str = "") -> Any:
        """Returns a sample in which every value has a type: what has no value in any sample is a text."""
        if isinstance(value, dict):
            return {name: self._filled(part, call, name) for name, part in value.items()}
        if isinstance(value, list):
            if not value or not any(item is not None for item in value):
                self._original.tell(
                    losses.ITEMS_CHOSEN, call.at, f"the list '{key}' is empty in all samples: its items become texts"
                )
                return [""]
            kinds = {type(item) for item in value if item is not None}
            each = [self._filled(item, call, key) for item in value if item is not None]
            return (
                each
                if len(kinds) == 1 or kinds == {int, float}
                else [str(item) for item in each if not isinstance(item, dict | list)] or each[:1]
            )
        if value is None:
            self._original.tell(losses.TYPE_CHOSEN, call.at, f"'{key}' has no value in any sample: it becomes a text")
            return ""
        return value


def _type_of(values: Iterable[str]) -> str:
    said = [value for value in values if value and variable_of(value) is None]
    if said and all(re.fullmatch(r"-?(?:0|[1-9]\d{0,8})", value) for value in said):
        return "int"
    return "bool" if said and all(value.lower() in ("true", "false") for value in said) else "string"
