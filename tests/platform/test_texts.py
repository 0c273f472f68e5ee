"""The table of texts that people see: each is a text of the documents, and none is told twice."""

import pytest

from connector_builder.platform.swagger.objects import PARAMETERS
from connector_builder.platform.texts import DESCRIPTION, TEXTS, TITLE, Text, texts_of
from connector_builder.rules.registry import SHAPES

SEEN = ("description", "x-ms-summary", "displayName", "tooltip")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text.key} of {text.kinds[0]}")
def test_a_text_stands_in_the_documents(text: Text) -> None:
    for kind in text.kinds:
        assert str in SHAPES[kind].keys[text.key].types


def test_a_text_of_an_object_has_one_row() -> None:
    places = [(kind, text.key) for text in TEXTS for kind in text.kinds]
    assert len(set(places)) == len(places)


def test_every_description_and_label_of_the_documents_is_listed() -> None:
    listed = {(kind, text.key) for text in TEXTS for kind in text.kinds}
    found = {(kind, key) for kind, shape in SHAPES.items() for key in SEEN if key in shape.keys}
    assert {kind for kind, _ in found - listed} == {
        "operation",  # its label is `summary`
        "unplaced parameter",
    }


def test_what_certification_asks_of_a_connector() -> None:
    assert (TITLE.least, TITLE.most) == (1, 30)
    assert (DESCRIPTION.least, DESCRIPTION.most) == (30, 500)
    assert list(texts_of("info")) == ["title", "description"]


def test_only_help_texts_are_sentences() -> None:
    assert {text.role for text in TEXTS if text.sentence} == {"help"}
    for place in PARAMETERS.values():
        assert [text.role for text in texts_of(place).values()] == ["label", "help"]
