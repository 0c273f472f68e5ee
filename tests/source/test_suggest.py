import pytest

from connector_builder.source.suggest import is_near


@pytest.mark.parametrize(
    ("word", "other", "near"),
    [
        ("HOST", "HOST", True),
        ("HOTS", "HOST", True),
        ("HOSTS", "HOST", True),
        ("HST", "HOST", False),  # too short for more than its case
        ("Host", "HOST", True),
        ("host", "HSOT", True),
        ("CLIENT_ID", "clientId", True),
        ("CLIENTIDS", "CLIENT_ID", True),
        ("TENANT", "TENAMT", True),
        ("TENANT", "TEMAMT", False),
        ("HOST1", "HOST2", False),
        ("HOST1", "HOST", False),
        ("APP", "API", False),
        ("app", "APP", True),
        ("OHTS", "HOST", False),
    ],
)
def test_a_typo_of_another_word(word: str, other: str, near: bool) -> None:
    assert is_near(word, other) is near
    assert is_near(other, word) is near
