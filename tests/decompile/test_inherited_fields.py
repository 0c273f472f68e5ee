"""A field that doesn't have what the top level's `fields` say of its name."""

from typing import Any

from connector_builder.language.decompile.schemas.fields import _inherited


def test_nulls_are_in_the_order_of_the_top_level() -> None:
    template = dict.fromkeys(("minimum", "maximum", "multipleOf", "pattern", "minLength", "maxLength", "default"), 1)
    entries: dict[str, Any] = {"type": "int"}
    _inherited(template, {"type": "integer"}, entries)
    assert list(entries) == ["type", *template]
