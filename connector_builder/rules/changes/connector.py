"""What changed about a connector as a whole: its address, texts, look, policies, script and shared parts."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from connector_builder.findings import Pointer
from connector_builder.findings.wording import quoted
from connector_builder.package.model import FILES, PROPERTIES, SCRIPT
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import items, mapping, text
from connector_builder.platform.policies.templates import OPERATIONS, POLLING
from connector_builder.rules.changes.collecting import Collected
from connector_builder.rules.changes.kinds import connector as kinds
from connector_builder.rules.changes.kinds import operations as operation_kinds
from connector_builder.rules.changes.kinds import triggers as trigger_kinds
from connector_builder.rules.changes.side import Side

_LOOKS = (("iconBrandColor", "the colour"), ("publisher", "the publisher"))


def compare_connector(old: Side, new: Side, found: Collected) -> None:
    """Compares what isn't in an operation."""
    _address(old, new, found)
    for key in ("consumes", "produces"):
        if not same(old.definition.get(key), new.definition.get(key)):
            said = "are others now"
            what = f"the media types of '{key}'"
            found.add(operation_kinds.MEDIA_TYPES_CHANGED, what, said, old=(key,), new=(key,))
    _texts(old, new, found)
    # A definition by itself says nothing of what is in the other files.
    if all(side.package is not None and side.package.properties is not None for side in (old, new)):
        _look(old, new, found)
        _policies(old, new, found)
        _script(old, new, found)


def _address(old: Side, new: Side, found: Collected) -> None:
    before, after = _server(old.definition), _server(new.definition)
    if before != after:
        keys = ("host", "basePath", "schemes")
        key = next(one for one in keys if not same(old.definition.get(one), new.definition.get(one)))
        said = f"is {quoted(after)} instead of {quoted(before)} now"
        found.add(kinds.HOST_CHANGED, "the address", said, old=(key,), new=(key,))


def _server(definition: Mapping[str, Any]) -> str:
    unsafe = "http://" if items(definition.get("schemes")) == ["http"] else ""
    return f"{unsafe}{text(definition.get('host')).lower()}/{text(definition.get('basePath')).strip('/')}".rstrip("/")


def _texts(old: Side, new: Side, found: Collected) -> None:
    before, after = mapping(old.definition.get("info")), mapping(new.definition.get("info"))
    if text(before.get("title")) != text(after.get("title")):
        said = f"is {quoted(text(after.get('title')))} now"
        found.add(kinds.LOOK_CHANGED, "the title", said, old=("info", "title"), new=("info", "title"))
    if text(before.get("description")) != text(after.get("description")):
        at = ("info", "description")
        found.add(operation_kinds.TEXT_CHANGED, "the connector", "has another description now", old=at, new=at)


def _look(old: Side, new: Side, found: Collected) -> None:
    for key, what in _LOOKS:
        if key == "publisher" and not all(side.properties.get(key) for side in (old, new)):
            continue  # a solution has no place for it
        if not same(old.properties.get(key), new.properties.get(key)):
            at = ("properties", key)
            found.add(kinds.LOOK_CHANGED, what, "is another now", old=at, new=at, document=PROPERTIES)
    icons = [side.package.icon if side.package is not None else None for side in (old, new)]
    if None not in icons and icons[0] != icons[1]:  # the icon of a spec may be drawn when it is built
        found.add(
            kinds.LOOK_CHANGED, "the icon", "is another now", old=("icon.png",), new=("icon.png",), document=FILES
        )
    if not same(old.properties.get("tier"), new.properties.get("tier")):
        at, premium = ("properties", "tier"), text(new.properties.get("tier")).lower() == "premium"
        said = f"is {quoted(text(new.properties.get('tier')))} now"
        letters = "" if premium else "SSSS"
        found.add(kinds.TIER_CHANGED, "the tier", said, old=at, new=at, document=PROPERTIES, letters=letters)


def _policies(old: Side, new: Side, found: Collected) -> None:
    before, after = (list(_named(side)) for side in (old, new))
    left = list(after)
    for name, policy, at in before:
        other = next((one for one in left if one[0] == name), None)
        if other is None:
            _policy(policy, "was removed", at, None, found)
            continue
        left.remove(other)
        if not same(policy, other[1]):
            _policy(other[1], "is another now: what it does can't be compared", at, other[2], found)
    for _, policy, at in left:
        _policy(policy, "is new", None, at, found)
    names, others = [one[0] for one in before], [one[0] for one in after]
    if names != others and sorted(names) == sorted(others):
        at = ("properties", "policyTemplateInstances")
        said = "have another order now"
        found.add(kinds.POLICY_CHANGED, "the policies", said, old=at, new=at, document=PROPERTIES)


def _policy(policy: Mapping[str, Any], said: str, old: Pointer | None, new: Pointer | None, found: Collected) -> None:
    template = text(policy.get("templateId"))
    kind = trigger_kinds.POLLING_CHANGED if template.lower() == POLLING else kinds.POLICY_CHANGED
    what = f"the policy {quoted(text(policy.get('title')) or template)}"
    found.add(kind, what, said, old=old, new=new, document=PROPERTIES)


def _named(side: Side) -> Iterator[tuple[tuple[str, ...], dict[str, Any], Pointer]]:
    """Yields the policies, each with what it is recognised by: its template, its title, its operations, and its number among those."""
    seen: dict[tuple[str, ...], int] = {}
    for index, one in enumerate(items(side.properties.get("policyTemplateInstances"))):
        policy = mapping(one)
        operations = items(mapping(policy.get("parameters")).get(OPERATIONS))
        name = (text(policy.get("templateId")), text(policy.get("title")), *map(str, operations))
        seen[name] = seen.get(name, 0) + 1
        yield (*name, str(seen[name])), policy, ("properties", "policyTemplateInstances", index)


def _script(old: Side, new: Side, found: Collected) -> None:
    before, after = (None if side.package is None else side.package.script for side in (old, new))
    if _digest(before) != _digest(after):
        said = (
            "is new"
            if before is None
            else "was removed"
            if after is None
            else "is another now: what it does can't be compared"
        )
        at: dict[str, Any] = {
            "old": (SCRIPT,) if before is not None else None,
            "new": (SCRIPT,) if after is not None else None,
        }
        found.add(kinds.SCRIPT_CHANGED, "the custom code", said, **at, document=FILES)
    if (before is None) == (after is None) and not _same_scripted(old, new):
        at = {"old": ("properties", "scriptOperations"), "new": ("properties", "scriptOperations")}
        said = "runs for other operations now"
        found.add(kinds.SCRIPT_CHANGED, "the custom code", said, **at, document=PROPERTIES)


def _same_scripted(old: Side, new: Side) -> bool:
    """Checks whether the custom code runs for the same operations. If none is named, it runs for all."""
    before, after = (
        {one for one in items(side.properties.get("scriptOperations")) if isinstance(one, str)} for side in (old, new)
    )
    if before and after:
        return before == after
    shared = {part.id for part in old.parts} & {part.id for part in new.parts}
    return shared <= (before or after or shared)


def _digest(content: bytes | None) -> bytes | None:
    return None if content is None else hashlib.sha256(content.replace(b"\r\n", b"\n")).digest()


def compare_shared(old: Side, new: Side, found: Collected) -> None:
    """Compares what flows and apps never see: the names and the order of shared parts, and examples."""
    for key in ("definitions", "parameters", "responses"):
        before, after = mapping(old.definition.get(key)), mapping(new.definition.get(key))
        if list(before) != list(after):
            said = "have other names or another order now"
            found.add(kinds.DEFINITIONS_REARRANGED, f"the shared '{key}'", said, old=(key,), new=(key,))
    both = {part.id: part for part in old.parts}
    for part in new.parts:
        other = both.get(part.id)
        if other is not None and not same(list(_examples(other.value)), list(_examples(part.value))):
            at: dict[str, Any] = {"old": other.pointer, "new": part.pointer}
            found.of(part, "the examples").add(kinds.DEFINITIONS_REARRANGED, "are others now", **at)


def _examples(operation: Mapping[str, Any]) -> Iterator[Any]:
    for response in mapping(operation.get("responses")).values():
        yield mapping(response).get("examples")
