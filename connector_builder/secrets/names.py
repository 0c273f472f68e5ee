"""Names of secrets, in any spelling: `clientSecret`, `client-secret`, `CLIENT SECRET`, `client%5Fsecret`."""

from enum import Enum
from functools import lru_cache
from urllib.parse import unquote

from connector_builder.patterns import regex


class Use(Enum):
    """The use of a name: a key of a mapping, a header or a query parameter."""

    KEY = "key"
    HEADER = "header"
    QUERY = "query parameter"


SURE = (
    "clientsecret", "consumersecret", "appsecret", "applicationsecret", "apisecret", "webhooksecret", "signingsecret",
    "secretkey", "secretvalue", "secretaccesskey", "password", "passwd", "passphrase", "privatekey", "signingkey", "masterkey",
    "sharedaccesskey", "accountkey", "storagekey", "accesskey", "subscriptionkey", "functionskey", "connectionstring",
    "accesstoken", "refreshtoken", "bearertoken", "authtoken", "sastoken", "sessiontoken", "securitytoken", "privatetoken",
    "sharedaccesssignature", "sharedkey", "encryptionkey", "pwd",
)  # fmt: skip
"""Endings of plain names whose values are always secrets."""
SURE_ALONE = frozenset({"secret"})
"""Plain names whose values are secrets only if the whole name matches: `x-ms-secret` is something else."""
LIKELY = ("apikey", "authkey", "apitoken", "bottoken", "oauthtoken", "usertoken", "idtoken")
"""Endings of plain names whose values are secrets if they look like one."""
LIKELY_ALONE = {
    Use.KEY: frozenset({"sig", "authorization", "proxyauthorization", "cookie", "setcookie"}),
    Use.HEADER: frozenset({"authorization", "proxyauthorization", "token", "xtoken", "cookie", "setcookie"}),
    # `code` is the key of an Azure function; `signature` signs addresses of CloudFront, the others those of AWS and Google.
    Use.QUERY: frozenset({"code", "key", "token", "signature", "xamzsignature", "xgoogsignature"}),
}
OF_MANY_USES = frozenset({"key", "token"})
_SURE_IN_QUERY = frozenset({"sig"})
"""`sig` signs addresses of Azure Storage and Logic Apps."""

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
_PAIRS = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in end) for end in sorted(_ENDS))
_COMMON = "description"
"""The commonest key of a definition. It ends as `authorization` does, but no name of a secret ends with it."""
NAME_BEFORE = rf'(?<!{_COMMON}"[:=])(?<![^\\%]{{8}}(?!{_PAIRS})[A-Za-z0-9]{{2}}"[:=])'
"""The end of a pattern for a colon: it leaves out most colons before which `may_end_name` finds nothing, such as `"type":`."""
_ENDINGS = (*SURE, *LIKELY)
_ALONE = SURE_ALONE.union(_SURE_IN_QUERY, *LIKELY_ALONE.values())
_ESCAPE = regex(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5})|/)")
_NOT_PLAIN = regex(r"[\W_]+")


@lru_cache(maxsize=10_000)
def plain_name(name: str) -> str:
    """Returns a name in small letters and digits only, with escapes and percent encoding decoded."""
    if "\\" in name:
        name = unescaped(name)
    for _ in range(2):
        if "%" in name:
            name = unquote(name)
    return _NOT_PLAIN.sub("", name).casefold()


def unescaped(text: str) -> str:
    """Decodes the escapes `\\x53`, `\\u0053`, `\\U00000053` and `\\/` of JSON and YAML."""
    return _ESCAPE.sub(lambda match: chr(int(match[1] or match[2] or match[3] or "2f", 16)), text)


def is_sure(name: str, use: Use = Use.KEY) -> bool:
    """Checks whether every value with this name is a secret, unless it is a placeholder."""
    plain = plain_name(name)
    return plain.endswith(SURE) or plain in SURE_ALONE or (use is Use.QUERY and plain in _SURE_IN_QUERY)


def is_likely(name: str, use: Use = Use.KEY) -> bool:
    """Checks whether a value with this name is a secret if it looks like one."""
    plain = plain_name(name)
    return plain.endswith(LIKELY) or plain in LIKELY_ALONE[use]


@lru_cache(maxsize=10_000)
def may_name_secret(name: str) -> bool:
    """Checks whether a value with this name is a secret in some use, for sure or if it looks like one."""
    plain = plain_name(name)
    return plain.endswith(_ENDINGS) or plain in _ALONE


def may_end_name(before: str) -> bool:
    """Checks quickly whether a text may end in the name of a secret, quoted or not, before the slow checks."""
    bare = before.rstrip("\"' \\\t\r\n]~")
    ends = bare[-2:].lower() in _ENDS and not bare.endswith(_COMMON)
    return ends or "\\" in bare[-10:] or "%" in bare[-3:]
