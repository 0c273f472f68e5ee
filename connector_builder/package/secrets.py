"""Takes secrets out of a package: client secrets, which an import leaves out and reports, and all, in what people see."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.package.model import Package
from connector_builder.platform.solutions.environment_variables import is_expression
from connector_builder.secrets import plain_name, without


def spared(package: Package) -> Package:
    """Returns a package with REDACTED in place of each secret in its documents and samples, for what people see of it.

    What is shown of a part lacks the names around it, and is often cut: there, nothing shows any more that a value is a secret.
    Pointers into the documents are the same, except for a key that contains a secret itself.
    """
    samples = [one._replace(value=without(one.value)[0]) for one in package.samples]
    definition, properties = without(package.definition)[0], without(package.properties)[0]
    return replace(package, definition=definition, properties=properties, samples=samples)


def secrets_left_out(properties: Any) -> list[Pointer]:
    """Returns where apiProperties contain a client secret.

    A null, which paconn downloads, isn't a secret; nor is a parameter with that name, or the name of an environment variable.
    """
    return list(_secrets(properties, ()))


def without_secrets(value: Any) -> Any:
    """Returns the same JSON without client secrets."""
    if isinstance(value, dict):
        return {key: without_secrets(part) for key, part in value.items() if not _is_secret(key, part)}
    return [without_secrets(part) for part in value] if isinstance(value, list) else value


def _is_secret(key: str | int, part: Any) -> bool:
    return (
        isinstance(key, str)
        and plain_name(key) == "clientsecret"
        and part is not None
        and not isinstance(part, dict | list)
        and not is_expression(part)
    )


def _secrets(value: Any, pointer: Pointer) -> Iterator[Pointer]:
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        if _is_secret(key, part):
            yield (*pointer, key)
        yield from _secrets(part, (*pointer, key))
