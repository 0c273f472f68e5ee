import base64

import pytest

from connector_builder.secrets.known import data_without_known, forget, hidden, hide, masked, without_known

VALUE = "p@ss/wörd+1"


def test_a_known_secret_is_masked_in_every_form_in_which_it_is_sent() -> None:
    hide(VALUE)
    encoded = base64.b64encode(VALUE.encode()).decode()
    assert masked(f"a {VALUE} b p%40ss%2Fw%C3%B6rd%2B1 c {encoded} d") == "a REDACTED b REDACTED c REDACTED d"


def test_a_known_secret_is_masked_in_json() -> None:
    hide('say "wörd"')
    assert masked('{"a": "say \\"w\\u00f6rd\\"", "b": "say \\"wörd\\""}') == '{"a": "REDACTED", "b": "REDACTED"}'


@pytest.mark.parametrize(
    "written",
    [
        r"p@ss\/w\u00F6rd+1",  # JSON of PHP
        r"p@ss/w\u00f6rd\u002B1",  # JSON of .NET
        r"p@ss\\\/w\\u00f6rd\\u002b1",  # JSON in a text of JSON
        "p%40ss%2fw%c3%b6rd%2b1",
        "p%2540ss%252Fw%25C3%25B6rd%252B1",
        "p&#64;ss&#x2F;w&#246;rd&#x2b;1",
        "cEBzcy93w7ZyZCsx",
    ],
)
def test_a_known_secret_is_masked_in_the_notation_of_any_service(written: str) -> None:
    hide(VALUE)
    assert masked(f'"{written}"') == '"REDACTED"'


def test_quotes_blanks_and_line_breaks_of_a_secret() -> None:
    hide('a "b" &\\\nc')
    for written in (
        r"a \"b\" &\\\nc",
        "a+%22b%22+%26%5C%0Ac",
        "a &quot;b&quot; &amp;\\\nc",
        r"a \u0022b\u0022 \u0026\\\nc",
    ):
        assert masked(f"<{written}>") == "<REDACTED>"


def test_data_without_known_secrets() -> None:
    hide(VALUE)
    data = {"a": [VALUE, 1, None], f"x {VALUE}": {"b": f"the key is {VALUE}"}}
    assert data_without_known(data) == {"a": ["REDACTED", 1, None], "x REDACTED": {"b": "the key is REDACTED"}}


def test_a_secret_inside_another_is_masked_whole() -> None:
    hide("abcd")
    hide("abcdefgh")
    assert masked("x abcdefgh y") == "x REDACTED y"


def test_what_looks_like_a_secret_is_masked_as_well() -> None:
    assert (
        masked("https://a.blob.core.windows.net/c?sv=2021&sig=abc%2Bdef")
        == "https://a.blob.core.windows.net/c?sv=2021&sig=REDACTED"
    )


def test_short_values_and_forgotten_ones_stay() -> None:
    hide("abc")
    assert masked("abc") == "abc"
    hide("abcd")
    forget()
    assert masked("abcd") == "abcd"


def test_a_secret_is_hidden_while_a_block_runs() -> None:
    hide("planted-1 always")
    with hidden(["planted-1 always", "planted-2 here"]), hidden(["planted-2 here"]):
        assert without_known("planted-1 always, planted-2%20here") == "REDACTED, REDACTED"
    assert without_known("planted-1 always, planted-2 here") == "REDACTED, planted-2 here"
