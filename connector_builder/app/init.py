"""Copies starter specs from the templates."""

import os
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from connector_builder.app.shared.misuse import Misuse
from connector_builder.language import MAIN
from connector_builder.output.writing import staging_in
from connector_builder.render.templates import template_folder
from connector_builder.source.scalar_writer import scalar

_CLIENT_ID = re.compile(r"\$\{CLIENT_ID:-[^}]*\}")
_BARE = re.compile(r"[^\s{}$#'\",\[\]]+")


class Values(NamedTuple):
    """What a starter is to have in place of its own title, server and client id; None keeps them."""

    title: str | None = None
    server: str | None = None
    client_id: str | None = None


def write_starter(directory: Path, template: str, values: Values = Values()) -> list[Path]:  # noqa: B008 - a tuple
    """Copies a starter spec into a directory, which is made where it isn't there; gives the paths of its files.

    Raises Misuse where a file is there already, and for a value that the starter can't have; OutputError where one can't be
    written. Then none is.
    """
    source = template_folder() / "init" / template
    names = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
    contents = {name: (source / name).read_bytes().replace(b"\r\n", b"\n") for name in names}
    main = Path(MAIN)
    contents[main] = _with_values(contents[main].decode("utf-8"), template, values).encode("utf-8")
    if directory.exists() and not directory.is_dir():
        raise Misuse(f"'{directory}' is a file, but must be a folder", "name another directory")
    with staging_in(directory) as staging:  # undoes first what a killed run left
        for name, content in contents.items():
            if os.path.lexists(directory / name):
                raise Misuse(
                    f"'{directory / name}' is there already, and nothing is overwritten", "name another directory"
                )
            staging.add(name.as_posix(), content, exists=False)
        staging.commit()
    return [directory / name for name in names]


def _with_values(text: str, template: str, values: Values) -> str:
    """The text of a starter's spec with the values of an author; all else stays as it is, comments too."""
    title = title_given(values.title)
    if title is not None:
        text = _replaced(text, r"(?<=^  title: ).*", scalar(title.replace("${", "$${")))
    if values.server is not None:
        text = _replaced(text, r"(?<=^  server: )\S+", _server(values.server))
    if values.client_id is not None:
        if not _BARE.fullmatch(values.client_id):
            raise Misuse("'--client-id' isn't a client ID", "write an ID without spaces, quotes and brackets")
        if not _CLIENT_ID.search(text):
            raise Misuse(f"the starter '{template}' has no client ID", "--auth aad and --auth oauth2 have one")
        text = _CLIENT_ID.sub(f"${{CLIENT_ID:-{values.client_id}}}", text)
    return text


def title_given(title: str | None) -> str | None:
    """Returns the title that an author gives, if any. Raises Misuse for an empty one."""
    if title is None or title.strip():
        return title and title.strip()
    raise Misuse("'--title' is empty", "write the title that people see, such as --title 'Contoso Orders'")


def _replaced(text: str, pattern: str, new: str) -> str:
    """The text with the first line that fits changed."""
    return re.sub(pattern, lambda _: new, text, count=1, flags=re.MULTILINE)


def _server(server: str) -> str:
    """The address of a service, if it is one."""
    cure = "write it such as --server https://api.contoso.example/v1"
    try:
        parts = urlsplit(server)
    except ValueError as error:
        raise Misuse("'--server' isn't the address of a service", cure) from error
    if parts.scheme not in ("http", "https") or not parts.hostname or not _BARE.fullmatch(server):
        raise Misuse("'--server' isn't the address of a service", cure)
    if parts.username is not None or "?" in server:
        raise Misuse("'--server' has a user name or a query in it", cure)
    return server
