"""Runs yaml-language-server, as VS Code's YAML extension does: installs it from npm, and talks to it like an editor."""

import contextlib
import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

VERSION = "1.25.0"
SCRIPT = Path("node_modules", "yaml-language-server", "bin", "yaml-language-server")


class NotInstalledError(Exception):
    """The server can't be installed here; the message says why."""


def install(folder: Path) -> list[str]:
    """Returns the command of the server. Installs it in `folder` if it isn't there.

    The server is made elsewhere and moved in whole, so that an interrupted install leaves nothing incomplete behind.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise NotInstalledError("yaml-language-server needs node and npm, which aren't there")
    home = folder / f"yaml-language-server-{VERSION}"
    if not (home / SCRIPT).exists():
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as staging:
            made = Path(staging) / "server"
            made.mkdir()
            package = f"yaml-language-server@{VERSION}"
            options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--prefix", str(made)]
            try:
                subprocess.run(
                    [npm, "install", *options, package],
                    check=True, capture_output=True, encoding="utf-8", errors="replace", timeout=300,
                )  # fmt: skip
            except (subprocess.SubprocessError, OSError) as error:
                told = (getattr(error, "stderr", None) or str(error)).strip().splitlines() or ["no message"]
                raise NotInstalledError(f"yaml-language-server {VERSION} can't be installed: {told[-1]}") from error
            with contextlib.suppress(OSError):  # another run was faster
                made.rename(home)
    return [node, str(home / SCRIPT), "--stdio"]


@dataclass(slots=True)
class Editor:
    """An editor with one folder. It sends requests and documents, answers the server's, and waits a bounded time."""

    process: subprocess.Popen[bytes]
    settings: dict[str, Any]
    patience: float = 60.0
    _sent: int = 0
    _messages: queue.Queue[dict[str, Any] | None] = field(default_factory=queue.Queue)

    def start(self, folder: Path) -> None:
        threading.Thread(target=self._listen, daemon=True).start()
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"publishDiagnostics": {}}}
        uri = folder.as_uri()
        self.request("initialize", {"processId": os.getpid(), "rootUri": uri, "capabilities": capabilities})
        self.notify("initialized", {})
        self.notify("workspace/didChangeConfiguration", {"settings": None})
        # The server would check a document that is opened before it has its settings without a schema.
        self._answer(self._wait(lambda one: one.get("method") == "workspace/configuration"))

    def diagnostics(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Opens a document. Returns the server's diagnostics, sorted by place."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        told = self._wait(lambda one: one.get("method") == "textDocument/publishDiagnostics" and _is_of(one, path))
        found: list[dict[str, Any]] = told["params"]["diagnostics"]
        return sorted(found, key=lambda one: (one["range"]["start"]["line"], one["range"]["start"]["character"]))

    def completion(self, path: Path, line: int, character: int) -> dict[str, dict[str, Any]]:
        """Returns the completions at a place (both numbers from 0), by label."""
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
        return {item["label"]: item for item in self.request("textDocument/completion", place)["items"]}

    def hover(self, path: Path, line: int, character: int) -> str:
        place = {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": character}}
        return str(self.request("textDocument/hover", place)["contents"]["value"])

    def request(self, method: str, params: Any) -> Any:
        self._sent += 1
        number = self._sent
        self._send({"id": number, "method": method, "params": params})
        answer = self._wait(lambda one: one.get("id") == number and "method" not in one)
        assert "error" not in answer, answer
        return answer["result"]

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def _wait(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Returns the first message that `wanted` accepts. Answers the server's requests meanwhile."""
        while True:
            try:
                message = self._messages.get(timeout=self.patience)
            except queue.Empty:
                raise AssertionError(f"the language server said nothing for {self.patience} s") from None
            assert message is not None, "the language server ended"
            if wanted(message):
                return message
            if "id" in message and "method" in message:
                self._answer(message)

    def _answer(self, request: dict[str, Any]) -> None:
        """Answers a request of the server: for the editor's settings, or to be notified of changes."""
        result = None
        if request["method"] == "workspace/configuration":
            result = [self.settings.get(item["section"]) for item in request["params"]["items"]]
        self._send({"id": request["id"], "result": result})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode("ascii")
        pipe = self.process.stdin
        assert pipe is not None
        pipe.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        pipe.flush()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with contextlib.suppress(OSError, ValueError):
            while (message := _receive(self.process.stdout)) is not None:
                self._messages.put(message)
        self._messages.put(None)


def _receive(pipe: IO[bytes]) -> dict[str, Any] | None:
    """Returns the next message; None if the server has ended."""
    length = 0
    while (line := pipe.readline()) not in (b"", b"\r\n"):
        name, _, value = line.partition(b":")
        length = int(value) if name.lower() == b"content-length" else length
    content = pipe.read(length)
    return json.loads(content) if content else None


def _is_of(message: dict[str, Any], path: Path) -> bool:
    # On Windows the server writes a drive's letter small, and its colon as %3A.
    return str(message["params"]["uri"]).endswith("/" + path.name)


@contextlib.contextmanager
def editing(command: list[str], folder: Path, settings: dict[str, Any]) -> Iterator[Editor]:
    """Yields an editor that has opened `folder`. The server ends with the block."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=folder, **pipes) as process:
        try:
            editor = Editor(process, settings)
            editor.start(folder)
            yield editor
        finally:
            process.kill()
