"""Stand-ins for the servers that paconn talks to: the Power Apps service, and the blob storage of icons and scripts.

The service is plain HTTP, which paconn accepts in `powerAppsUrl`. The storage must be HTTPS under a name of the form
`account.blob.suffix`. So paconn reaches it through a proxy that answers CONNECT itself, and speaks TLS with a
certificate made for the run. Both run on 127.0.0.1, record every request, and contact no other server.
"""

import json
import socketserver
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self
from urllib.parse import parse_qsl, urlsplit

from tests.support.programs.certificate import certify

LOOPBACK = "127.0.0.1"
MAX_BODY = 16 * 1024 * 1024
SERVICE = "/providers/Microsoft.PowerApps/"
ENVIRONMENTS = "/providers/Microsoft.ProcessSimple/environments"
BLOB_HOST = "standin.blob.core.windows.net"
CONTAINER = f"https://{BLOB_HOST}/connectors"
SIGNATURE = "sig=REDACTED"


@dataclass(frozen=True, slots=True)
class Request:
    """A request: `host` as the client names it, header names in lower case."""

    method: str
    host: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def line(self) -> str:
        return f"{self.method} {self.path}"

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """A status, with a body and headers."""

    status: int
    body: bytes = b""
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, value: Any, status: int = 200) -> Self:
        return cls(status, json.dumps(value).encode("utf-8"))


class Handler(BaseHTTPRequestHandler):
    """Reads a request, records it, and writes the server's reply."""

    server: "StandIn"
    protocol_version = "HTTP/1.1"
    timeout = 10  # seconds before a silent connection ends

    def respond(self) -> None:
        size = int(self.headers.get("Content-Length", "0"))
        if size > MAX_BODY:
            self.close_connection = True
            self.write(Reply(413))
            return
        target = urlsplit(self.path)  # through a proxy, http:// comes as a whole address
        request = Request(
            method=self.command,
            host=target.netloc or self.headers.get("Host", ""),
            path=target.path,
            query=dict(parse_qsl(target.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(size),
        )
        self.server.requests.append(request)
        self.write(self.server.reply(request))

    do_GET = do_POST = do_PUT = do_PATCH = respond  # noqa: N815 - the names that the base class looks for

    def write(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        pass  # the requests are recorded


class ProxyHandler(Handler):
    """A proxy that plays the other end too: after CONNECT it speaks TLS on the same connection."""

    server: "BlobStorage"

    def do_CONNECT(self) -> None:
        host = self.path.removesuffix(":443")
        self.server.tunnels.append(host)
        if host != BLOB_HOST:
            self.close_connection = True
            self.write(Reply(403))
            return
        self.send_response(200)
        self.end_headers()
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb")
        self.close_connection = False

    def finish(self) -> None:
        super().finish()
        self.connection.close()


class StandIn(socketserver.ThreadingTCPServer):
    """A server on a free port; `with` runs it, and ends it with all its connections.

    It isn't an `http.server.HTTPServer`, because that asks the system's resolver for its own name.
    """

    handler: ClassVar[type[Handler]] = Handler

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), self.handler)
        self.requests: list[Request] = []
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.server_address[1]}"

    @property
    def lines(self) -> list[str]:
        """Returns the requests so far, as `METHOD path`."""
        return [request.line for request in self.requests]

    def reply(self, request: Request) -> Reply:
        raise NotImplementedError

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()


class PowerApps(StandIn):
    """The part of the Power Apps service that paconn 0.0.21 calls. It keeps connectors by id."""

    def __init__(self) -> None:
        super().__init__()
        self.connectors: dict[str, dict[str, Any]] = {}

    def reply(self, request: Request) -> Reply:
        match request.method, request.path.removeprefix(SERVICE).split("/"):
            case "POST", ["objectIds", _, "validateApiSwagger"]:
                return Reply(200)
            case "POST", ["objectIds", _, "generateResourceStorage"]:
                return Reply.of({"sharedAccessSignature": f"{CONTAINER}?{SIGNATURE}"})
            case "POST", ["apis"]:
                name = f"shared_stand-20in-5f{len(self.connectors) + 1:016x}"
                self.connectors[name] = request.json()["properties"]
                return Reply.of({"name": name}, 201)
            case "GET", ["apis"]:
                return Reply.of({"value": []})
            case "PATCH", ["apis", name] if name in self.connectors:
                self.connectors[name] |= request.json()["properties"]
                return Reply.of({"name": name})
            case "GET", ["apis", name] if name in self.connectors:
                return Reply.of({"name": name, "properties": self._shown(name)})
            case "GET", ["", "definitions", name] if name in self.connectors:
                return Reply.of(self.connectors[name]["openApiDefinition"])
            case "GET", _ if request.path == ENVIRONMENTS:
                return Reply.of({"value": [{"name": "Default-1", "properties": {"displayName": "Contoso"}}]})
        return Reply.of({"error": {"code": "NotFound", "message": request.line}}, 404)

    def _shown(self, name: str) -> dict[str, Any]:
        """Returns the properties of a download: no secret, the definition by address, no script if there is none."""
        stored = json.dumps(self.connectors[name])
        shown: dict[str, Any] = json.loads(stored, object_hook=_without_secret)
        del shown["openApiDefinition"]
        if shown["scriptDefinitionUrl"] == "":
            del shown["scriptDefinitionUrl"]
        return shown | {"apiDefinitions": {"originalSwaggerUrl": f"{self.url}/definitions/{name}"}}


def _without_secret(value: dict[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in value.items() if key != "clientSecret"}


class BlobStorage(StandIn):
    """The storage behind its proxy: `blobs` by path; `tunnels` are the hosts that CONNECT named."""

    handler = ProxyHandler

    def __init__(self, folder: Path) -> None:
        """Writes the certificate and its key into `folder`."""
        super().__init__()
        self.blobs: dict[str, bytes] = {}
        self.tunnels: list[str] = []
        certificate, key = certify(BLOB_HOST)
        self.certificate = folder / "certificate.pem"
        self.certificate.write_bytes(certificate)
        (folder / "key.pem").write_bytes(key)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.certificate, folder / "key.pem")

    @property
    def hosts(self) -> set[str]:
        """Returns every host that was requested through the proxy."""
        return {*self.tunnels, *(request.host for request in self.requests)}

    def reply(self, request: Request) -> Reply:
        if request.host == BLOB_HOST and request.query == dict(parse_qsl(SIGNATURE)):
            if request.method == "PUT":
                self.blobs[request.path] = request.body
                return Reply(201, headers={"ETag": '"1"', "Last-Modified": "Sat, 01 Jan 2000 00:00:00 GMT"})
            if request.method == "GET" and request.path in self.blobs:
                return Reply(200, self.blobs[request.path], "application/octet-stream")
        return Reply(403)
