"""Addresses of pages and of e-mail, and the host in one."""

from urllib.parse import urlsplit

from connector_builder.patterns import regex

_EMAIL = regex(r"[!-?A-~]+@[!-?A-~]+\.[!-?A-~]+")


def is_address(text: str) -> bool:
    """Checks whether a text is a complete address, such as `https://contoso.example` or `mailto:help@contoso.example`."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme and (parts.netloc or parts.scheme not in ("http", "https")))


def is_email(text: str) -> bool:
    """Checks whether a text is an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def without_user(netloc: str) -> str:
    """Returns a host with its port, without the user and the password before it: `a.example:8080` for `me:pw@a.example:8080`."""
    return netloc.rpartition("@")[2]
