"""The page about editors, `docs/editor.md`, and the spec that its tests write."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs" / "editor.md"
SPEC = """\
connector:
  title: Contoso Orders
  description: Reads the orders of Contoso.
  server: https://orders.contoso.example/v1

actions:
  ListOrders:
    request: GET /orders
    description: Lists the orders.
"""


def blocks(language: str) -> list[str]:
    """Returns the code blocks of the page in a language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
