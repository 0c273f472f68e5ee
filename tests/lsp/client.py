"""A small client of the language server protocol, over pipes."""

import json
import queue
import subprocess
import sys
import threading
from typing import Any

SECONDS = 20
"""How long a test waits for an answer before it fails."""


class Client:
    """A running server. `published` has the last diagnostics of each address."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "connector_builder", "lsp"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._inbox: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._last = 0
        self.published: dict[str, list[dict[str, Any]]] = {}
        self.shown: list[str] = []
        self.registered: list[dict[str, Any]] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def request(self, method: str, params: Any) -> Any:
        """Sends a request, and returns its answer: the result, or the error as `{"error": …}`."""
        self._last += 1
        number = self._last
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self._next()
            if message.get("id") == number and "method" not in message:
                return message["result"] if "result" in message else {"error": message["error"]}

    def notify(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def send(self, message: dict[str, Any]) -> None:
        self.raw(json.dumps({"jsonrpc": "2.0", **message}).encode())

    def raw(self, content: bytes) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        self._process.stdin.flush()

    def open(self, uri: str, text: str) -> None:
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, uri: str, text: str, version: int = 2) -> None:
        self.notify(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": version}, "contentChanges": [{"text": text}]},
        )

    def close(self, uri: str) -> None:
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri: str) -> list[dict[str, Any]]:
        """Returns the next diagnostics that the server publishes for a file."""
        self.published.pop(uri, None)
        while uri not in self.published:
            self._next()
        return self.published[uri]

    def end(self) -> int:
        """Ends the server as an editor does, and returns its exit status."""
        self.request("shutdown", None)
        self.notify("exit", None)
        return self._ended()

    def kill(self) -> None:
        self._process.kill()
        self._ended()

    def _ended(self) -> int:
        status = self._process.wait(SECONDS)
        self._reader.join(SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            stream.close()
        return status

    def _next(self) -> dict[str, Any]:
        message = self._inbox.get(timeout=SECONDS)
        assert message is not None, "the server ended"
        if message.get("method") == "textDocument/publishDiagnostics":
            self.published[message["params"]["uri"]] = message["params"]["diagnostics"]
        if message.get("method") == "client/registerCapability":
            self.registered += message["params"]["registrations"]
            self.send({"id": message["id"], "result": None})
        if message.get("method") == "window/showMessage":
            self.shown.append(message["params"]["message"])
        return message

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
            content = stream.read(length)
            if not content:
                self._inbox.put(None)
                return
            self._inbox.put(json.loads(content))
