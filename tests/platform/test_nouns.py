"""The singular of nouns in names."""

import pytest

from connector_builder.platform.nouns import singular


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("orders", "order"),
        ("policies", "policy"),
        ("Boxes", "Box"),
        ("addresses", "address"),
        ("branches", "branch"),
        ("statuses", "status"),
        ("ids", "id"),
        ("status", "status"),
        ("address", "address"),
        ("analysis", "analysis"),
        ("as", "as"),
        ("data", "data"),
        ("", ""),
    ],
)
def test_the_singular_follows_from_the_ending(plural: str, one: str) -> None:
    assert singular(plural) == one


def test_people_are_persons() -> None:
    assert (singular("people"), singular("People")) == ("person", "Person")


def test_an_abbreviation_has_no_plural() -> None:
    assert [singular(word) for word in ("TLS", "MutualTLS", "URLs", "IDs")] == ["TLS", "MutualTLS", "URL", "ID"]
