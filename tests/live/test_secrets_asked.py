import pytest

from connector_builder.live.errors import WronglyAsked
from connector_builder.live.secrets import secret
from connector_builder.secrets.known import masked

NAMES = ("AZURE_CLIENT_SECRET", "POWER_PLATFORM_CLIENT_SECRET")


def test_the_first_variable_that_is_set_counts() -> None:
    environment = {"AZURE_CLIENT_SECRET": "", "POWER_PLATFORM_CLIENT_SECRET": "from-the-environment"}
    assert secret("client secret", NAMES, environment, prompt=lambda _: "asked") == "from-the-environment"
    assert masked("from-the-environment") == "REDACTED"


def test_a_person_is_asked() -> None:
    assert secret("client secret", NAMES, {}, prompt=lambda what: f"my {what}") == "my client secret"


def test_standard_input_counts_before_all_else() -> None:
    assert secret("client secret", NAMES, {NAMES[0]: "x"}, stdin=lambda: "piped\r\n") == "piped"


def test_nobody_to_ask() -> None:
    with pytest.raises(WronglyAsked) as raised:
        secret("client secret", NAMES, {})
    assert (raised.value.message, raised.value.help) == (
        "the client secret is missing",
        "set the variable AZURE_CLIENT_SECRET",
    )


@pytest.mark.parametrize(("value", "what"), [("\n", "empty"), ("x" * 100_001, "too long")])
def test_no_secret(value: str, what: str) -> None:
    with pytest.raises(WronglyAsked) as raised:
        secret("client secret", NAMES, {}, stdin=lambda: value)
    assert raised.value.message == f"the client secret of standard input is {what}"
