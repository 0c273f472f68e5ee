"""Makes names that the platform takes: ids of operations, and names of definitions."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from connector_builder.language.derived import split_name
from connector_builder.numbering import Numbers
from connector_builder.platform.nouns import singular

_LEGAL_ID = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_CONTROLLER = re.compile(r"^[A-Za-z0-9]+Controller_(?=[A-Za-z])")
_VARIABLE = re.compile(r"\{[^{}]*\}")
_LONGEST = 80
_VERBS = {
    "get": "Get",
    "post": "Create",
    "put": "Replace",
    "patch": "Update",
    "delete": "Delete",
    "head": "Check",
    "options": "Describe",
}
_VERSION = re.compile(r"^(?:api|rest|v\d+(?:[._]\d+)*|\d+(?:\.\d+)+|\d{4}-\d{2}-\d{2})$", re.IGNORECASE)
_ACTIONS = frozenset({
    "accept", "activate", "add", "approve", "archive", "assign", "attach", "batch", "block", "cancel", "capture", "check", "clear", "clone",
    "close", "complete", "confirm", "convert", "copy", "deactivate", "decline", "disable", "download", "duplicate", "enable", "execute",
    "export", "finalize", "generate", "import", "invite", "join", "leave", "lock", "login", "logout", "merge", "move", "pause", "pay", "ping",
    "preview", "publish", "query", "refresh", "refund", "reject", "remove", "rename", "reopen", "resend", "reset", "restart", "restore",
    "resume", "retry", "revoke", "rotate", "run", "search", "send", "share", "start", "stop", "submit", "subscribe", "suspend", "sync",
    "test", "transfer", "trigger", "unarchive", "unlock", "unsubscribe", "update", "upload", "validate", "verify", "void",
})  # fmt: skip
"""Last segments of a path that say what is done, such as `/orders/{id}/cancel`."""


class Named(NamedTuple):
    """An operation that needs an id."""

    path: str
    verb: str
    given: str | None
    tag: str


def pascal(text: str) -> str:
    """Returns the words of a text as one: `list-all pets` becomes ListAllPets."""
    words = re.findall(r"[A-Za-z0-9]+", text)
    return "".join(word[0].upper() + word[1:] for word in words)


def operation_ids(each: Sequence[Named]) -> list[str]:
    """Returns an id for each operation, none twice: letters and digits only, because Power Fx removes other characters.

    An id that fits stays as it is. The order of the operations doesn't matter, unless only a number can tell two apart.
    """
    given = Counter(one.given for one in each)
    short = [_shortened(one) for one in each]
    unique = Counter(pascal(name) for name in short if name)
    names = []
    for one, name in zip(each, short, strict=True):
        if one.given and _LEGAL_ID.fullmatch(one.given) and len(one.given) <= _LONGEST and given[one.given] == 1:
            names.append(one.given)
            continue
        chosen = name if name and unique[pascal(name)] == 1 else one.given or ""
        made = pascal(chosen)[:_LONGEST]
        names.append(made if made[:1].isalpha() else derived_id(one.path, one.verb))
    return _unique(each, names)


def _shortened(one: Named) -> str:
    """Returns the id without what FastAPI (`read_items_items__get`) and NestJS (`AppController_getHello`) add to it."""
    given = one.given or ""
    tail = re.sub(r"\W", "_", one.path) + "_" + one.verb
    if given.endswith(tail) and len(given) > len(tail):
        return given[: -len(tail)].rstrip("_")
    return _CONTROLLER.sub("", given)


def _unique(each: Sequence[Named], names: list[str]) -> list[str]:
    """Tells names apart that are the same but for case: by their tags, by the way to the item, then by number."""
    counts = Counter(name.lower() for name in names)
    for index, (one, name) in enumerate(zip(each, names, strict=True)):
        if counts[name.lower()] > 1 and one.given is None:
            names[index] = derived_id(one.path, one.verb, whole=True)
    counts = Counter(name.lower() for name in names)
    names_of = FreeNames()
    for index, (one, name) in enumerate(zip(each, names, strict=True)):
        if counts[name.lower()] > 1 and one.tag and not name.lower().startswith(pascal(one.tag).lower()):
            name = (name + pascal(one.tag))[:_LONGEST]
        names[index] = names_of.free(name)
    return names


class FreeNames:
    """Names that differ in more than case. `taken` are those that exist already."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.lower() for name in taken}
        self._numbers = Numbers(fold=True)

    def free(self, name: str) -> str:
        """Returns a name, with a number if it is taken but for case, and takes it."""
        found = self._numbers.free(name, self._taken)
        self._taken.add(found.lower())
        return found


def derived_id(path: str, verb: str, *, whole: bool = False) -> str:
    """Derives the id of an operation from its path: `GET /orders/{id}/items` is ListOrderItems, `GET /orders/{id}` GetOrder.

    With `whole`, also versions and `By` with the variables are in it.
    """
    segments = [one for one in path.split("/") if one]
    static = [one for one in segments if not _VARIABLE.search(one) and (whole or not _VERSION.match(one))]
    on_item = bool(segments) and bool(_VARIABLE.search(segments[-1]))
    if not static:
        return f"{_VERBS.get(verb, pascal(verb))}{'Item' if on_item else 'Root'}"
    nouns = [singular(pascal(one)) if _is_item(segments, one) else pascal(one) for one in static]
    *before, last = nouns
    before = before if whole else before[-1:]
    first = split_name(static[-1])[0].lower() if split_name(static[-1]) else ""
    if verb in ("post", "put", "patch") and first in _ACTIONS and len(static) > 1 and not on_item:
        made = last + "".join(before)
    elif verb == "get":
        made = f"{'Get' if on_item or not _is_plural(last) else 'List'}{''.join(before)}{last}"
    else:
        made = f"{_VERBS.get(verb, pascal(verb))}{''.join(before)}{singular(last) if verb == 'post' else last}"
    if whole:
        made += "".join(f"By{pascal(one)}" for one in re.findall(r"\{([^{}]*)\}", path))
    return made[:_LONGEST]


def _is_item(segments: Sequence[str], static: str) -> bool:
    """Whether a variable follows a static segment, which then names one of its items."""
    index = segments.index(static)
    return index + 1 < len(segments) and bool(_VARIABLE.search(segments[index + 1]))


def _is_plural(word: str) -> bool:
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def definition_name(steps: Iterable[object]) -> str:
    """Returns a name for a definition from steps, such as the name of a component: letters, digits, `_`, `.` and `-`."""
    said = [str(step) for step in steps]
    name = said[0] if len(said) == 1 else "".join(pascal(step) for step in said)
    clean = re.sub(r"[^A-Za-z0-9_.-]+", " ", name).strip()
    joined = pascal(clean) if " " in clean else clean.strip(".-")
    return joined[:_LONGEST] if joined and joined.lower() != "security" else f"{joined or 'Schema'}Schema"
