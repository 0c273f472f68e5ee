"""Records an answer as the sample of a response: edits the text of a spec, and proves that nothing else changed."""

import copy
import json
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from connector_builder.findings import Finding, TextEdit
from connector_builder.findings.fix import applied
from connector_builder.language.bare import are_fields
from connector_builder.language.compile.context import OPERATIONS
from connector_builder.language.decompile.proof import definition_differences, properties_differences
from connector_builder.language.load import MAIN
from connector_builder.language.tables.operations import OF_RESPONSE
from connector_builder.language.tables.top import OBJECTS
from connector_builder.language.tables.types import TYPE_WORDS
from connector_builder.language.update.adding import Spec
from connector_builder.language.update.texts import Table
from connector_builder.package import Package
from connector_builder.platform.swagger.operations import operations
from connector_builder.platform.swagger.references import name_in
from connector_builder.source.edits import Uncertain, rest_of_line
from connector_builder.source.files import MAX_DOCUMENT
from connector_builder.source.folder import Folder
from connector_builder.source.node import Node
from connector_builder.source.tree_edits import Section

Entries = dict[str, Any]
_PLAIN = ("schema", "swagger", "properties", "items", "allOf", "additionalProperties", "page", "like")
"""Keys that describe a response in another way than by its fields: no sample can be beside them."""
_BY_HAND = "describe the response there by hand"
_MEND = "mend what the spec says of the response: it contradicts the answer"
_DEPTH = 5


@dataclass(frozen=True, slots=True)
class _Holder:
    """A mapping of a text, with the key in it that a response or a schema is, or will be, the value of."""

    table: Table
    node: Node
    key: str
    kind: str = "response"

    @property
    def value(self) -> Node | None:
        return self.node.entries.get(self.key)


class Recorder:
    """A spec whose responses get samples."""

    def __init__(self, folder: Folder, main: str) -> None:
        """Reads a spec. Raises NotUpdatable if it has errors."""
        self._folder = folder
        self.spec = Spec(folder, main, "no answer is recorded")
        self._in_folder = main == MAIN

    def recorded(self, operation: str, status: int, sample: Any) -> dict[str, bytes]:
        """Returns the contents of the files that change when an answer is the sample of an operation's status.

        Raises NotUpdatable if there is no place for it, or if it can't be there without changing anything else.
        """
        table, node = self._operation(operation)
        name = f"{operation} {status}"
        try:
            files, edit = self._placed(table, node, operation, status, sample)
            contents = dict(files)
            if edit is not None:
                text = self.spec.texts.roots[edit[0]].text
                contents[edit[0]] = self._with_mark(edit[0], applied(text.content, [edit[1]]).encode())
        except (Uncertain, ValueError):
            message = f"the layout of '{operation}' has no place for a sample"
            raise self.spec.refused(message, node.key_place, _BY_HAND) from None
        if contents:
            self._prove(self.spec.rebuilt(contents, name, _MEND), operation, str(status))
        return contents

    def _operation(self, operation: str) -> tuple[Table, Node]:
        """Returns the table that contains an operation, and the operation. Raises NotUpdatable."""
        for table in self.spec.texts.tables:
            if table.section in OPERATIONS:
                for name, node in table.node.entries.items():
                    own = node.entries.get("operationId")
                    if operation == (str(own.value) if own is not None else name) and node.is_mapping:
                        return table, node
        raise self.spec.refused(f"the spec doesn't contain '{operation}' as an action or a trigger", None, _BY_HAND)

    def _placed(
        self, table: Table, node: Node, operation: str, status: int, sample: Any
    ) -> tuple[dict[str, bytes], tuple[str, TextEdit] | None]:
        """Returns the sample files, and the edit of a text with the name of its file. Raises Uncertain and NotUpdatable."""
        code = str(status)
        name = f"samples/{_words(operation)}{'' if 200 <= status < 300 else f'-{code}'}.json"
        success, others = node.entries.get("response"), node.entries.get("responses")
        success_status = "200"
        if success is not None and success.is_mapping and "status" in success.entries:
            success_status = str(success.entries["status"].value)
        if success is not None and success.value is not None and code == success_status:
            return self._into(_Holder(table, node, "response"), name, sample)
        if others is not None and others.is_mapping and code in others.entries:
            return self._into(_Holder(table, others, code, "description"), name, sample)
        files, value = self._as_file(name, sample)
        described = _listed(others)
        if success is None and 200 <= status < 300 and not any(one.startswith("2") for one in described):
            form: Entries = {"sample": value} if code == "200" else {"status": status, "sample": value}
            after = next((key for key in reversed(node.entries) if key not in ("responses", "order")), None)
            return files, (table.file, Section(node).added("response", form, after))
        form = {"sample": value}
        if others is not None and others.is_mapping and others.entries:
            return files, (table.file, Section(others).added(code, form, list(others.entries)[-1]))
        if others is not None and others.is_list:
            left = [one for one in others.value if str(one) != code]
            return files, (table.file, Section(node).replaced("responses", [*left, {code: form}]))
        if others is not None:
            raise Uncertain
        return files, (table.file, Section(node).added("responses", {code: form}, list(node.entries)[-1]))

    def _into(
        self, holder: _Holder, name: str, sample: Any, depth: int = 0
    ) -> tuple[dict[str, bytes], tuple[str, TextEdit] | None]:
        """Gives what a response or a schema says already a sample, or its sample another value."""
        node = holder.value
        assert node is not None
        named = self._named(holder, node)
        if named is not None and depth < _DEPTH:
            further, schema = named
            if node.is_list:
                sample = next((one for one in sample if one is not None), None) if isinstance(sample, list) else None
            return self._into(_Holder(further, further.node, schema, "schema"), name, sample, depth + 1)
        if not node.is_mapping or not node.value:
            files, value = self._as_file(name, sample)
            form: Entries = {"sample": value}
            if holder.kind == "description" and isinstance(node.value, str):
                form = {"description": node.value, **form}
            elif isinstance(node.value, str) and node.value not in TYPE_WORDS:
                raise self._unplaced(holder, node)
            return files, (holder.table.file, Section(holder.node).replaced(holder.key, form))
        if "sample" in node.entries:
            return self._instead(holder, node, name, sample)
        return self._beside(holder, node, name, sample)

    def _named(self, holder: _Holder, node: Node) -> tuple[Table, str] | None:
        """Returns the table and the name of the schema of the spec that a response is; None if it is none."""
        text: Any = node.value
        if node.is_mapping and "$ref" in node.entries and not {"sample", "fields"} & node.entries.keys():
            text = node.entries["$ref"].value
        elif node.is_list and len(node.items) == 1:
            text = node.items[0].value
        if not isinstance(text, str) or (holder.kind == "description" and not node.is_mapping):
            return None
        name = name_in("definitions", text) or text
        table = self.spec.texts.table("schemas", name)
        return (table, name) if table is not None else None

    def _instead(
        self, holder: _Holder, node: Node, name: str, sample: Any
    ) -> tuple[dict[str, bytes], tuple[str, TextEdit] | None]:
        """Replaces a sample: its file if no other part of the spec has it, else the value."""
        old = node.entries["sample"].value
        if isinstance(old, str) and self._uses[old] == 1 and old.endswith(".json"):
            return self._file(old, sample), None
        files, value = self._as_file(name, sample)
        return files, (holder.table.file, Section(node).replaced("sample", value))

    def _beside(
        self, holder: _Holder, node: Node, name: str, sample: Any
    ) -> tuple[dict[str, bytes], tuple[str, TextEdit] | None]:
        """Adds a sample to a mapping that has none."""
        files, value = self._as_file(name, sample)
        expected = OBJECTS["schema" if holder.kind == "schema" else "response"]
        own_fields = are_fields(node.value, expected, [one for table in self.spec.texts.tables for one in table.names])
        if own_fields:
            begins, ends = Section(node).marks.start, Section(holder.node).replaced(holder.key, {}).place.end
            if "#" in node.text.content[begins : rest_of_line(node.text.content, ends)]:
                raise Uncertain  # the comments would go
            form = {"sample": value, "fields": node.value}
            return files, (holder.table.file, Section(holder.node).replaced(holder.key, form))
        if any(key in node.entries for key in _PLAIN):
            raise self._unplaced(holder, node)
        above = [key for key in node.entries if key in OF_RESPONSE]
        return files, (holder.table.file, Section(node).added("sample", value, above[-1] if above else None))

    def _unplaced(self, holder: _Holder, node: Node) -> Exception:
        message = f"'{holder.key}' is described without a sample, in another way"
        return self.spec.refused(message, node.key_place, _BY_HAND)

    def _as_file(self, name: str, sample: Any) -> tuple[dict[str, bytes], Any]:
        """Returns a new sample file with its name; no file and the sample itself for a spec that is a single file."""
        if not self._in_folder:
            return {}, sample
        free, number = name, 2
        while self._uses[free]:
            free, number = f"{name.removesuffix('.json')}-{number}.json", number + 1
        return self._file(free, sample), free

    def _file(self, name: str, sample: Any) -> dict[str, bytes]:
        """Returns a sample file that changes; none if it has the sample already. What was there keeps its order and layout."""
        before = self._folder.read(name, MAX_DOCUMENT)
        if isinstance(before, Finding):
            return {name: _json(sample, "  ", "\n")}
        text = before.removeprefix(BOM_UTF8).decode("utf-8", "replace")
        try:
            old = json.loads(text)
        except (ValueError, RecursionError):
            old = None
        indent = re.search(r"\A[{\[]\r?\n([ \t]+)", text)
        written = _json(_ordered(old, sample), indent[1] if indent else "  ", "\r\n" if "\r\n" in text else "\n")
        return {} if old == sample else {name: self._with_mark(name, written)}

    def _with_mark(self, name: str, content: bytes) -> bytes:
        """Returns the new content of a file with the byte order mark that the file has."""
        before = self._folder.read(name, MAX_DOCUMENT)
        return BOM_UTF8 + content if isinstance(before, bytes) and before.startswith(BOM_UTF8) else content

    @property
    def _uses(self) -> Counter[str]:
        """Returns how often the spec names each sample file."""
        return Counter(name for root in self.spec.texts.roots.values() for name in _sample_names(root.value))

    def _prove(self, built: Package, operation: str, status: str) -> None:
        """Raises NotUpdatable if a package differs from the spec's in more than a response and the schema that it names."""
        before, schema = _without(self.spec.package.definition, operation, status)
        after, other = _without(built.definition, operation, status)
        for definition in (before, after):
            for name in {schema, other} - {None}:
                definition.get("definitions", {}).pop(name, None)
        wrong = list(definition_differences(before, after, ordered=()))
        wrong += properties_differences(self.spec.package.properties, built.properties)
        if wrong:
            where = "/".join(map(str, wrong[0]))
            raise self.spec.refused(
                f"'{operation}' can't have this sample without changing something else: {where}", None, _BY_HAND
            )


def _listed(node: Node | None) -> list[str]:
    """Returns the statuses that `responses` describes."""
    if node is None:
        return []
    parts = [key for item in node.items for key in (item.entries if item.is_mapping else [item.value])]
    return [str(one) for one in (node.entries if node.is_mapping else parts)]


def _without(definition: Entries, operation: str, status: str) -> tuple[Entries, str | None]:
    """Returns a definition without a response of an operation, and the name of the schema that it refers to."""
    left = copy.deepcopy(definition)
    for one in operations(left):
        if str(one.value.get("operationId")) == operation:
            response = one.value.get("responses", {}).pop(status, None)
            # A response that is described leaves out the derived one.
            described = one.value.get("responses", {})
            if described.get("200", {}).keys() <= {"description"}:
                described.pop("200", None)
            schema = response.get("schema") if isinstance(response, dict) else None
            schema = schema.get("items", schema) if isinstance(schema, dict) else {}
            return left, name_in("definitions", schema.get("$ref"))
    return left, None


def _words(name: str) -> str:
    return re.sub(r"[^a-z0-9-]+", "-", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()).strip("-")


def _json(sample: Any, indent: str, newline: str) -> bytes:
    return (json.dumps(sample, indent=indent, ensure_ascii=False) + "\n").replace("\n", newline).encode()


def _ordered(old: Any, new: Any) -> Any:
    """Returns a value whose fields are in the order of another one, where that has them."""
    if isinstance(old, dict) and isinstance(new, dict):
        names = [*(name for name in old if name in new), *(name for name in new if name not in old)]
        return {name: _ordered(old.get(name), new[name]) for name in names}
    if isinstance(old, list) and isinstance(new, list):
        return [_ordered(old[index] if index < len(old) else None, one) for index, one in enumerate(new)]
    return new


def _sample_names(value: Any) -> Iterator[str]:
    """Yields the names of the sample files in a part of a spec."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            for key, one in part.items():
                names = one if key == "samples" and isinstance(one, list) else [one] if key == "sample" else []
                yield from (name for name in names if isinstance(name, str))
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
