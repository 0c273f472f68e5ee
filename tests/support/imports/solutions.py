"""Specs for the tests of `pack`, and what a packed solution contains."""

import io
import zipfile
from pathlib import Path

PARCELS = """\
connector:
  title: Parcel Tracker
  description: Reads the state of parcels of the Acme courier service.
  version: 1.0.0
  server: https://${environment:acme_ParcelHost}/v1
  publisher: Acme
  brandColor: "#1b6e53"
  solution:
    name: AcmeParcel
    title: Acme Parcel
    version: 1.0.0.1
    publisher: {title: Acme, optionPrefix: 27433}
    connectorId: 5b1f6b0e-7c0d-4a55-9d3b-2a3f0c9e7711
auth:
  sets:
    - {name: key, title: API key, type: apiKey, header: X-Acme-Key}
    - name: oauth
      title: Sign in
      type: aad
      clientId: 11111111-2222-3333-4444-555555555555
      resource: https://api.acme.example
      redirect: perConnector
environmentVariables:
  acme_ParcelHost: {title: Parcel API host, description: Host of the parcel API, default: api.acme.example}
policies:
  - setHeader: {name: Accept, value: application/json}
script: {file: script.csx, operations: [GetParcel]}
actions:
  GetParcel:
    request: GET /parcels/{code}
    description: Returns one parcel by its tracking code.
    response: {code: string, state: string}
"""
ORDERS = """\
connector:
  title: Orders
  description: Reads and writes orders of a small shop.
  version: 2.1.0
  server: https://api.contoso.example/v1
  publisher: Acme
auth: {type: apiKey, header: X-API-Key}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: {id: string}}
"""
SCRIPT = """\
public class Script : ScriptBase
{
    public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
}
"""


def write_specs(folder: Path, **specs: str) -> None:
    """Writes specs, each into a file of its name, and the script that one names."""
    folder.mkdir(exist_ok=True)
    for name, text in specs.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8", newline="\n")
    (folder / "script.csx").write_text(SCRIPT, encoding="utf-8", newline="\n")


def entries(content: bytes) -> dict[str, bytes]:
    """Returns the entries of a zip, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def files(folder: Path) -> dict[str, bytes]:
    """Returns the files below a folder by name."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def zipped(path: Path, contents: dict[str, bytes]) -> None:
    """Writes a zip with these entries, whatever their names are."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo("x")
            info.filename = name  # as it is, backslashes included
            archive.writestr(info, content)
