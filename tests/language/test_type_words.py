"""Types as people write them in other languages: what they mean, and that a description isn't taken for one."""

import pytest

from connector_builder.language.type_words import LONGEST, meant_list, meant_type


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("array of string", "[string]"),
        ("a list of strings", "[string]"),
        ("List of strings", "[string]"),
        ("Arrays of Order", "[Order]"),
        ("list of Orders", "[Order]"),
        ("list of dates", "[date]"),
        ("set of list of text", "[[string]]"),
        ("array<string>", "[string]"),
        ("Array<array<int>>", "[[int]]"),
        ("List[str]", "[string]"),
        ("string array", "[string]"),
        ("Order[][]", "[[Order]]"),
        ("[]string", "[string]"),
        ("string or null", "string"),
        ("date-time | null", "datetime"),
        ("nullable int", "int"),
        ("Optional[str]", "string"),
        ("string?", "string"),
    ],
)
def test_a_type_in_words(text: str, meant: str) -> None:
    assert meant_type(text, {"Order"}) == meant


@pytest.mark.parametrize(
    "text",
    [
        "The order.",
        "A list of strings.",
        "List of dates",  # begins with a capital, as descriptions do
        "List of Orders",
        "list of names",
        "list of",
        "file list",
        "order list",
        "string of characters",
        "string",
        "[]",
        "",
    ],
)
def test_a_description(text: str) -> None:
    assert meant_type(text, {"Order"}) is None


@pytest.mark.parametrize(("text", "meant"), [("Order[]", "[Order]"), ("List<Name>", "[Name]"), ("two words[]", None)])
def test_a_list_of_unknown_names(text: str, meant: str | None) -> None:
    assert meant_list(text) == meant


def test_a_long_text_is_none() -> None:
    assert meant_type("list of " * LONGEST + "string") is None
    assert meant_list("[]" * LONGEST) is None
