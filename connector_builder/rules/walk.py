"""Walks a document along its table, and calls only the rules that apply to each part."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from connector_builder.cancellation import raise_if_cancelled
from connector_builder.platform.data.shapes import ANYTHING, Shape
from connector_builder.platform.swagger.extensions import BY_NAME
from connector_builder.rules.context import Context
from connector_builder.rules.hit import Hit
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Check, Fault

MAX_HITS = 1000
"""The most hits of one rule in one package that are kept: memory stays bounded whatever the input."""

Slot = tuple[Shape, bool, tuple[Check, ...]]
"""A key's shape, whether that is a leaf, and the rules for the key."""


@dataclass(slots=True)
class Plan:
    """What the walk does at one kind of node: the rules for the node, and the slots of its keys and of other keys."""

    slots: dict[str | int, Slot]
    each: Slot | None
    mixed: bool  # names and extensions are side by side
    leaf: bool
    checks: list[Check] = field(default_factory=list)
    asks: frozenset[str] = frozenset()  # the keys without which some of the checks don't concern a node
    chosen: dict[frozenset[str], list[Check]] = field(default_factory=dict)  # by those of `asks` that a node has

    def checks_of(self, value: Any) -> list[Check]:
        """Returns the rules for a node with this value."""
        if not self.asks:
            return self.checks
        keys = self.asks.intersection(value)
        found = self.chosen.get(keys)
        if found is None:
            found = [one for one in self.checks if not one.having or not keys.isdisjoint(one.having)]
            self.chosen[keys] = found
        return found


class Plans:
    """The checks, sorted by where they apply."""

    def __init__(self, checks: Iterable[Check], shapes: Mapping[str, Shape]) -> None:
        self.shapes = shapes
        self._kinds = {shape: _plan(shape) for shape in shapes.values()}
        self._faults: dict[tuple[Fault, str | None, str | int | None], list[Check]] = {}
        for check in checks:
            self._place(check)

    def at(self, shape: Shape) -> Plan:
        """Returns the plan for nodes of this shape."""
        return self._kinds[shape]

    def for_fault(self, fault: Fault, node: Node) -> list[Check]:
        """Returns the most specific rules for a fault: those for its owner's kind and key, for the kind, or for all."""
        kind = node.owner.kind
        for site in ((fault, kind, node.key), (fault, kind, None), (fault, None, None)):
            if site in self._faults:
                return self._faults[site]
        return []

    def _place(self, check: Check) -> None:
        for kind in check.kinds or (None,):
            for key in check.keys or (None,):
                for fault in check.faults:
                    self._faults.setdefault((fault, kind, key), []).append(check)
            if kind is not None and not check.faults:
                self._place_in(self._kinds[self.shapes[kind]], check)

    def _place_in(self, plan: Plan, check: Check) -> None:
        if not check.keys:
            plan.checks.append(check)
            plan.asks |= {*check.having}
        for key in check.keys:
            if key in plan.slots:  # not each of several kinds has the key
                shape, leaf, checks = plan.slots[key]
                plan.slots[key] = (shape, leaf, (*checks, check))


def _plan(shape: Shape) -> Plan:
    slots: dict[str | int, Slot] = {key: (inner, inner.leaf, ()) for key, inner in shape.keys.items()}
    each: Slot | None = (shape.each, shape.each.leaf, ()) if shape.each is not None else None
    return Plan(slots, each, each is not None and shape.extensions, shape.leaf)


class Walk:
    """One walk over one document. It collects the defects of the rules in `hits`, in the order of the document."""

    def __init__(self, plans: Plans, document: str, context: Context) -> None:
        self.hits: list[Hit] = []
        self._plans = plans
        self._document = document
        self._context = context
        self._counts: Counter[str] = Counter()

    def over(self, value: Any, kind: str) -> list[Hit]:
        """Returns the hits of every rule in a document whose root is of this kind. The value may be anything."""
        waiting = [Node(value, self._plans.shapes[kind], None, "")]
        while waiting:
            raise_if_cancelled()
            waiting += reversed(self._visit(waiting.pop()))
        return self.hits

    def _visit(self, node: Node) -> list[Node]:
        """Checks a node and its leaves. Returns the deeper nodes in it."""
        shape = node.shape
        if shape.choose is not None:
            shape = node.shape = shape.of(node.value)
        if type(node.value) not in shape.types:
            self._fault(Fault.TYPE, node)
            return []
        plan = self._plans.at(shape)
        if plan.leaf:
            return []
        self._run(plan.checks_of(node.value), node)
        for key in shape.required:
            if key not in node.value:
                self._fault(Fault.MISSING, Node(ABSENT, ANYTHING, node, key))
        return self._inside(node, plan)

    def _inside(self, node: Node, plan: Plan) -> list[Node]:
        deeper: list[Node] = []
        slots, each = plan.slots, plan.each
        for key, part in node.value.items() if type(node.value) is dict else enumerate(node.value):
            slot = slots.get(key, each)
            if slot is None or (plan.mixed and str(key).startswith("x-")):
                self._unlisted(part, node, str(key))
                continue
            shape, leaf, checks = slot
            if not leaf:
                deeper.append(Node(part, shape, node, key))
            elif type(part) not in shape.types:
                self._fault(Fault.TYPE, Node(part, shape, node, key))
            elif shape.values and part not in shape.values:
                self._fault(Fault.VALUE, Node(part, shape, node, key))
            elif checks:
                self._run(checks, Node(part, shape, node, key))
        return deeper

    def _unlisted(self, part: Any, node: Node, key: str) -> None:
        if not (key.startswith("x-") and node.shape.extensions):
            self._fault(Fault.UNKNOWN, Node(part, ANYTHING, node, key))
        elif key.startswith("x-ms-"):
            known = BY_NAME.get(key)
            if known is None:
                self._fault(Fault.EXTENSION, Node(part, ANYTHING, node, key))
            elif not known.ignored:
                self._fault(Fault.MISPLACED, Node(part, ANYTHING, node, key))

    def _fault(self, fault: Fault, node: Node) -> None:
        self._run(self._plans.for_fault(fault, node), node, fault)

    def _run(self, checks: Iterable[Check], node: Node, fault: Fault | None = None) -> None:
        for check in checks:
            if self._counts[check.rule.name] >= MAX_HITS:  # a message can take long: suggestions, comparisons
                continue
            for defect in check.run(node, self._context):
                self._counts[check.rule.name] += 1
                part = node.pointer if fault is not None else ()
                self.hits.append(Hit(check.rule, self._document, defect, fault, part))
