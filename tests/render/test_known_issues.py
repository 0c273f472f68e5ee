"""What the author says people should know is among the known issues and limitations."""

from pathlib import Path

from connector_builder.app.docs import page_for
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.render.readme import intro, readme
from connector_builder.render.reference.writing import written
from connector_builder.source.folder import InMemory

SPEC = b"""\
connector:
  title: Orders
  description: Reads orders.
  server: https://api.contoso.example
  knownIssues: ["The service keeps ${DAYS:-90} days.", "Times are in *UTC*."]
auth: {type: none}
actions:
  ListOrders: {request: GET /orders, description: Lists the orders., response: {id: int}}
"""
LINES = [
    "",
    "- The service keeps 90 days.",
    "- Times are in \\*UTC\\*.",
    "- The platform allows 500 requests a minute for each connection.",
    "",
]


def test_the_known_issues_of_the_author() -> None:
    reading = compile_folder(InMemory(Path("orders"), {MAIN: SPEC}), MAIN, Variables())
    package = reading.package
    assert package is not None
    assert "knownIssues" not in package.definition["info"]
    for page, heading in ((readme, "Known Issues and Limitations"), (intro, "Known issues and limitations")):
        lines = page(package).decode().splitlines()
        at = lines.index(f"## {heading}") + 1
        assert lines[at : at + 5] == LINES
    reference = page_for(package)
    found = {name: content.decode() for name, content in written(reference, ("markdown", "html")).items()}
    part = found["README.md"].partition("\n## Known Issues and Limitations\n")[2].partition("\n## ")
    assert (part[0], part[2][:21]) == ("\n" + "\n".join(LINES[1:3]) + "\n", "Creating a connection")
    assert "<ul>\n<li>The service keeps 90 days.</li>\n<li>Times are in *UTC*.</li>\n</ul>" in found["index.html"]
