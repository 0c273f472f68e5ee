"""Chooses what an import says once of all responses with one status: description, headers, schema, examples."""

from collections import Counter
from typing import Any

from connector_builder.language.decompile.decisions import Entries
from connector_builder.language.tables.statuses import PHRASES


def of_responses(operations: list[Entries]) -> Entries:
    """Returns, by status, the description and the schema that most responses of it have."""
    texts: dict[str, Counter[str]] = {}
    for one in operations:
        responses = one.get("responses")
        for status, response in responses.items() if isinstance(responses, dict) else ():
            said = _said_of(response)
            if said is not None:
                texts.setdefault(status, Counter())[said] += 1
    chosen: Entries = {}
    for status, counts in texts.items():
        text, times = counts.most_common(1)[0]
        if text != PHRASES.get(status) and times > 1 and times * 2 > counts.total() and status in PHRASES:
            name = text.removeprefix(_SHARED)
            chosen[status] = text if name == text else {"$ref": name}
    return {"responses": {key: chosen[key] for key in sorted(chosen)}} if chosen else {}


_SHARED = "#/responses/"


def _said_of(response: Any) -> str | None:
    """Returns the description of a response, or the reference to a shared one."""
    match response:
        case {"$ref": str(target), **rest} if not rest and target.startswith(_SHARED) and not set(target) & set("~%"):
            return target
        case {"description": str(text)} if "$ref" not in response and not text.startswith(_SHARED):
            return text
    return None


def alike_responses(operations: list[Entries], said: Entries) -> dict[str, Entries]:
    """Returns, by status, the headers that most responses share, and the schema and examples of failures, if shorter.

    They are still in Swagger. `said` contains the existing entries of `defaults.responses`.
    """
    by_status: dict[str, list[Entries]] = {}
    for one in operations:
        responses = one.get("responses")
        for status, response in responses.items() if isinstance(responses, dict) else ():
            if status in PHRASES and _said_of(response) is not None:
                by_status.setdefault(status, []).append(response)
    alike: dict[str, Entries] = {}
    for status, responses in by_status.items():
        success = status.startswith("2")  # each has a schema of its own
        parts = ("headers",) if success else ("headers", "schema", "examples")
        keys = {} if isinstance(said.get(status), dict) else _alike(responses, parts)
        if keys:
            alike[status] = keys
    return alike


def _alike(responses: list[Entries], parts: tuple[str, ...]) -> Entries:
    """Returns which of these parts most responses have, by key. Only a schema and headers can be left out of a response."""
    found: Entries = {}
    for key in parts:
        values = {
            repr(one[key]): one[key]
            for one in responses
            if isinstance(one.get(key), dict) and (one[key] or key == "schema")
        }
        counts = Counter(repr(one.get(key)) for one in responses)
        text = max(values, key=lambda text: counts[text], default="")
        absent = counts["None"]
        if counts[text] < LEAST_USES or counts[text] * 2 <= len(responses) or (key == "examples" and absent):
            continue
        if (counts[text] - 1) * (len(key) + len(text)) > absent * _LEFT_OUT:
            found[key] = values[text]
    return found


LEAST_USES = 3
"""The fewest equal places for which a common part is written."""


_LEFT_OUT = len("404: {schema: null}")
