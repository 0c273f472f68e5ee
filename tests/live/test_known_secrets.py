import base64

from connector_builder.secrets.known import forget, hide, masked

VALUE = "p@ss/wörd+1"


def test_a_known_secret_is_masked_in_every_form_in_which_it_is_sent() -> None:
    hide(VALUE)
    encoded = base64.b64encode(VALUE.encode()).decode()
    assert masked(f"a {VALUE} b p%40ss%2Fw%C3%B6rd%2B1 c {encoded} d") == "a REDACTED b REDACTED c REDACTED d"


def test_a_known_secret_is_masked_in_json() -> None:
    hide('say "wörd"')
    assert masked('{"a": "say \\"w\\u00f6rd\\"", "b": "say \\"wörd\\""}') == '{"a": "REDACTED", "b": "REDACTED"}'


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
