"""Makes `connector.solution` and `environmentVariables` of a package from a solution, without what is derived."""

from collections.abc import Iterator
from typing import Any

from connector_builder.language.decompile.connector.trial import Draft, without_needless
from connector_builder.language.decompile.difference import IMPOSSIBLE
from connector_builder.language.decompile.entries import in_order_of
from connector_builder.language.derived import variable_title, variable_type
from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.solutions.names import Identity, identity
from connector_builder.source.scalars import plain


def named(given: Draft, definition: Any, properties: Any) -> Identity:
    """Returns the names that a package's connector has in its solution."""
    info = mapping(mapping(definition).get("info"))
    inner = mapping(mapping(properties).get("properties"))
    return identity(given, text(info.get("title")), text(info.get("version")), text(inner.get("publisher")))


def solution_form(given: Draft, definition: Any, properties: Any) -> Draft:
    """Returns the shortest `connector.solution` by which a connector has the names in `given`; {} if all are derived."""
    wanted = named(given, definition, properties)

    def cost(draft: Draft) -> int:
        return 0 if named(draft, definition, properties) == wanted else IMPOSSIBLE

    draft = without_needless(given, cost)
    publisher = draft.get("publisher")
    for said in mapping(publisher).values():
        shorter = {**draft, "publisher": said}
        if isinstance(said, str) and cost(shorter) == 0:
            draft = without_needless(shorter, cost)
            break
    if isinstance(draft.get("publisher"), dict):
        draft["publisher"] = in_order_of("solutionPublisher", draft["publisher"])
    return in_order_of("solution", draft)


def variable_form(name: str, defined: Draft) -> Any:
    """Returns the shortest form of an environment variable: its default, or a mapping; None where nothing is left to say."""
    default = defined.get("default")
    for written in _defaults(default):
        kind = variable_type(written)
        said: Draft = {} if kind == defined["type"] else {"type": defined["type"]}
        if defined.get("title") != variable_title(name):
            said["title"] = defined.get("title")
        said |= {key: defined[key] for key in ("description", "required") if key in defined}
        if default is None or kind == defined["type"] or written is default:
            return {**said, **({} if default is None else {"default": written})} if said else written
    return None


def _defaults(default: str | None) -> Iterator[Any]:
    """Yields the ways to write a default, the shortest first: `yes` is also true, and `5` a number."""
    if default in ("yes", "no"):
        yield default == "yes"
    if default is not None:
        number = _number(default)
        yield from () if number is None else (number,)
    yield default


def _number(default: str) -> int | float | None:
    try:
        read = plain(default)
    except ValueError:
        return None
    return read if isinstance(read, int | float) and not isinstance(read, bool) and str(read) == default else None
