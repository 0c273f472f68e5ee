"""Values that are secrets if their name says so, and placeholders, which aren't."""

import re

from connector_builder.patterns import regex
from connector_builder.secrets.names import OF_MANY_USES, Use, is_likely, is_sure, plain_name

LONG = 12
"""The length of the shortest key that services issue, for names that don't decide by themselves."""
_WORDS = frozenset(
    [
        "any",
        "apikey",
        "array",
        "authorization",
        "base64",
        "basic",
        "bearer",
        "binary",
        "bool",
        "boolean",
        "byte",
        "changeme",
        "code",
        "date",
        "datetime",
        "default",
        "double",
        "email",
        "empty",
        "example",
        "false",
        "file",
        "float",
        "header",
        "hidden",
        "int",
        "int32",
        "int64",
        "integer",
        "ipsum",
        "key",
        "long",
        "lorem",
        "name",
        "no",
        "none",
        "nothing",
        "null",
        "number",
        "oauth2",
        "oauthsetting",
        "object",
        "optional",
        "pass",
        "password",
        "path",
        "placeholder",
        "query",
        "redacted",
        "removed",
        "required",
        "sample",
        "secret",
        "securestring",
        "signature",
        "string",
        "text",
        "token",
        "true",
        "undefined",
        "unknown",
        "uri",
        "url",
        "username",
        "uuid",
        "value",
        "yes",
    ]
)
"""Words, among them types, that people write in place of a secret."""
KEY_VAULT = regex(
    r"/subscriptions/[^/\s]+/resourceGroups/[^/\s]+/providers/Microsoft\.KeyVault/vaults/[^/\s]+/secrets/[^/\s]+",
    re.IGNORECASE,
)
"""Where Azure Key Vault keeps a secret: the value of a secret environment variable, and none itself."""
_GROUP = regex(r"[$#%]?\{+[^{}]*\}+|<[^<>]*>|\[[^\[\]]*\]|\$\([^()]*\)|%[A-Za-z_]\w*%")
_DEFAULT = regex(r"\$\{\w+:-([^}]*)\}")
_EXPRESSION = regex(r"@(?:\{.*|\w+\(.*)?", re.DOTALL)
_OPEN = regex(r"[$#%]?(?:\{[^}]*|<[^>]*|\[\[[^\]]*)|\$\([^)]*", re.DOTALL)
"""A placeholder that is cut off, because it contains blanks or quotes."""
_NOTHING = regex(r"(?:x+|0+|(?:%2a)+|[\W_]*)", re.IGNORECASE)
_YOUR = regex(r"(?:redacted|your|placeholder).*", re.IGNORECASE | re.DOTALL)
_SCHEME = regex(r"\A(?:bearer|basic|token|apikey|key|sharedaccesssignature|oauth)\s+", re.IGNORECASE)
_REQUEST = regex(r"(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH) /")
"""A request line of a spec: `ResetPassword: POST /users/reset`."""
_WORD = regex(r"[^\W\d_]+[.,;:!?)]*|[.,;:!?&/-]")


def is_placeholder(value: str) -> bool:
    """Checks whether a text is a placeholder.

    Examples: `{{ client secret }}`, `<your key>`, `${SIG}`, `REDACTED`, `xxxx`, `Bearer {token}`, the address of a secret in
    Azure Key Vault.
    """
    value = _SCHEME.sub("", value.strip())
    if _EXPRESSION.fullmatch(value) or _OPEN.fullmatch(value) or KEY_VAULT.fullmatch(value):
        return True
    value = _GROUP.sub("", _DEFAULT.sub(r"\1", value)).strip()
    if _NOTHING.fullmatch(value) or _YOUR.fullmatch(value):
        return True
    if _REQUEST.match(value):
        return True
    plain = plain_name(value)
    return plain in _WORDS or (plain.isalpha() and (is_sure(value) or is_likely(value)))


def is_prose(value: str) -> bool:
    """Checks whether a text is several words, as in a description."""
    words = value.split()
    return len(words) > 1 and all(map(_WORD.fullmatch, words))


def is_long(value: str) -> bool:
    """Checks whether a text is as long as a key, and one word."""
    bare = _SCHEME.sub("", value.strip(), count=1)
    return len(bare) >= LONG and len(bare.split()) == 1


def looks_random(value: str) -> bool:
    """Checks whether a text looks like a generated key: long, without blanks, letters and digits mixed."""
    bare = _SCHEME.sub("", value.strip(), count=1)
    return is_long(bare) and any(map(str.isdigit, bare)) and any(map(str.isalpha, bare))


def is_secret(name: str, value: str, use: Use = Use.KEY) -> bool:
    """Checks whether the value of a key, header or query parameter is a secret."""
    if not (sure := is_sure(name, use)) and not is_likely(name, use):
        return False
    if is_placeholder(value):
        return False
    if sure:
        return not is_prose(value)
    return looks_random(value) if use is Use.KEY or plain_name(name) in OF_MANY_USES else is_long(value)
