"""curl commands as shells and browsers write them: words, options, and what they show of an API."""

import pytest

from connector_builder.sources.captures.call import Body
from connector_builder.sources.captures.curl import calls_of
from connector_builder.sources.captures.shell_words import commands


def words(text: str) -> list[tuple[str, ...]]:
    return [command.words for command in commands(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("curl https://a.example", ("https://a.example",)),
        ("curl -H 'A: b' \"https://a.example\"", ("-H", "A: b", "https://a.example")),
        ("curl \\\n  https://a.example \\\n  -X PUT", ("https://a.example", "-X", "PUT")),
        ("curl $'https://a.example/\\u0061\\n'", ("https://a.example/a\n",)),
        ('curl "a \\"b\\" \\$c"', ('a "b" $c',)),
        ("curl 'it'\\''s'", ("it's",)),
        ("curl ^\n  ^\"https://a.example^\" ^\n  -H ^\"A: b^\"", ("https://a.example", "-H", "A: b")),
        ("curl `\n  -X POST", ("-X", "POST")),
        ("curl https://a.example # note", ("https://a.example",)),
        ("curl https://a.example | jq .", ("https://a.example",)),
        ("echo x | curl https://a.example; ls", ("https://a.example",)),
        ("curl.exe https://a.example", ("https://a.example",)),
        ("curl https://a.example\n  -d 'a=1'\nls", ("https://a.example", "-d", "a=1")),
        ("curl https://a.example\n- and more", ("https://a.example",)),
        ("curl 'unclosed", ("unclosed",)),
        ("curl", None),
        ("curling is fun", None),
    ],
)  # fmt: skip
def test_words(text: str, expected: tuple[str, ...] | None) -> None:
    assert words(text) == ([] if expected is None else [expected])


WINDOWS = """\
curl ^"https://a.example/x?page=1^&size=2^" ^\r
  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"120^\\^"^" ^\r
  --data-raw ^"^{^\\^"name^\\^":^\\^"A ^%^ b^\\^",^\\^"path^\\^":^\\^"c:^\\^\\^\\^\\d^\\^"^}^" &\r
curl ^"https://a.example/y^" -X ^"DELETE^"\r
"""


def test_commands_that_a_browser_copies_for_windows() -> None:
    first, second = words(WINDOWS)
    assert first == (
        "https://a.example/x?page=1&size=2",
        "-H",
        'sec-ch-ua: "Chromium";v="120"',
        "--data-raw",
        '{"name":"A % b","path":"c:\\\\\\\\d"}',
    )
    assert second == ("https://a.example/y", "-X", "DELETE")


def test_lines_of_a_body_for_windows() -> None:
    assert words('curl ^"https://a.example^" --data-raw ^"a^\n\nb^"') == [("https://a.example", "--data-raw", "a\nb")]


@pytest.mark.parametrize(
    "word", ["Bearer", "eyJhbGciOi.eyJzdWIi.SflKxwRJSMeKKF2QT4", "topsecret", "a b.example", "sk_live_4f.9Xy"]
)
def test_a_word_that_is_no_address_is_no_host(word: str) -> None:
    (command,) = commands(f"curl https://a.example '{word}'")
    assert [call.host for call in calls_of(command, 0)] == ["a.example"]


@pytest.mark.parametrize("word", ["a.example/x", "localhost:8080/x", "127.0.0.1", "{{host}}/x", "$HOST/x"])
def test_an_address_without_its_scheme(word: str) -> None:
    (command,) = commands(f"curl '{word}'")
    assert len(list(calls_of(command, 0))) == 1


@pytest.mark.parametrize("data", ["hunter2", '{"password": hunter2', "hunter2&a=1"])
def test_no_value_becomes_the_name_of_a_field(data: str) -> None:
    (command,) = commands(f"curl https://a.example -d '{data}'")
    (call,) = calls_of(command, 0)
    assert "hunter2" not in repr(call.body)


def test_no_value_becomes_the_name_of_a_query() -> None:
    (command,) = commands("curl 'https://a.example/x?8f14e45fceea167a5a36&flag&a=1'")
    (call,) = calls_of(command, 0)
    assert call.query == (("flag", ""), ("a", "1"))


def test_no_value_becomes_a_segment_or_a_name() -> None:
    token = "8f14e45fceea167a5a36"
    (command,) = commands(f"curl -G 'https://a.example/x;jsessionid={token}/y;a=b' -d {token} -d a=1 -F {token}")
    (call,) = calls_of(command, 0)
    assert (call.path, call.query, call.body) == ("/x/y", (("a", "1"),), None)


def test_several_commands_with_comments() -> None:
    text = "# List orders\ncurl https://a.example/orders\n\n#!/bin/sh\ncurl https://a.example/x\n"
    assert [command.comment for command in commands(text)] == ["List orders", ""]


@pytest.mark.parametrize(
    ("text", "verb", "body"),
    [
        ("curl https://a.example", "get", None),
        ("curl -I https://a.example", "head", None),
        ("curl -XPATCH https://a.example -d '{\"a\": 1}' -H 'Content-Type: application/json'", "patch", Body("application/json", {"a": 1})),
        ("curl https://a.example --json '{\"a\": 1}'", "post", Body("application/json", {"a": 1})),
        ("curl https://a.example -d a=1 -d b=2", "post", Body("application/x-www-form-urlencoded", None, (("a", False), ("b", False)))),
        ("curl https://a.example -F a=1 -F f=@x.png", "post", Body("multipart/form-data", None, (("a", False), ("f", True)))),
        ("curl -G https://a.example -d a=1", "get", None),
        ("curl -T x.zip https://a.example", "put", Body("application/octet-stream")),
        ("curl https://a.example -d '{\"a\": 1,}'", "post", Body("application/json", {"a": 1})),
        ("curl https://a.example -d '{\"a\": \\\n  1}'", "post", Body("application/json", {"a": 1})),
        ("curl https://a.example -d '{{x}}=1'", "post", Body("application/x-www-form-urlencoded", None, (("{{x}}", False),))),
        ("curl https://a.example --json '{\"a\": no}'", "post", Body("application/json", unread=True)),
        ("curl https://a.example --json ''", "post", Body("application/json")),
        ("curl --request=DELETE https://a.example", "delete", None),
    ],
)  # fmt: skip
def test_verbs_and_bodies(text: str, verb: str, body: Body | None) -> None:
    (command,) = commands(text)
    (call,) = calls_of(command, 0)
    assert (call.verb, call.body) == (verb, body)


def test_an_option_takes_its_value_and_no_more() -> None:
    (command,) = commands("curl -sSLo out.json -m 5 --retry 3 -u me:secret -k 'https://a.example/x?y=1&z' --compressed")
    (call,) = calls_of(command, 0)
    assert (call.host, call.path, call.query) == ("a.example", "/x", (("y", "1"), ("z", "")))
    assert call.headers == {"authorization": "Basic"}  # the rest of it is read by nobody
