"""Requests of PowerShell as browsers and documentation write them: values, variables, and what they show of an API."""

from typing import Any

import pytest

from connector_builder.sources.captures.call import Body, Call
from connector_builder.sources.captures.commands import calls_in, commands
from connector_builder.sources.captures.powershell import requests

FORM = "application/x-www-form-urlencoded"


def only(text: str) -> Call:
    (call,) = calls_in(text)
    return call


def body(text: str) -> Any:
    """Returns the JSON of a request whose body is what `text` makes of `$body`."""
    return only(
        f"{text}\nInvoke-RestMethod -Method Post -Uri https://a.example/x -ContentType application/json -Body $body"
    ).body


BROWSER = """\
$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\r
$session.UserAgent = "Mozilla/5.0"\r
$session.Cookies.Add((New-Object System.Net.Cookie("sid", "hunter2", "/", "a.example")))\r
Invoke-WebRequest -UseBasicParsing -Uri "https://a.example/orders?top=5" `\r
-Method "POST" `\r
-WebSession $session `\r
-Headers @{\r
"authority"="a.example"\r
  "method"="POST"\r
  "accept"="*/*"\r
  "sec-ch-ua"="`"Chromium`";v=`"120`""\r
} `\r
-ContentType "application/json" `\r
-Body ([System.Text.Encoding]::UTF8.GetBytes("{`"name`":`"Caf$([char]233) $([char]55357)$([char]56832)`"}"))\r
"""


def test_a_request_that_a_browser_copied() -> None:
    call = only(BROWSER)
    assert (call.verb, call.host, call.path, call.query) == ("post", "a.example", "/orders", (("top", "5"),))
    assert call.body == Body("application/json", {"name": "Café 😀"})
    assert call.headers["sec-ch-ua"] == '"Chromium";v="120"'
    assert sorted(call.headers) == ["accept", "content-type", "cookie", "sec-ch-ua"]
    assert "hunter2" not in repr(call)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-Uri https://a.example/x", ("get", "/x", ())),
        ("https://a.example/x -Method Put", ("put", "/x", ())),
        ("-Uri:https://a.example/x -CustomMethod SEARCH", ("search", "/x", ())),
        ("-Meth Delete 'https://a.example/it''s'", ("delete", "/it's", ())),
        ('"https://a.example/`$x?a=1"', ("get", "/$x", (("a", "1"),))),
        ('"https://a.example/$id/${name}/$($o.key)/$env:TENANT"', ("get", "/${id}/${name}/${key}/${TENANT}", ())),
        ("https://a.example/$id/lines", ("get", "/${id}/lines", ())),
        ("https://a.example/orders/{id}", ("get", "/orders/{id}", ())),
        ("('https://a.example/' + $id)", ("get", "/${id}", ())),
        ("('{0}/x/{1}' -f 'https://a.example', $id)", ("get", "/x/${id}", ())),
        ("https://a.example/x -Body @{ q = 'secret'; top = 5 }", ("get", "/x", (("q", "secret"), ("top", "5")))),
        ("https://a.example/x\n  -Method Post", ("post", "/x", ())),
        ("\u2013Uri \u201chttps://a.example/x\u201d", ("get", "/x", ())),
        ("-Uri https://a.example/x -Method ([Microsoft.PowerShell.Commands.WebRequestMethod]::Patch)", ("patch", "/x", ())),
        ("-Verbose -TimeoutSec 5 https://a.example/x | ConvertTo-Json", ("get", "/x", ())),
        ("-Uri (Get-Address)", ("get", "/", ())),
    ],
)  # fmt: skip
def test_addresses_and_verbs(text: str, expected: tuple[Any, ...]) -> None:
    call = only(f"Invoke-RestMethod {text}")
    assert (call.verb, call.path, call.query) == expected


def test_a_variable_is_put_in_where_it_is_an_address_and_else_stays_one() -> None:
    text = '$base = "https://a.example"\n$path = "/orders"\n$id = "secret"\n$uri = "$base$path/$id"\nirm $uri'
    assert (only(text).host, only(text).path) == ("a.example", "/orders/${id}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$body = @{ a = 1; b = @('x', \"y\"); c = @{ d = $true; e = $null }; f = -1.5 } | ConvertTo-Json -Depth 5",
         {"a": 1, "b": ["x", "y"], "c": {"d": True, "e": None}, "f": -1.5}),
        ("$o = [ordered]@{\n  a = 1\n  'b c' = $x # note\n}\n$body = ConvertTo-Json -InputObject $o -Compress", {"a": 1, "b c": "${x}"}),
        ('$body = @"\n{ "a": "$x", `"b`": 1 }\n"@', {"a": "${x}", "b": 1}),
        ("$body = @'\n{ \"a\": \"$x\" }\n'@", {"a": "$x"}),
        ("$body = @{ a = 1 }", {"a": 1}),
        ("$body = @(@{ a = 1 }, @{ a = 2 }) | ConvertTo-Json", [{"a": 1}, {"a": 2}]),
        ("$list = @(1) + 2\n$body = @{ a = $list; b = $list[0] } | ConvertTo-Json", {"a": [1, 2], "b": 1}),
        ("$t = @{ x = 'y' }\n$body = @{ at = Get-Date -Format o; a = $t.x } | ConvertTo-Json", {"at": "", "a": "y"}),
        ("$body = New-Object PSObject -Property @{ a = [int]'5' } | ConvertTo-Json", {"a": "5"}),
        ("$body = @{}\n$body['a'] = 1\n$body.b = 2\n$body.Add('c', 3)\n$body += @{ d = 4 }", {"a": 1, "b": 2, "c": 3, "d": 4}),
        ("$body = @{ a = 1 }\n$body = @{ x = $body; y = $body } | ConvertTo-Json", {"x": {"a": 1}, "y": {"a": 1}}),
    ],
)  # fmt: skip
def test_bodies(text: str, expected: Any) -> None:
    assert body(text) == Body("application/json", expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-Form @{ title = 'hunter2'; file = Get-Item ./a.png }", Body("multipart/form-data", None, (("title", False), ("file", True)))),
        ("-Body @{ a = 'hunter2' }", Body(FORM, None, (("a", False),))),
        ("-Body 'a=hunter2&b=1'", Body(FORM, None, (("a", False), ("b", False)))),
        ("-Body '{\"a\": no}'", Body("application/json", unread=True)),
        ("-InFile ./a.bin -ContentType 'image/png'", Body("image/png")),
        ("-Body (Get-Content ./a.bin)", Body("application/octet-stream")),
        ("", None),
    ],
)  # fmt: skip
def test_bodies_that_are_no_json(text: str, expected: Body | None) -> None:
    assert only(f"irm https://a.example -Method Post {text}").body == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-Headers @{ Authorization = \"Bearer $token\" }", {"authorization": "Bearer ${token}"}),
        ("-Authentication Bearer -Token $token", {"authorization": "Bearer"}),
        ("-Credential (Get-Credential)", {"authorization": "Basic"}),
        ("-Headers @{ Authorization = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes('me:hunter2')) }", {"authorization": "Basic ${value}"}),
        ("-Headers $h", {"x-key": "1"}),
        ("-WebSession $s", {"accept": "*/*", "cookie": ""}),
    ],
)  # fmt: skip
def test_headers(text: str, expected: dict[str, str]) -> None:
    before = (
        '$h = New-Object "System.Collections.Generic.Dictionary[[String],[String]]"\n$h.Add("X-Key", "1")\n'
        "$s = [Microsoft.PowerShell.Commands.WebRequestSession]::new()\n$s.Headers['Accept'] = '*/*'\n"
        "$s.Cookies.Add((New-Object System.Net.Cookie('a', 'hunter2')))\n"
    )
    assert only(f"{before}irm https://a.example/x {text}").headers == expected


def test_splatting() -> None:
    call = only(
        "$p = @{\n  Uri = 'https://a.example/x'\n  Method = 'Post'\n}\n$r = Invoke-RestMethod @p -ContentType text/plain"
    )
    assert (call.verb, call.path, call.headers) == ("post", "/x", {"content-type": "text/plain"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# List\nirm https://a.example/1\n\n# Get\n$r = irm https://a.example/2", ["List /1", "Get /2"]),
        ("# Make\n$b = @{ a = 1 }\nirm https://a.example/1\n\nirm https://a.example/2", ["Make /1", " /2"]),
        ("$r = (Invoke-RestMethod https://a.example/1).value | Where-Object { $_.x }", [" /1"]),
        ("foreach ($o in $all) { irm https://a.example/1; irm https://a.example/2 }", [" /1", " /2"]),
        ("curl https://a.example/1\ncurl -Uri https://a.example/2 -Method Post\nirm https://a.example/3", [" /1", " /2", " /3"]),
        ("irm https://a.example/1 -Method Post -Body 'curl https://b.example'", [" /1"]),
        ("Write-Host 'irm https://a.example/1'\n<# irm https://a.example/2 #>\n# irm https://a.example/3", []),
        ("$p = @{\n  Uri = 1\nirm https://a.example/1", [" /1"]),
        ("curl --silent", [" /"]),
    ],
)  # fmt: skip
def test_which_commands_are_requests(text: str, expected: list[str]) -> None:
    assert [f"{call.summary} {call.path}" for call in calls_in(text)] == expected


def test_places() -> None:
    text = "x\nirm https://a.example/1 -Method Put\ncurl https://a.example/2"
    assert [text[one.start : one.end] for one in commands(text)] == [
        "irm https://a.example/1 -Method Put",
        "curl https://a.example/2",
    ]


@pytest.mark.parametrize(
    "part", ["$a = @{", "@{a=", "$(", '"$(', "[a]", "[", ",", ".b(", "irm ", "<# ", '"', '@"\n', "-a ", "$a["]
)
def test_any_text_is_read_to_its_end(part: str) -> None:
    assert not any(call.host for call in calls_in("$x = " + part * 2_000))
    list(requests("irm " + part * 2_000))


def test_what_variables_multiply_is_limited() -> None:
    table = "$a = @{ x = 1 }\n" + "$a = @{ x = $a; y = $a }\n" * 60
    text = (
        table + "$b = 'https://a.example/'\n" + '$b = "$b$b"\n' * 60 + "irm $b -Method Post -Body ($a | ConvertTo-Json)"
    )
    (request,) = requests(text)
    assert request.texts.left < 0
    assert len(repr(request.parameters)) < 4_000_000
