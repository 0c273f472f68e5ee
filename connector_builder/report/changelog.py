"""Reports changes as Markdown for people: a changelog, which may go into release notes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connector_builder.findings import Severity
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.report.escape import markdown

SHOWN = 500
"""The most changes that are listed under one heading."""
_NEW, _GONE = " is new", " was removed"


def changelog(results: Sequence[Mapping[str, Any]], found: Sequence[Sequence[Diagnostic]]) -> str:
    """Returns a section for each connector: what breaks first, then what was added, changed and removed."""
    lines = [line for result, each in zip(results, found, strict=True) for line in _section(result, each)]
    return "".join(f"{line}\n" for line in lines) or "No connector changed.\n"


def _section(result: Mapping[str, Any], found: Sequence[Diagnostic]) -> Iterator[str]:
    version = result["version"]
    name = result["new"] or result["old"]
    shown = version["new"] if version["enough"] else f"{version['suggested']} (now {version['new'] or 'none'})"
    yield f"## {markdown(name)} {markdown(shown)}".rstrip()
    yield ""
    if not found:
        yield "Nothing changed."
        yield ""
    breaking = [one for one in found if one.severity is Severity.ERROR]
    rest = [one for one in found if one.severity is not Severity.ERROR]
    removed = [one for one in rest if _GONE in one.message]
    added = [one for one in rest if _NEW in one.message and one not in removed]
    changed = [one for one in rest if one not in removed and one not in added]
    for title, each in (("Breaking", breaking), ("Added", added), ("Changed", changed), ("Removed", removed)):
        if each:
            yield f"### {title}"
            yield ""
            yield from map(_line, each[:SHOWN])
            if len(each) > SHOWN:
                yield f"- and {len(each) - SHOWN:,} more"
            yield ""


def _line(diagnostic: Diagnostic) -> str:
    """Returns an entry: what changed, for whom it breaks or is risky, and the cure for what breaks."""
    said, colon, verdict = diagnostic.message.rpartition(": ")
    text = said if colon else diagnostic.message
    more = f" *({markdown(verdict)})*" if colon and verdict != "safe" else ""
    cure = (
        f" {markdown(_sentence(diagnostic.help))}" if diagnostic.help and diagnostic.severity is Severity.ERROR else ""
    )
    return f"- {markdown(_sentence(text))}{more}{cure}"


def _sentence(text: str) -> str:
    short = text.split("; Microsoft's check says:", 1)[0]
    return f"{short[:1].upper()}{short[1:]}."
