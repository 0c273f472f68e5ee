"""Which calls are those of an API, and of which host."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from connector_builder.sources.captures.call import Call

_KINDS = ("", "xhr", "fetch", "other", "document")
_MEDIA = re.compile(r"^(?:image|font|audio|video)/|javascript|/css$|/html$|woff|wasm")
_TELEMETRY = re.compile(
    r"onecollector|google-analytics|googletagmanager|doubleclick|clarity\.ms|applicationinsights|\.events\.data\.microsoft|sentry|segment\.io|"
    r"mixpanel|hotjar|newrelic|nr-data|amplitude|datadoghq|fullstory|intercom|bugsnag|_vercel/",
    re.IGNORECASE,
)
_TELEMETRY_PATH = re.compile(r"/(?:collect|beacon|telemetry|_vercel|g/collect|onecollector)(?:/|$)", re.IGNORECASE)
_IDENTITY = re.compile(r"^(?:login|sts|accounts?|auth|idp|sso)\.|/oauth2?/|/connect/token|/authorize$", re.IGNORECASE)
_VERBS = frozenset(("get", "post", "put", "patch", "delete", "head"))


def reason_against(call: Call) -> str | None:
    """Returns why a call isn't one of an API; None if it may be."""
    if not call.host:
        return "no address with a host"
    if call.scheme not in ("http", "https"):
        return f"{call.scheme} isn't http"
    if call.verb not in _VERBS:
        return "a browser's question before the call" if call.verb == "options" else f"the verb {call.verb.upper()}"
    if call.kind.lower() not in _KINDS:
        return f"a browser's {call.kind}"
    if _TELEMETRY.search(call.host) or _TELEMETRY_PATH.search(call.path):
        return "telemetry"
    if _IDENTITY.search(call.host) or _IDENTITY.search(call.path):
        return "signing in"
    media = next((answer.media for answer in call.answers if answer.media), "")
    if media and _MEDIA.search(media) and not (call.body and call.body.value is not None):
        return f"{media}, part of a page"
    statuses = [answer.status for answer in call.answers if answer.status]
    if statuses and not any(200 <= status < 300 for status in statuses):
        return f"status {statuses[0]}"
    return None


def most_called(calls: Sequence[Call]) -> list[tuple[str, str, int]]:
    """Returns scheme and host of the servers with the number of their calls, the most called first."""
    counts = Counter((call.scheme, call.host) for call in calls)
    return [
        (scheme, host, count) for (scheme, host), count in sorted(counts.items(), key=lambda one: (-one[1], one[0][1]))
    ]


_BASE_END = re.compile(r"^(?:api|rest|v\d+(?:\.\d+)*|\d{4}-\d{2}-\d{2})$", re.IGNORECASE)


def base_of(calls: Iterable[Call]) -> tuple[str, ...]:
    """Returns the segments that all paths begin with, up to the last that ends a base path, such as `api` or `v2`."""
    paths = [call.segments for call in calls]
    if not paths:
        return ()
    common = 0
    while all(len(path) > common + 1 and path[common] == paths[0][common] for path in paths):
        common += 1
    ends = [index + 1 for index in range(common) if _BASE_END.match(paths[0][index])]
    return paths[0][: max(ends, default=0)]
