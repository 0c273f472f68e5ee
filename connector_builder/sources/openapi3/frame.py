"""What is around the operations: title, texts, server and sign-in, in both documents."""

import re
from pathlib import Path
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.hosts import is_address, is_email
from connector_builder.platform.texts import TITLE
from connector_builder.source.folder import InMemory
from connector_builder.source.yaml_writer import write_yaml
from connector_builder.sources import losses
from connector_builder.sources.openapi3.security import Security
from connector_builder.sources.openapi3.servers import Address, Servers
from connector_builder.sources.origin import Original
from connector_builder.sources.spec_text import escaped
from connector_builder.sources.texts import label

Entries = dict[str, Any]
_WORDS = re.compile(
    r"\b(?:REST(?:ful)? )?(?:API|Connector)s?\b(?: (?:reference|spec(?:ification)?|documentation|docs))?", re.IGNORECASE
)


_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


class Frame(NamedTuple):
    """Swagger without operations, and apiProperties."""

    definition: Entries
    properties: Entries


def frame_of(original: Original, servers: Servers, chosen: list[tuple[Entries, Pointer]]) -> Frame:
    """Returns what the compiler makes of the title, the server and the sign-in of the `chosen` operations."""
    auth, further = Security(original).auth(chosen)
    info = mapping(original.data.get("info"))
    title = _title(original, info)
    connector: Entries = {"title": title, "server": _server(servers)}
    connector["version"] = _version(original, info)
    connector["description"] = _description(original, info, title)
    spec = {
        "connector": connector,
        "auth": auth,
        **{key: value for key, value in further.items() if value},
        "actions": {},
    }
    contents = {MAIN: write_yaml(escaped(spec)).encode()}
    package = compile_folder(InMemory(Path("openapi3"), contents), MAIN, Variables()).package
    assert package is not None
    definition = {key: value for key, value in package.definition.items() if key != "paths"}
    definition["info"] |= _info(original, info)
    return Frame(definition, package.properties)


def _title(original: Original, info: Entries) -> str:
    given = text(info.get("title"))
    title = label(_WORDS.sub(" ", given), TITLE.most or 30) or label(given, TITLE.most or 30) or "API"
    if given and title != given:
        original.tell(losses.TITLE_CHANGED, ("info", "title"), f"the title '{given[:100]}' becomes '{title}'")
    return title


def _version(original: Original, info: Entries) -> str:
    """Returns the version as it is written: of the number `1.10`, JSON and YAML keep 1.1."""
    given = info.get("version")
    if isinstance(given, int | float) and not isinstance(given, bool):
        place = original.parsed.places([("info", "version")])[("info", "version")]
        written = place.text.content[place.start : place.end]
        return written if _NUMBER.fullmatch(written) else str(given)
    return str(given or "1.0")


def _description(original: Original, info: Entries, title: str) -> str:
    """Returns the description of the connector. The platform requires one: where the document has none, it is the title."""
    for key in ("description", "summary"):
        if said := original.text(info.get(key), ("info", key)):
            return said
    made = f"{title.rstrip('.')}."
    message = f"there is no description: it becomes '{made}'"
    original.tell(losses.DESCRIPTION_MADE, ("info",), message, "write in the spec what the connector is for")
    return made


def _server(servers: Servers) -> str:
    root = servers.root or Address("https", "api.contoso.example", servers.path)
    return f"{root.scheme}://{root.host}{root.path}"


def _info(original: Original, info: Entries) -> Entries:
    """Returns the contact, the licence and the terms of a document, as far as Swagger has them."""
    out: Entries = {}
    contact = _texts(original, info, "contact", ("name", "url", "email"))
    licence = _texts(original, info, "license", ("name", "url"))
    if contact:
        out["contact"] = contact
    if "name" in licence:
        out["license"] = licence
    if isinstance(info.get("termsOfService"), str):
        out["termsOfService"] = info["termsOfService"]
    return out


def _texts(original: Original, info: Entries, key: str, names: tuple[str, ...]) -> Entries:
    """Returns the texts of a part, without addresses that are none."""
    given = mapping(info.get(key))
    return {
        name: given[name]
        for name in names
        if isinstance(given.get(name), str) and is_complete(original, name, given[name], ("info", key, name))
    }


def is_complete(original: Original, key: str, address: str, at: Pointer) -> bool:
    """Checks whether an address may be written, and tells if not; `key` says whether it is one."""
    fits = {"url": is_address, "email": is_email}.get(key)
    if fits is None or fits(address):
        return True
    what = "an e-mail address" if key == "email" else "a complete address"
    original.tell(losses.ADDRESS_LEFT_OUT, at, f"'{address[:100]}' isn't {what}: it is left out")
    return False
