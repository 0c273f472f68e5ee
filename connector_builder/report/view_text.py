"""Shows a connector as people see it, for a terminal. What comes in is the JSON of the view."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from connector_builder.report.escape import terminal
from connector_builder.report.style import Style

MOST_TOKENS = 40
"""The most tokens of an operation that are shown; JSON has all."""
_WIDTH = 34


def view_text(view: Mapping[str, Any], *, colour: bool = False) -> str:
    """Returns the connection dialog, then each operation: its fields, the tokens, the function, the tool, and notes."""
    style = Style(colour)
    lines = [style.bold(terminal(f"{view.get('title', '')} {view.get('version', '')}".strip() or view["source"]))]
    lines += [f"  {line}" for line in _connection(view["connection"])]
    for operation in view["operations"]:
        lines += ["", *_operation(operation, style)]
    if view["hidden"]:
        hidden = ", ".join(terminal(one.get("id", one["path"])) for one in view["hidden"])
        lines += ["", f"never shown: {hidden}"]
    return "".join(f"{line}\n" for line in lines)


def _connection(connection: Mapping[str, Any]) -> Iterator[str]:
    for way in connection["ways"]:
        name = f"{terminal(way['display_name'])}: " if way.get("display_name") else ""
        yield f"{name}{terminal(way['text'])} [{terminal(way['button'])}]"
        for field in way["fields"]:
            mark = "*" if field["required"] else ""
            yield f"  {terminal(field['label'])}{mark} ({field['editor']})"


def _operation(operation: Mapping[str, Any], style: Style) -> Iterator[str]:
    kind = operation["kind"] if operation["kind"] == "action" else f"trigger, {operation['kind']}"
    deprecated = ", deprecated" if operation["deprecated"] else ""
    yield f"{style.bold(terminal(operation['title']))} ({terminal(operation.get('id', ''))}, {kind}{deprecated})"
    for title, section in (("", "shown"), ("  advanced parameters:", "advanced")):
        fields = [one for one in operation["inputs"] if one["section"] == section and not one.get("in_array_of")]
        if fields and title:
            yield title
        for field in fields:
            yield from _field(field, operation["inputs"])
    trigger = operation.get("trigger") or {}
    if trigger.get("recurrence"):
        yield f"  how often: {', '.join(trigger['recurrence'])}"
    yield from _tokens(operation)
    app = operation["app"]
    if app["supported"]:
        yield f"  Power Apps: {terminal(app['signature'])} -> {app['returns']}"
    tool = operation.get("tool")
    if tool:
        needed = ", ".join(terminal(name) for name, _ in tool["inputs"]) or "nothing"
        yield f"  agent: fills in {needed}"
    for note in operation["notes"]:
        yield f"  {style.faint('note:')} {terminal(note)}"


def _field(field: Mapping[str, Any], every: Sequence[Mapping[str, Any]], indent: str = "    ") -> Iterator[str]:
    label = f"{terminal(field['label'])}{'*' if field['required'] else ''}"
    options = (
        f": {', '.join(terminal(one.get('text', '')) for one in field['options'][:5])}" if field["options"] else ""
    )
    dynamic = field.get("dynamic") or {}
    source = f" from {terminal(dynamic['operation_id'])}" if dynamic.get("operation_id") else ""
    yield f"{indent}{label.ljust(_WIDTH)} {field['editor']}{options}{source}"
    if field["editor"] == "array":
        for one in every:
            if one.get("in_array_of") == field["key"]:
                yield from _field(one, every, f"{indent}  ")


def _tokens(operation: Mapping[str, Any]) -> Iterator[str]:
    outputs = operation["outputs"]
    if not outputs:
        return
    yield f"  dynamic content, from {terminal(operation['response'])}:"
    for one in outputs[:MOST_TOKENS]:
        loop = ", in a loop" if one.get("in_array_of") else ""
        yield f"    {terminal(one['token']).ljust(_WIDTH)} {one['type']}{loop}"
    if len(outputs) > MOST_TOKENS:
        yield f"    and {len(outputs) - MOST_TOKENS} more"
