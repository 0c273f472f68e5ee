"""Rules: a function with its place in the documents, its severity and its scope."""

from collections.abc import Callable, Iterator
from enum import Enum
from typing import NamedTuple

from connector_builder.findings import Defect, Pointer, Rule, Scope, Severity
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node

Defects = Iterator[Defect[Pointer]]
Run = Callable[[Node, Context], Defects]


class Fault(Enum):
    """The ways in which a value can differ from the table. The walk finds them, and rules explain them."""

    MISSING = "missing"  # a required key; the node's value is ABSENT
    UNKNOWN = "unknown"  # a key that isn't in the table
    TYPE = "type"
    VALUE = "value"  # not in the closed list
    EXTENSION = "extension"  # a key that begins with x-ms- and isn't one of the platform's
    MISPLACED = "misplaced"  # an extension of the platform in an object that doesn't have it


class Check(NamedTuple):
    """A rule with its function, and the places where the walk calls it.

    With `keys`, the walk calls it for the values of these keys in `kinds` of node; with `faults`, for values that
    differ from the table there (or anywhere, if there are no kinds); otherwise for each node of the kinds. Of several
    rules for a fault, one for the kind and key precedes one for the kind, and that precedes the general one. A rule
    only gets values of the type that the table requires. With `having`, it only gets nodes with one of these keys.
    """

    rule: Rule
    run: Run
    kinds: tuple[str, ...]
    keys: tuple[str, ...]
    faults: tuple[Fault, ...]
    having: tuple[str, ...] = ()


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
    only_uploads: bool = False,
    told_once: bool = False,
    aliases: tuple[str, ...] = (),
    only_certification: bool = False,
    fixable: bool = False,
    having: tuple[str, ...] = (),
    note_otherwise: bool = False,
    in_specs: str = "",
) -> Callable[[Run], Check]:
    """Makes a rule of a function: `operation_id_not_unique` becomes OperationIdNotUnique, and its docstring the `doc`.

    `Rule` explains the other arguments: `explained_by`, `only_packages` and `names_operations`, which matter for specs,
    `only_uploads`, `told_once`, `aliases`, `only_certification`, `fixable`, `note_otherwise` and `in_specs`.
    """

    def made(run: Run) -> Check:
        name = "".join(word[:1].upper() + word[1:] for word in run.__name__.split("_"))
        documented = Rule(
            name,
            severity,
            scope,
            run.__doc__ or "",
            fixed,
            explained_by=frozenset(explained_by),
            only_packages=only_packages,
            names_operations=names_operations,
            only_uploads=only_uploads,
            told_once=told_once,
            aliases=aliases,
            only_certification=only_certification,
            fixable=fixable,
            note_otherwise=note_otherwise,
            in_specs=in_specs,
        )
        some_keys = (keys,) if isinstance(keys, str) else keys
        some_faults = (faults,) if isinstance(faults, Fault) else faults
        return Check(documented, run, kinds, some_keys, some_faults, having)

    return made


def milder(
    severity: Severity,
    of: Check,
    *kinds: str,
    keys: str | tuple[str, ...] = (),
    faults: Fault | tuple[Fault, ...] = (),
) -> Callable[[Run], Check]:
    """Makes a check of a function for those cases of a rule that published connectors show to be harmless.

    What it finds has the rule's name and documentation, and the milder severity.
    """

    def made(run: Run) -> Check:
        some_keys = (keys,) if isinstance(keys, str) else keys
        some_faults = (faults,) if isinstance(faults, Fault) else faults
        return Check(of.rule._replace(severity=severity), run, kinds, some_keys, some_faults)

    return made
