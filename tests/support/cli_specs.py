"""A spec without defects, and a way to give it some."""

from pathlib import Path

SPEC = """\
connector:
  title: Contoso Orders
  description: Lists the orders of a Contoso shop.
  server: https://api.contoso.example/v1
auth: {type: none}
actions:
  ListOrders:
    request: GET /orders
    description: Lists the orders.
    response: {fields: {id: The number of the order.}}
"""


def changed(path: Path, old: str, new: str) -> None:
    """Replaces a text that occurs once in a file."""
    content = path.read_text(encoding="utf-8")
    assert content.count(old) == 1
    path.write_text(content.replace(old, new), encoding="utf-8", newline="\n")
