"""Makes zips from the lines by which examples describe them: solutions, and submissions for certification.

Each line is an entry, with the zips that it is in: `package.zip/PkgAssets/ConnectorSolution.zip: connector`. What follows the colon is the content:

- `connector`: a solution with one connector, `acme_orders`; `other connector` has another one, and `connector and flow` a flow too.
- `… without NAME`, `… with NAME`, `… managed`: the same without or with an entry (a folder where NAME ends in `/`), or managed. `with redirect` and
  `with policies` are a redirect URL of one environment, and a file of policies that is empty.
- For `intro.md`: all headings that certification wants, `without` one.

An archive of the one line `connector …` is that solution itself.
"""

import io
import re
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from connector_builder.app.pack.built import BuiltConnector, build_one
from connector_builder.app.pack.together import solution_of
from connector_builder.app.shared.targets import Kind, Target
from connector_builder.checks.engine import Checks
from connector_builder.language import Variables
from connector_builder.platform.certification.submission import HEADINGS
from connector_builder.render.solution.files import solution_zip
from tests.support.imports.solutions import ORDERS

_CHANGE = re.compile(r" (without|with) (\S+(?: \S+)*?)(?= without | with | managed|$)")
_EMPTY = b'<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><SolutionManifest></SolutionManifest></ImportExportXml>'
_AUTH = """\
auth:
  type: oauth2
  clientId: orders
  authorizationUrl: https://login.contoso.example/authorize
  tokenUrl: https://login.contoso.example/token
  redirect: perConnector
"""
_FLOW = """\
  <Workflows>
    <Workflow WorkflowId="{4f3c1f0e-0000-4000-8000-000000000001}" Name="Test">
      <JsonFileName>/Workflows/Test.json</JsonFileName>
      <Category>5</Category>
    </Workflow>
  </Workflows>
"""


def archive_of(lines: str) -> bytes:
    """Returns the zip that lines describe."""
    first = lines.strip().splitlines()[0]
    if re.match(r"(?:other )?connector\b", first):
        return _zip(solution(first))
    tree: dict[str, str] = {}
    for line in lines.strip().splitlines():
        name, _, content = line.partition(": ")
        tree[name] = content
    return _zip(_contents(tree))


def _contents(tree: dict[str, str]) -> dict[str, bytes]:
    """Returns the entries of a zip; what is below a `.zip` becomes one."""
    contents: dict[str, bytes] = {}
    nested: dict[str, dict[str, str]] = {}
    for name, content in tree.items():
        outer, end, inner = name.partition(".zip/")
        if end:
            nested.setdefault(f"{outer}.zip", {})[inner] = content
        else:
            contents[name] = _content(name, content)
    return contents | {name: _zip(_contents(inner)) for name, inner in nested.items()}


def _content(name: str, said: str) -> bytes:
    if name == "intro.md":
        left_out = said.removeprefix("without ")
        headings = "".join(f"## {heading}\n\nText.\n\n" for heading in HEADINGS if heading != left_out)
        return f"This connector reads orders of a shop.\n\n{headings}".encode()
    if name.endswith(".zip"):
        return _zip(solution(said))
    return _EMPTY if name.endswith(".xml") else b"{}"


def solution(said: str) -> dict[str, bytes]:
    """Returns the entries of a solution that words describe."""
    title = "Returns" if said.startswith("other ") else "Orders"
    entries = dict(_connector(title, signs_in="with redirect" in said))
    if " and flow" in said:
        entries["customizations.xml"] = entries["customizations.xml"].replace(
            b"  <Workflows></Workflows>\n", _FLOW.encode()
        )
        entries["Workflows/Test.json"] = b'{"properties": {}}'
    if said.endswith(" managed"):
        entries["solution.xml"] = entries["solution.xml"].replace(b"<Managed>0<", b"<Managed>1<")
    for how, name in _CHANGE.findall(said):
        if how == "without":
            entries = {one: content for one, content in entries.items() if one != name and not one.startswith(name)}
        elif name == "redirect":
            parameters = "Connector/acme_orders_connectionparameters.json"
            mode = b'"redirectMode":"GlobalPerConnector"'
            entries[parameters] = entries[parameters].replace(mode, mode + b',"redirectUrl":"https://own.example"')
        elif name == "policies":
            element = b"<policytemplateinstances>/Connector/acme_orders_policytemplateinstances.json</policytemplateinstances>"
            entries["customizations.xml"] = entries["customizations.xml"].replace(
                b"      <iconblob>", b"      " + element + b"\n      <iconblob>"
            )
            entries["Connector/acme_orders_policytemplateinstances.json"] = b"[]"
        else:
            entries[name] = b"{}"
    return entries


@cache
def _connector(title: str, *, signs_in: bool) -> dict[str, bytes]:
    text = ORDERS.replace("title: Orders", f"title: {title}")
    text = text.replace("auth: {type: apiKey, header: X-API-Key}\n", _AUTH) if signs_in else text
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "orders.yaml"
        spec.write_text(text, encoding="utf-8")
        built = build_one(Target(spec, Kind.SPEC), Variables(), Checks(), "error")
    assert isinstance(built, BuiltConnector)
    packed, _ = solution_of([built], name=None, managed=False)
    return solution_zip(packed)


def _zip(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in contents.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()
