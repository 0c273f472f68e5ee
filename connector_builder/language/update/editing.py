"""Edits the texts of a spec: every part that an update changes, at its level."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from connector_builder.findings import Pointer, TextEdit
from connector_builder.language.compile.context import OPERATIONS
from connector_builder.language.decompile.entries import in_order_of
from connector_builder.language.derived import shared_key
from connector_builder.language.update.alignment import Entries
from connector_builder.language.update.forms import NOT_SAID, Forms, swagger_of
from connector_builder.language.update.parts import (
    DETAIL,
    KEYS,
    LONG,
    PATHS,
    PLAIN,
    SCHEMAS,
    WHOLE,
    Part,
    changed_operations,
    changed_schemas,
    names_of_operations,
)
from connector_builder.language.update.texts import Placeholders, Texts, Trial
from connector_builder.language.update.tree_diff import DEEP, entry_edits, mapping_edits
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger.operations import VERBS, operations
from connector_builder.platform.swagger.references import name_in
from connector_builder.source.edits import Uncertain
from connector_builder.source.node import Node
from connector_builder.source.tree_edits import Section

_LEVELS = {DETAIL: DEEP, KEYS: 1}


class Editing:
    """A spec with the forms of its parts before and after the update.

    `parts` are the operations and schemas that change, `level` is how the top level is edited. `variables` are
    what forms contain instead of the spec's variables.
    """

    def __init__(
        self,
        texts: Texts,
        checked: Node,
        before: Forms,
        after: Forms,
        schemas: Mapping[str, str],
        variables: Placeholders,
    ) -> None:
        self.texts = texts
        self.before = before
        self.after = after
        self.variables = variables
        self.level = DETAIL
        self.parts = [
            *changed_operations(texts, before.definition, after.definition),
            *changed_schemas(before.definition, after.definition, schemas),
        ]
        self._shared = {
            str(shared_key(name, mapping(node.value).get("shared"))): name
            for name, node in (checked.entries["parameters"].entries if "parameters" in checked.entries else {}).items()
        }
        self._names = names_of_operations(texts, before.definition)
        self._names |= {part.now: part.new_name for part in self.parts if part.now and part.to in OPERATIONS}
        self._tops = (before.top(), after.top())

    def trial(self) -> tuple[dict[str, bytes], set[str]]:
        """Returns the contents of the changed files, and the files that go.

        A part whose text can't be edited at its level gets the next. Raises Uncertain if there is none.
        """
        while True:
            trial = Trial(self.texts)
            part = self._edit_all(trial)
            if part is None:
                return trial.contents(), trial.gone
            if not part.coarser():
                raise Uncertain

    def finest(self) -> dict[str, tuple[bytes, list[TextEdit]]]:
        """Returns the edits of single values: for each file that changes its new content, and the edits.

        Raises Uncertain where a part would have to be written anew.
        """
        trial = Trial(self.texts)
        if self._edit_all(trial) is not None:
            raise Uncertain
        contents = trial.contents()
        if trial.gone or trial.whole:
            raise Uncertain
        return {name: (content, trial.edits_of(name)) for name, content in contents.items() if trial.edits_of(name)}

    def coarser(self, pointers: list[Pointer]) -> bool:
        """Gives the parts with these differences their next level, else all parts. Returns False if none has one."""
        owners = [part for part in self.parts if any(at and part.owns(at) for at in pointers)]
        if [part for part in owners if part.coarser()]:
            return True
        if self.level < WHOLE:
            self.level += 1
            return True
        return bool([part for part in self.parts if part.coarser()])

    def _edit_all(self, trial: Trial) -> Part | None:
        """Edits all parts. Returns the first that can't be edited at its level."""
        for part in (one for one in self.parts if _leaves(one)):
            table = self.texts.table(part.section, part.name)
            if table is not None:
                table.removed.add(part.name)
            elif part.section != PATHS:
                return part
        named = [self._names[one.pointer] for one in operations(self.after.definition) if one.pointer in self._names]
        before = {section: trial.neighbours(section, named) for section in OPERATIONS}
        before[SCHEMAS] = trial.neighbours(SCHEMAS, mapping(self.after.definition.get("definitions")))
        for part in self.parts:
            try:
                if not _leaves(part) and part.to != PATHS:
                    self._edit(trial, part, before[part.to].get(part.new_name))
            except Uncertain:
                return part
        self._top(trial)
        return None

    def _edit(self, trial: Trial, part: Part, neighbour: str | None) -> None:
        """Edits a part that stays in a table or comes into one; there, behind its neighbour."""
        table = self.texts.table(part.section, part.name) if part.name else None
        after = self._form(self.after, part, part.now)
        if table is None or part.section != part.to or part.name in table.removed:
            if table is not None and part.name not in table.removed:
                table.removed.add(part.name)
            short = not part.name and part.level == WHOLE
            trial.add(part.to, part.new_name, self.after.short(after, part.to) if short else after, neighbour)
            return
        section = Section(table.node, spaced=True)
        edits = self._entry(section, part, after)
        key = table.node.entries[part.name].key_span
        if part.name != part.new_name:
            if key is None or any(edit.place.start <= key[0] for edit in edits):
                edits = [section.replaced(part.name, after, part.new_name)]
            else:
                edits.append(section.renamed(part.name, part.new_name))
        trial.edit(table.file, edits)

    def _entry(self, section: Section, part: Part, after: Any) -> list[TextEdit]:
        """Returns the edits of the entry of an operation or schema in its table."""
        levels = _LEVELS.get(part.level)
        if levels is None:
            return [section.replaced(part.name, after)]
        before = self._form(self.before, part, part.was)
        node = section.node.entries[part.name]
        if part.to == SCHEMAS or not node.is_mapping:
            return entry_edits(section, part.name, before, after, levels)
        # An operation of one key may be its request line alone.
        one, other = (form if isinstance(form, dict) else {"request": form} for form in (before, after))
        return entry_edits(section, part.name, one, other, levels)

    def _form(self, forms: Forms, part: Part, at: Pointer) -> Any:
        """Returns the form of a part at its level. Raises Uncertain if only plain Swagger expresses it."""
        long = part.level == LONG
        if part.to == SCHEMAS:
            schema = str(at[1])
            form = forms.schema(schema, long=long) if part.level < PLAIN else NOT_SAID
            if form is NOT_SAID:
                form = {"swagger": swagger_of(forms.definition["definitions"][schema])}
        else:
            form = forms.operation(part.name or part.new_name, str(at[1]), str(at[2]), long=long)
        if form is NOT_SAID:
            raise Uncertain
        return self.variables.back(form)

    def _top(self, trial: Trial) -> None:
        """Edits the top level, with everything that isn't in a table: its sections, shared parts, plain Swagger."""
        before, after = (
            self.variables.back(
                in_order_of("spec", {**top, **self._shared_parts(forms), **self._paths(forms, changed=changed)})
            )
            for top, forms, changed in zip(self._tops, (self.before, self.after), (False, True), strict=True)
        )
        order = self.texts.root.entries.get("order")
        if order is not None and order.is_list:
            before["order"], after["order"] = order.value, self._order(order.value)
            if not after["order"]:
                del after["order"]
        levels = {DETAIL: DEEP, KEYS: 2}.get(self.level, 1)
        trial.edit(self.texts.main, list(mapping_edits(Section(self.texts.root, spaced=True), before, after, levels)))

    def _order(self, listed: list[Any]) -> list[Any]:
        """Returns the entries of `order` that don't name what is gone."""
        gone = {part.name for part in self.parts if not part.to} | {str(part.was[1]) for part in self.parts if part.was}
        paths = sorted(mapping(self.after.definition.get("paths")))
        ids = {str(one.value.get("operationId")) for one in operations(self.after.definition)}
        known = {*paths, *self._names.values(), *ids} - {part.name for part in self.parts if not part.to}
        return [
            one
            for one in listed
            if one in known or (_begins_some(one, paths) if str(one).endswith("*") else one not in gone)
        ]

    def _shared_parts(self, forms: Forms) -> Entries:
        """Returns the forms of Swagger's shared parameters and responses, by where the spec has them."""
        long = self.level > KEYS
        templates: Entries = {}
        components: dict[str, Entries] = {}
        used = _used(forms.definition)
        for key in mapping(forms.definition.get("parameters")):
            template = self._shared.get(key) if key in used else None  # a template that nothing uses shares nothing
            form = forms.parameter(key, template=template is not None, long=long and template is None)
            if template is not None and form is not NOT_SAID:
                templates[template] = form
            elif template is None:
                plain = {"swagger": swagger_of(forms.definition["parameters"][key])}
                components.setdefault("parameters", {})[key] = plain if form is NOT_SAID else form
        for key, swagger in mapping(forms.definition.get("responses")).items():
            form = forms.response(key, long=long)
            components.setdefault("responses", {})[key] = {"swagger": swagger_of(swagger)} if form is NOT_SAID else form
        sections: Entries = {"parameters": templates} if templates else {}
        return {**sections, "components": components} if components else sections

    def _paths(self, forms: Forms, *, changed: bool) -> Entries:
        """Returns `paths`: what the spec says in plain Swagger, and after the update also what becomes plain."""
        plain = {part.now for part in self.parts if part.to == PATHS or (part.level == PLAIN and part.to in OPERATIONS)}
        said = self.texts.root.entries.get("paths")
        there = {
            (path, key) for path, node in (said.entries if said is not None else {}).items() for key in node.entries
        }
        out: Entries = {}
        for path, item in mapping(forms.definition.get("paths")).items():
            if item == {} and said is not None and path in said.entries:
                out[path] = {}
            for key, value in item.items() if isinstance(item, dict) else ():
                new = changed and (("paths", path, key) in plain or (key not in VERBS and self._is_new(path, key)))
                if (path, key) in there or new:
                    out.setdefault(path, {})[key] = swagger_of(value)
        return {"paths": out} if out else {}

    def _is_new(self, path: str, key: str) -> bool:
        """Checks whether a key of a path item, other than an operation, wasn't there before."""
        return key == "parameters" and key not in mapping(mapping(self.before.definition.get("paths")).get(path))


def _used(definition: Entries) -> set[str]:
    """Returns the shared parameters that operations use."""
    listed = (one for each in operations(definition) for one in items(each.value.get("parameters")))
    names = (name_in("parameters", one["$ref"]) for one in listed if isinstance(one, dict) and "$ref" in one)
    return {name for name in names if name is not None}


def _leaves(part: Part) -> bool:
    """Checks whether a part leaves its table: it goes, or becomes plain Swagger."""
    return not part.to or (part.level == PLAIN and part.to != SCHEMAS)


def _begins_some(entry: str, paths: list[str]) -> bool:
    """Checks whether some of the sorted paths begins as an entry with a star says."""
    at = bisect_left(paths, entry[:-1])
    return at < len(paths) and paths[at].startswith(entry[:-1])
