"""What `call` prints: an answer, what became of the items of a list, and the change of a spec."""

import json
import re
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connector_builder.cli import console
from connector_builder.findings.wording import counted
from connector_builder.report.escape import json_text, terminal

if TYPE_CHECKING:
    from connector_builder.app.live.call.each import Outcome, Summary
    from connector_builder.app.live.call.sending import Answered

_TOKENS = re.compile(
    r'(?P<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*")|(?P<word>-?\b\d[\d.eE+-]*|\b(?:true|false|null)\b)'
)
_COLOURS = {"key": "36", "text": "32", "word": "33"}
_TOLD = 20


class Shown:
    """How an answer is shown: `secrets` shows what looks like one in answers; what this program sent is never shown."""

    def __init__(self, *, secrets: bool) -> None:
        self._secrets = secrets
        self.hidden = False

    def text(self, text: str) -> str:
        """Returns a text without secrets."""
        from connector_builder.secrets.known import masked, without_known

        shown = without_known(text) if self._secrets else masked(text)
        self.hidden = self.hidden or shown != text
        return shown

    def body(self, answered: "Answered") -> bytes:
        """Returns a body as it is, without secrets if it is text."""
        try:
            text = answered.body.decode("utf-8")
        except UnicodeDecodeError:
            return answered.body
        return self.text(text).encode()

    def differences(self, answered: "Answered") -> list[dict[str, Any]]:
        """Returns how an answer differs from its description, for programs. A service may name fields after what it got."""
        found = [one._asdict() for one in answered.differences]
        return [{**one, "field": self.text(one["field"]), "message": self.text(one["message"])} for one in found]

    def headers(self, answered: "Answered") -> dict[str, str]:
        """Returns the headers that people want to see."""
        from connector_builder.app.live.call.sending import IMPORTANT
        from connector_builder.secrets.known import masked

        found = {
            name: value
            for name, value in answered.headers.items()
            if name in IMPORTANT or "ratelimit" in name or name.endswith("request-id")
        }
        return {name: masked(value.partition("?")[0] if name == "location" else value) for name, value in found.items()}


def lines(answered: "Answered", shown: Shown) -> Iterator[str]:
    """Yields the lines about an answer: status, time, headers, and how it differs from its description."""
    pages = (
        f", {counted(answered.pages, 'page')} with {counted(len(answered.data), 'item')}" if answered.pages > 1 else ""
    )
    yield f"{status_text(answered.status)}, {answered.seconds:.2f} s, {len(answered.body):,} bytes{pages}"
    yield from (f"  {name}: {value}" for name, value in shown.headers(answered).items())
    if answered.left:
        named = ", ".join(f"'{one}'" for one in answered.left)
        yield f"  not applied, as only the platform does it: {named}; --via-connection calls through the platform"
    if not answered.response.status:
        yield f"  the connector doesn't describe the status {answered.status}; --record adds it"
    for one in answered.differences[:_TOLD]:
        yield f"  {one}"
    if len(answered.differences) > _TOLD:
        yield f"  and {len(answered.differences) - _TOLD} more differences"


def status_text(status: int) -> str:
    """Returns a status with its name: `404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def show_body(answered: "Answered", shown: Shown) -> None:
    """Prints a body: JSON with colours on a terminal, else the bytes as they came."""
    if not answered.body:
        return
    if not console.is_terminal(sys.stdout):
        console.out_bytes(shown.body(answered))
        return
    if answered.is_json:
        text = shown.text(json.dumps(answered.data, indent=2, ensure_ascii=False))
        written = [terminal(line) for line in text.split("\n")]
        console.out("".join(f"{coloured(line) if console.coloured(sys.stdout) else line}\n" for line in written))
        return
    if _is_text(answered.media):
        text = shown.text(answered.body.decode("utf-8", "replace"))
        console.out("".join(f"{terminal(line)}\n" for line in text.splitlines()))
    else:
        console.say(
            f"({len(answered.body):,} bytes of {terminal(answered.media or 'unknown type')}: write them with --output-file FILE)"
        )


def _is_text(media: str) -> bool:
    return not media or media.startswith("text/") or media.endswith(("json", "xml"))


def coloured(line: str) -> str:
    """Returns a line of JSON with colours."""
    return _TOKENS.sub(lambda match: f"\x1b[{_COLOURS[str(match.lastgroup)]}m{match[0]}\x1b[0m", line)


def as_json(answered: "Answered", shown: Shown) -> dict[str, Any]:
    """Returns an answer for programs."""
    body: Any = None
    if answered.is_json:
        body = json.loads(shown.text(json.dumps(answered.data)))
    elif answered.body:
        body = (
            shown.text(answered.body.decode("utf-8", "replace"))
            if _is_text(answered.media)
            else f"({len(answered.body)} bytes)"
        )
    request = {"method": answered.request.method, "url": shown.text(answered.request.url)}
    return {
        "request": request,
        "status": answered.status,
        "seconds": round(answered.seconds, 3),
        "headers": shown.headers(answered),
        "body": body,
        "pages": answered.pages,
        "described": bool(answered.response.status),
        "differences": shown.differences(answered),
        "policies_not_applied": list(answered.left),
    }


def each_line(outcome: "Outcome") -> str:
    """Returns a line about an item that wasn't done."""
    return f"item {outcome.one.number}: {outcome.state}: {outcome.reason}"


def summary_line(summary: "Summary") -> str:
    """Returns what became of all items: `3 done, 1 failed, of 4`."""
    counts = summary.counts
    parts = [f"{count} {state}" for state, count in counts.items()]
    return (
        f"{', '.join(sorted(parts, key=lambda part: part.partition(' ')[2])) or 'no items'}, of {len(summary.outcomes)}"
    )


def summary_json(summary: "Summary", shown: Shown) -> dict[str, Any]:
    """Returns a run over a list for programs."""
    results = [
        {
            "item": one.one.number,
            "state": str(one.state),
            "status": one.status,
            "error": shown.text(one.reason),
            "differences": shown.differences(one.answer) if one.answer else [],
        }
        for one in summary.outcomes
    ]
    return {"results": results, "counts": {str(state): count for state, count in sorted(summary.counts.items())}}


def show_json(data: dict[str, Any]) -> None:
    """Prints data as JSON."""
    console.out(f"{json_text(data)}\n")


def written_to(path: Path, content: bytes) -> None:
    """Writes a body into a file. Raises Misuse."""
    from connector_builder.app.shared.misuse import Misuse
    from connector_builder.output.replacing import WriteError, replace_files

    try:
        replace_files({path: content})
    except WriteError as error:
        raise Misuse(f"'{path}' can't be written: {error.reason}") from error
