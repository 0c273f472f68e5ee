"""Secrets in addresses: what somebody copies with a URL from a browser or a run's history.

Whatever stands in a spec or a sample ends up in version control and in packages.
"""

import re
from collections.abc import Iterator

from connector_builder.findings import Finding, Place, Text
from connector_builder.language.rules import SECRET_IN_SPEC
from connector_builder.source.document import MAX_FINDINGS

# `sig` signs addresses of Azure storage and Logic Apps, `code` is the key of an Azure function, `subscription-key` that of API
# Management. The second group has other uses too, so that only what is long enough for a key counts.
_ALWAYS = ("sig", "access_token", "client_secret", "subscription-key", "password")
_WHERE_LONG = ("code", "api_key", "apikey", "api-key")
_HEADERS = frozenset(
    {"authorization", "x-api-key", "api-key", "apikey", "ocp-apim-subscription-key", "x-functions-key"}
)
LONG = 12
_IN_ADDRESS = re.compile(
    rf"[?&](?P<name>{'|'.join(map(re.escape, (*_ALWAYS, *_WHERE_LONG)))})=(?P<value>[^&\s\"'\\<>{{}}()]+)",
    re.IGNORECASE,
)
_CLIENT_SECRET = re.compile(r"""clientsecret["']?[ \t]*[:=][ \t]*(?P<value>\S.*)""", re.IGNORECASE)
_HARMLESS = re.compile(r"(redacted|secret|hidden|removed|x+|\.+|\*+|(%2a)+|your.*|@(\{.*|\w+\(.*)?)\Z", re.IGNORECASE)


def is_secret(name: str, value: str) -> bool:
    """Whether a query parameter of that name and value carries a secret, and not a word that stands for one."""
    if _HARMLESS.match(value):
        return False
    return name.lower() in _ALWAYS or (name.lower() in _WHERE_LONG and len(value) >= LONG)


def is_secret_header(name: str, value: str) -> bool:
    """Whether a constant header carries what a connection should hold."""
    bare = value.split(" ", 1)[-1]
    return name.lower() in _HEADERS and len(bare) >= LONG and not _HARMLESS.match(bare) and "@" not in value


def mask_secrets(message: str, *, sure: bool = False) -> str:
    """A message without the secrets that the addresses in it carry; with `sure` only without what has no other use."""
    if "=" not in message:
        return message
    return _IN_ADDRESS.sub(lambda match: _masked(match, sure=sure), message)


def _masked(match: re.Match[str], *, sure: bool) -> str:
    if not is_secret(match["name"], match["value"]) or (sure and match["name"].lower() not in _ALWAYS):
        return match.group()
    start = match.start("value") - match.start()
    return match.group()[:start] + "REDACTED"


def secret_message(name: str) -> str:
    """What is said of a query parameter with a secret, without the secret."""
    return f"the query parameter '{name}' carries a secret"


def find_secrets(text: Text) -> Iterator[Finding]:
    """Every secret in an address of a text. No report shows one from then on, nor what looks like a client secret.

    The text may be too broken to be read: what is wrong with it may stand in the same line.
    """
    found = 0
    for match in _CLIENT_SECRET.finditer(text.content):
        text.hide(*match.span("value"))
    for match in _IN_ADDRESS.finditer(text.content):
        if is_secret(match["name"], match["value"]):
            start, end = match.span("value")
            text.hide(start, end)
            found += 1
            if found > MAX_FINDINGS:
                continue
            help_ = f"write REDACTED in a sample; in a request line write '?{match['name']}!' and let the flow give it"
            yield SECRET_IN_SPEC.at(Place(text, start, end), secret_message(match["name"]), help=help_)
