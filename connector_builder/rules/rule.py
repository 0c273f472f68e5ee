"""What a rule is: one function, with its place in the documents, its severity and its scope beside it."""

import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from connector_builder.findings import Defect, Pointer, Rule, Scope, Severity
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node

Defects = Iterator[Defect[Pointer]]
Run = Callable[[Node, Context], Defects]


class Fault(Enum):
    """How a value can differ from the table; the walk finds these, and rules say what they mean."""

    MISSING = "missing"  # a key that must be there; the node's value is ABSENT
    UNKNOWN = "unknown"  # a key that the table doesn't have
    TYPE = "type"
    VALUE = "value"  # not in the closed list
    EXTENSION = "extension"  # a key that begins with x-ms- and is none of the platform's


class Check(NamedTuple):
    """A rule with its function, and where the walk calls it.

    With `keys` it is called for the value of these keys in the given kinds of node, with `faults` for what differs from
    the table there (everywhere, where no kinds are given), else for each node of the kinds. Of several rules for one
    fault the one for the kind and key comes before the one for the kind, and that before the general one. A rule sees
    only values of the type that the table says.
    """

    rule: Rule
    run: Run
    kinds: tuple[str, ...]
    keys: tuple[str, ...]
    faults: tuple[Fault, ...]


def rule(
    severity: Severity,
    scope: Scope,
    *kinds: str,
    keys: str | tuple[str, ...] = (),
    faults: Fault | tuple[Fault, ...] = (),
    fixed: bool = False,
    explained_by: tuple[str, ...] = (),
    only_packages: bool = False,
    names_operations: bool = False,
) -> Callable[[Run], Check]:
    """Makes a rule of a function: `operation_id_not_unique` is OperationIdNotUnique, its docstring the documentation.

    `explained_by`, `only_packages` and `names_operations` say what it means for specs, see `Rule`.
    """

    def made(run: Run) -> Check:
        name = "".join(word[:1].upper() + word[1:] for word in run.__name__.split("_"))
        documented = Rule(
            name,
            severity,
            scope,
            inspect.getdoc(run) or "",
            fixed,
            explained_by=frozenset(explained_by),
            only_packages=only_packages,
            names_operations=names_operations,
        )
        some_keys = (keys,) if isinstance(keys, str) else keys
        return Check(documented, run, kinds, some_keys, (faults,) if isinstance(faults, Fault) else faults)

    return made
