"""Names that say that a value is a secret, in any spelling: `clientSecret`, `client-secret`, `CLIENT SECRET`, `client%5Fsecret`."""

import re
from enum import Enum
from functools import lru_cache
from urllib.parse import unquote


class Use(Enum):
    """Where a name stands: a key of a mapping, a header or a query parameter."""

    KEY = "key"
    HEADER = "header"
    QUERY = "query parameter"


SURE = (
    "clientsecret", "consumersecret", "appsecret", "applicationsecret", "apisecret", "webhooksecret", "signingsecret",
    "secretkey", "secretvalue", "secretaccesskey", "password", "passwd", "passphrase", "privatekey", "signingkey", "masterkey",
    "sharedaccesskey", "accountkey", "storagekey", "accesskey", "subscriptionkey", "functionskey", "connectionstring",
    "accesstoken", "refreshtoken", "bearertoken", "authtoken", "sastoken", "sharedaccesssignature",
)  # fmt: skip
"""Ends of plain names whose value has no other use than to be a secret."""
SURE_ALONE = frozenset({"secret", "pwd"})
"""Plain names that are so only as a whole: `x-ms-secret` is something else."""
LIKELY = ("apikey", "authkey")
"""Ends of plain names whose value is a secret where it looks like one."""
LIKELY_ALONE = {
    Use.KEY: frozenset({"sig", "authorization", "proxyauthorization"}),
    Use.HEADER: frozenset({"authorization", "proxyauthorization", "token", "xtoken"}),
    # `code` is the key of an Azure function.
    Use.QUERY: frozenset({"code", "key", "token"}),
}
OF_MANY_USES = frozenset({"key", "token"})
_SURE_IN_QUERY = frozenset({"sig"})
"""`sig` signs addresses of Azure storage and Logic Apps."""

_ENDS = frozenset(
    name[-2:]
    for name in (
        *SURE,
        *SURE_ALONE,
        *LIKELY,
        *_SURE_IN_QUERY,
        *(name for some in LIKELY_ALONE.values() for name in some),
    )
)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}))")
_NOT_PLAIN = re.compile(r"[\W_]+")


@lru_cache(maxsize=10_000)
def plain_name(name: str) -> str:
    """Returns a name in small letters and digits alone, its escapes and percent encoding decoded."""
    if "\\" in name:
        name = unescaped(name)
    for _ in range(2):
        if "%" in name:
            name = unquote(name)
    return _NOT_PLAIN.sub("", name).casefold()


def unescaped(text: str) -> str:
    """Decodes the escapes `\\x53`, `\\u0053` and `\\U00000053` of JSON and YAML."""
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), text)


def is_sure(name: str, use: Use = Use.KEY) -> bool:
    """Whether any value of that name is a secret, unless it is a placeholder."""
    plain = plain_name(name)
    return plain.endswith(SURE) or plain in SURE_ALONE or (use is Use.QUERY and plain in _SURE_IN_QUERY)


def is_likely(name: str, use: Use = Use.KEY) -> bool:
    """Whether a value of that name is a secret where it looks like one."""
    plain = plain_name(name)
    return plain.endswith(LIKELY) or plain in LIKELY_ALONE[use]


def may_end_name(before: str) -> bool:
    """Whether a text may end in a telling name, quoted or not: a quick look, before the slow ones."""
    bare = before.rstrip("\"' \\\t\r\n]~")
    return bare[-2:].lower() in _ENDS or "\\" in bare[-10:] or "%" in bare[-3:]
