"""Renders the page of the preview: one document with its style, its script and its data.

Nothing in it comes from elsewhere, and its policy allows nothing else: only this style and this script, by their hashes.
"""

import base64
import json
import zlib
from functools import cache
from typing import Any

from connector_builder.render.templates import html_templates, template_folder
from connector_builder.render.web import hash_of

_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def page(shell: dict[str, Any], connectors: list[dict[str, Any]]) -> bytes:
    """Returns the page in UTF-8. Each connector has its `overview`, and the `details` of operations.

    A page that isn't `live` has the details packed (deflate), since many operations say much the same.
    """
    live = bool(shell["live"])
    if not live:
        connectors = [
            {"overview": {**one["overview"], "files": _files(one)}, "packed": _packed(one["details"])}
            for one in connectors
        ]
    first = connectors[0]["overview"]
    text = (
        html_templates("preview")
        .get_template("preview.html.jinja")
        .render(
            title=first["title"],
            script=_part("preview.js"),
            style=_part("preview.css"),
            policy="" if live else policy(live=False),
            data=_in_script({**shell, "connectors": connectors}),
        )
    )
    return text.encode("utf-8", "backslashreplace")


def policy(*, live: bool) -> str:
    """Returns the policy of the page (Content-Security-Policy): what it may run, show and ask for."""
    rules = {
        "default-src": "'none'",
        "script-src": f"'{hash_of(_part('preview.js'))}'",
        "style-src": f"'{hash_of(_part('preview.css'))}'",
        "img-src": "data:",
        "connect-src": "'self'" if live else "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",  # no text can become markup, not even by a defect of the script
        "trusted-types": "'none'",
    }
    if live:
        rules["frame-ancestors"] = "'none'"  # has no effect in a document itself
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _files(one: dict[str, Any]) -> list[str]:
    """Returns the names of all files, which the last detail has."""
    details: list[dict[str, Any]] = one["details"]
    found: list[str] = details[-1]["files"] if details else one["overview"]["files"]
    return found


def _packed(details: list[dict[str, Any]]) -> str:
    lean = [{key: value for key, value in one.items() if key != "files"} for one in details]
    return base64.b64encode(zlib.compress(json.dumps(lean, separators=(",", ":")).encode(), 9)).decode("ascii")


def _in_script(value: Any) -> str:
    """Returns JSON that can stand in an element `script`: it contains no markup."""
    text = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    for character, escape in _IN_SCRIPT.items():
        text = text.replace(character, escape)
    return text


@cache
def _part(name: str) -> str:
    return (template_folder() / "preview" / name).read_text(encoding="utf-8")
