"""An explanation as lines and as data."""

from connector_builder.platform.service_errors import Area, Evidence, Explanation
from connector_builder.render.explanations import explanation_data, explanation_lines

ONE = Explanation(
    "OrderNotFound",
    "there is no such order",
    "The service has no order with this number, and so it can't return one.",
    ("The number is wrong.", "The order was deleted."),
    ("List the orders.",),
    Area.GENERAL,
    Evidence.CLIENTS,
    ("https://contoso.example/errors",),
)


def test_the_lines_say_what_it_is_why_and_what_to_do() -> None:
    assert explanation_lines(ONE, ["The host is 'a.example'."], bold=str.upper, width=40) == [
        "ORDERNOTFOUND: there is no such order",
        "  The service has no order with this",
        "  number, and so it can't return one.",
        "  USUAL CAUSES:",
        "    1. The number is wrong.",
        "    2. The order was deleted.",
        "  WHAT TO DO:",
        "    List the orders.",
        "  YOUR SPEC:",
        "    The host is 'a.example'.",
        "  MORE:",
        "    https://contoso.example/errors",
    ]


def test_the_data_has_the_same() -> None:
    assert explanation_data(ONE) == {
        "code": "OrderNotFound",
        "title": "there is no such order",
        "meaning": "The service has no order with this number, and so it can't return one.",
        "causes": ["The number is wrong.", "The order was deleted."],
        "cures": ["List the orders."],
        "area": "Every service",
        "evidence": "open-source clients handle it",
        "sources": ["https://contoso.example/errors"],
    }
    assert explanation_data(ONE, ["The host is 'a.example'."])["spec"] == ["The host is 'a.example'."]
