"""Reads curl commands, as browsers and documentation write them: for bash, for Windows' cmd, and for PowerShell.

The options: https://curl.se/docs/manpage.html. Nothing is run, no file is read, no variable is looked up.
"""

import re
from collections.abc import Iterator

from connector_builder.sources.captures.call import FORM, NO_ADDRESS, VALUE_ALONE, Body, Call, body_of, parse_url
from connector_builder.sources.captures.shell_words import Command

_WITH_VALUE = frozenset(
    [
        "abstract-unix-socket",
        "alt-svc",
        "aws-sigv4",
        "cacert",
        "capath",
        "cert",
        "cert-type",
        "ciphers",
        "config",
        "connect-timeout",
        "connect-to",
        "continue-at",
        "cookie-jar",
        "create-file-mode",
        "crlfile",
        "curves",
        "delegation",
        "dns-interface",
        "dns-ipv4-addr",
        "dns-ipv6-addr",
        "dns-servers",
        "doh-url",
        "dump-header",
        "ech",
        "egd-file",
        "engine",
        "expect100-timeout",
        "ftp-account",
        "ftp-alternative-to-user",
        "ftp-method",
        "ftp-port",
        "ftp-ssl-ccc-mode",
        "haproxy-clientip",
        "happy-eyeballs-timeout-ms",
        "hostpubmd5",
        "hostpubsha256",
        "hsts",
        "interface",
        "ipfs-gateway",
        "keepalive-cnt",
        "keepalive-time",
        "key",
        "key-type",
        "krb",
        "libcurl",
        "limit-rate",
        "local-port",
        "login-options",
        "mail-auth",
        "mail-from",
        "mail-rcpt",
        "max-filesize",
        "max-redirs",
        "max-time",
        "netrc-file",
        "noproxy",
        "oauth2-bearer",
        "output",
        "output-dir",
        "parallel-max",
        "pass",
        "pinnedpubkey",
        "postquote",
        "preproxy",
        "proto",
        "proto-default",
        "proto-redir",
        "proxy",
        "proxy-cacert",
        "proxy-capath",
        "proxy-cert",
        "proxy-cert-type",
        "proxy-ciphers",
        "proxy-crlfile",
        "proxy-header",
        "proxy-key",
        "proxy-key-type",
        "proxy-pass",
        "proxy-pinnedpubkey",
        "proxy-service-name",
        "proxy-tls13-ciphers",
        "proxy-tlsauthtype",
        "proxy-tlspassword",
        "proxy-tlsuser",
        "proxy-user",
        "proxy1.0",
        "pubkey",
        "quote",
        "random-file",
        "range",
        "rate",
        "referer",
        "request-target",
        "resolve",
        "retry",
        "retry-delay",
        "retry-max-time",
        "sasl-authzid",
        "service-name",
        "socks4",
        "socks4a",
        "socks5",
        "socks5-gssapi-service",
        "socks5-hostname",
        "speed-limit",
        "speed-time",
        "stderr",
        "telnet-option",
        "tftp-blksize",
        "time-cond",
        "tls-max",
        "tls13-ciphers",
        "tlsauthtype",
        "tlspassword",
        "tlsuser",
        "trace",
        "trace-ascii",
        "trace-config",
        "unix-socket",
        "user-agent",
        "variable",
        "vlan-priority",
        "write-out",
        "request",
        "header",
        "data",
        "data-raw",
        "data-binary",
        "data-ascii",
        "data-urlencode",
        "json",
        "form",
        "form-string",
        "user",
        "url",
        "url-query",
        "cookie",
        "upload-file",
    ]
)
_SHORT = {
    "X": "request", "H": "header", "d": "data", "F": "form", "u": "user", "b": "cookie", "A": "user-agent", "e": "referer", "T": "upload-file",
    "o": "output", "m": "max-time", "x": "proxy", "c": "cookie-jar", "w": "write-out", "E": "cert", "K": "config", "C": "continue-at",
    "D": "dump-header", "P": "ftp-port", "Q": "quote", "r": "range", "t": "telnet-option", "U": "proxy-user", "y": "speed-time",
    "Y": "speed-limit", "z": "time-cond", "G": "get", "I": "head",
}  # fmt: skip
_DATA = frozenset(("data", "data-raw", "data-binary", "data-ascii", "data-urlencode", "json"))

_REDIRECTION = re.compile(r"\d?(?:<{1,3}|>{1,2}|&>)")


class _Options:
    """The options of a command, as far as they matter."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.values: dict[str, list[str]] = {}
        self.flags: set[str] = set()
        self.urls: list[str] = []
        rest = list(words)[::-1]
        while rest:
            word = rest.pop()
            if _REDIRECTION.fullmatch(word):
                rest[-1:] = []  # what the shell reads or writes, no address
            else:
                self._word(word, rest)

    def _word(self, word: str, rest: list[str]) -> None:
        if word.startswith("--") and len(word) > 2:
            name, equals, value = word[2:].partition("=")
            self._option(name, rest, value if equals and name in _WITH_VALUE else None)
        elif word.startswith("-") and len(word) > 1:
            self._short(word[1:], rest)
        elif word:
            self.urls.append(word)

    def _short(self, letters: str, rest: list[str]) -> None:
        for index, letter in enumerate(letters):
            name = _SHORT.get(letter, letter)
            if name in _WITH_VALUE:
                value = letters[index + 1 :]
                self._option(name, rest, value or None)
                return
            self.flags.add(name)

    def _option(self, name: str, rest: list[str], value: str | None) -> None:
        if name not in _WITH_VALUE:
            self.flags.add(name)
            return
        value = value if value is not None else rest.pop() if rest else ""
        if name == "url":
            self.urls.append(value)
        else:
            self.values.setdefault(name, []).append(value)


def calls_of(command: Command, index: int) -> Iterator[Call]:
    """Yields a call for each address of a command; one without a host if it has none."""
    options = _Options(command.words)
    data = [(name, value) for name in _DATA for value in options.values.get(name, ())]
    headers = dict(_headers(options))
    body = _body(options, data, headers)
    urls = [url for address in options.urls if (url := parse_url(address)) is not None]
    for url in urls or [NO_ADDRESS]:
        query = [*url.query, *(pair for one in options.values.get("url-query", ()) for pair in _pairs(one))]
        if "get" in options.flags:
            query += [pair for _, value in data for pair in _pairs(value)]
        verb = (
            "head"
            if "head" in options.flags
            else "put"
            if "upload-file" in options.values
            else "post"
            if body is not None
            else "get"
        )
        verb = options.values.get("request", [verb])[-1].lower()
        yield Call(
            verb,
            url.scheme,
            url.host,
            url.segments,
            tuple(query),
            headers,
            (index,),
            body,
            (),
            command.comment,
            trailing=url.trailing,
        )


def _headers(options: _Options) -> Iterator[tuple[str, str]]:
    for header in options.values.get("header", ()):
        name, _, value = header.partition(":")
        if name.strip():
            yield name.strip().lower(), value.strip()
    if "user" in options.values:
        yield "authorization", "Basic"
    if "oauth2-bearer" in options.values:
        yield "authorization", "Bearer"
    if "json" in options.values:
        yield "content-type", "application/json"


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for part in text.split("&"):
        name, _, value = part.partition("=")
        if name and not VALUE_ALONE.fullmatch(part):
            yield name, value


def _body(options: _Options, data: list[tuple[str, str]], headers: dict[str, str]) -> Body | None:
    media = headers.get("content-type", "").partition(";")[0].strip().lower()
    forms = [one for name in ("form", "form-string") for one in options.values.get(name, ()) if "=" in one]
    if forms:
        fields = ((one.partition("=")[0], one.partition("=")[2].startswith(("@", "<"))) for one in forms)
        return Body("multipart/form-data", None, tuple(dict.fromkeys(field for field in fields if field[0])))
    if "get" in options.flags or not data:
        return Body(media or "application/octet-stream") if "upload-file" in options.values else None
    joined = "&".join(value for _, value in data)
    found = body_of(media, joined)
    if media or found.value is not None or found.unread:
        return found
    return body_of(FORM, joined) if "=" in joined else found
