"""Makes the tree of a spec from a package, with its sections in the order of the language's example."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from connector_builder.language.compile.context import Defaults
from connector_builder.language.compile.operations.triggers import CONTENT
from connector_builder.language.decompile.choices.calls import common_calls
from connector_builder.language.decompile.choices.defaults import in_order
from connector_builder.language.decompile.choices.enums import common_enums, common_trees
from connector_builder.language.decompile.choices.likes import with_likes
from connector_builder.language.decompile.choices.named import with_used_names
from connector_builder.language.decompile.choices.repeated import pascal, repeated_schemas
from connector_builder.language.decompile.choices.responses import alike_responses
from connector_builder.language.decompile.choices.shared import common_headers, parameter_templates, shared_sections
from connector_builder.language.decompile.choices.tags import tags_of
from connector_builder.language.decompile.choices.templates import common_fields
from connector_builder.language.decompile.connector.connector import top_sections
from connector_builder.language.decompile.connector.solution import solution_form, variable_form
from connector_builder.language.decompile.decisions import Entries, Style
from connector_builder.language.decompile.draft import LONG, NORMAL, PLAIN, Draft, Operation, Part, Spec
from connector_builder.language.decompile.entries import in_order_of
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.operations.operations import operation_form
from connector_builder.language.decompile.operations.parameters import Around, read_parameters
from connector_builder.language.decompile.operations.polling import polling_forms
from connector_builder.language.decompile.operations.responses import default_responses, notification_rest
from connector_builder.language.decompile.schemas.fields import short_field
from connector_builder.language.decompile.schemas.sampled import sample_files, samples_of
from connector_builder.language.decompile.schemas.schemas import schema_form
from connector_builder.language.decompile.schemas.short_fields import with_short_fields
from connector_builder.language.tables.top import OBJECTS
from connector_builder.numbering import Numbers
from connector_builder.package.model import ICON
from connector_builder.platform.data.plain import items, mapping
from connector_builder.platform.swagger import operations as definitions
from connector_builder.platform.swagger.operations import VERBS, operations_of
from connector_builder.render.settings import DEFAULTS
from connector_builder.source.nodes import node_of
from connector_builder.source.yaml_writer import Block, Spaced


def spec_of(draft: Draft) -> Spec:
    """Returns the whole spec as plain data.

    A part that a form can't express is raised to the next level in `draft`.
    """
    definition = draft.definition
    defaults = draft.defaults
    style = _style(draft, defaults)
    policies, polling = polling_forms(definition, draft.properties if draft.polling else None)
    operations = list(_operations(draft, polling))
    media = style.defaults.media_types
    tree: Entries = dict(
        top_sections(definition, draft.properties, script=draft.script, polling=policies, media_types=media)
    )
    if "policies" in tree:  # each on a line of its own
        tree["policies"] = [Block(one) if isinstance(one, dict) else one for one in tree["policies"]]
    _solution(draft, tree)
    if defaults:
        tree["defaults"] = defaults
    settings = _settings(draft.settings)
    if settings:
        tree["settings"] = settings
    _read(draft, style, operations)
    style.parameters = parameter_templates(draft, style, operations)
    style.headers = common_headers(style, operations)
    if style.headers:
        operation = {"headers": dict(style.headers.values()), **defaults.get("operation", {})}
        tree["defaults"] = defaults = in_order({**defaults, "operation": operation})
    _written(draft, style, operations)
    style.fields = common_fields(style, style.seen)
    if style.alike:
        tree["defaults"] = in_order({**defaults, "responses": default_responses(style)})
    if style.fields:
        tree["fields"] = Block({name: short_field(entries) for name, entries in style.fields.items()})
    actions, triggers, schemas, paths = _written(draft, style, operations)
    tree.update(shared_sections(draft, style))
    for key, section in (
        ("actions", actions),
        ("triggers", triggers),
        ("schemas", with_likes(schemas)),
        ("paths", paths),
    ):
        if section:
            tree[key] = section
    places = {one.name: one.path for one in operations}
    tags = {one.name: tag for one in operations if (tag := _tag(one.swagger))}
    wanted = list(mapping(definition.get("paths")))
    tree = in_sections(with_short_fields(with_used_names(tree)))
    return Spec(tree, list(actions), list(triggers), places, tags, wanted, sample_files(tree, style))


def _solution(draft: Draft, tree: Entries) -> None:
    """Adds the icon, and what a solution says beyond the documents."""
    connector: Entries = dict(tree["connector"])
    if draft.icon:
        connector["icon"] = ICON
    elif draft.without_icon:
        connector["icon"] = None
    if draft.solution:
        said = solution_form(draft.solution, draft.definition, draft.properties)
        if said:
            connector["solution"] = said
    tree["connector"] = in_order_of("connector", connector) if draft.solution or draft.without_icon else connector
    if draft.environment_variables:
        forms = {name: variable_form(name, one) for name, one in draft.environment_variables.items()}
        tree["environmentVariables"] = Block(forms)


def in_sections(tree: Entries) -> Entries:
    """Returns the top level in the language's order."""
    return Spaced(in_order_of("spec", tree))


def _tag(swagger: Entries) -> str:
    """Returns the first tag of an operation; empty if it has none."""
    tags = swagger.get("tags")
    return tags[0] if isinstance(tags, list) and tags and isinstance(tags[0], str) else ""


def _settings(given: Entries) -> Entries:
    """Returns the settings in settings.json that aren't written by default."""
    return {
        key: given[key]
        for key in OBJECTS["settings"].keys
        if isinstance(given.get(key), str) and given[key] and given[key] != DEFAULTS.get(key)
    }


def _written(draft: Draft, style: Style, operations: list[Operation]) -> tuple[Entries, Entries, Entries, Entries]:
    """Returns the actions, the triggers, the schemas, and the plain Swagger under `paths`."""
    draft.plain.clear()
    actions, triggers, paths = Spaced(), Spaced(), Block()
    for one in operations:
        form = _operation(draft, style, one)
        if form is None:
            draft.plain.append(one.path)
            paths.setdefault(one.path, Block())[one.verb] = one.swagger
        elif "x-ms-trigger" in one.swagger:
            triggers[one.name] = form
        else:
            actions[one.name] = form
    _items(draft, draft.definition, paths, [*actions.values(), *triggers.values()])
    return actions, triggers, _schemas(draft, style), paths


def _style(draft: Draft, said: Entries) -> Style:
    definition = draft.definition
    defaults = Defaults.read(node_of(said).entries)
    shared = mapping(definition.get("responses"))
    operation = said.get("operation", {})
    style = Style(
        defaults=defaults,
        schemas=frozenset(mapping(definition.get("definitions"))),
        responses=said.get("responses", {}),
        shared_responses=frozenset(shared),
        common=[str(status) for status in operation.get("responses", ())],
        operation=operation,
        path_tags=tags_of(operation),
        samples=samples_of(definition, draft.sampled),
        alike=alike_responses([one.value for one in definitions.operations(definition)], said.get("responses", {})),
    )
    style.calls = common_calls(definition, defaults)
    draft.named = {"enums": common_enums(definition), "dynamicTree": common_trees(definition)}
    style.enums, style.trees = ({repr(form): name for name, form in table.items()} for table in draft.named.values())
    default_responses(style)  # so that nothing is expected that can't be expressed
    repeated = repeated_schemas(definition)
    style.inline = {name: schema for name, schema in repeated.schemas.items() if _is_sayable(style, schema)}
    style.repeated = {place: name for place, name in repeated.names.items() if name in style.inline}
    for place, name in style.repeated.items():
        if place in style.samples:
            style.samples.setdefault(id(style.inline[name]), style.samples[place])
    return style


def _is_sayable(style: Style, schema: Entries) -> bool:
    """Checks whether a schema that occurs in several places can be written once."""
    with suppress(Unsayable):
        schema_form(replace(style, seen=[]), schema)
        return True
    return False


def _operations(draft: Draft, polling: Entries) -> Iterator[Operation]:
    """Yields the operations in the order of their paths, each with a unique name."""
    definition = draft.definition
    shared = mapping(definition.get("parameters"))
    taken, numbers = set[str](), Numbers("_")
    for path, verb, swagger, item in definitions.operations(definition):
        around = Around(definition, shared, items(item.get("parameters")))
        given = swagger.get("operationId")
        name = numbers.free(given if isinstance(given, str) and given else pascal(f"{verb}/{path}") or verb, taken)
        taken.add(name)
        around.polling = polling.get(name)
        yield Operation(name, path, verb, swagger, around)


def _read(draft: Draft, style: Style, operations: list[Operation]) -> None:
    """Reads the parameters of all operations: what they have in common must be known before the first is written."""
    for one in operations:
        if draft.level(_part(one)) == NORMAL:
            try:
                one.around.read = read_parameters(style, one.path, one.swagger, one.around)
            except Unsayable:
                draft.levels[_part(one)] = LONG


def _part(one: Operation) -> Part:
    return ("paths", one.path, one.verb)


def _operation(draft: Draft, style: Style, one: Operation) -> Any:
    """Returns an operation's form at its level, or at the next that can express it; None for plain Swagger."""
    part = _part(one)
    item = mapping(draft.definition["paths"][one.path])
    content = item.get(CONTENT) if _notifies(one, item) else None
    for level in range(draft.level(part), PLAIN):
        draft.levels[part] = level
        one.around.notification = content
        try:
            return operation_form(
                replace(style, plain=level > NORMAL), one.name, one.path, one.verb, one.swagger, one.around
            )
        except Unsayable:
            continue
    draft.levels[part] = PLAIN
    return None


def _notifies(one: Operation, item: Entries) -> bool:
    """Checks whether a path's notification belongs to this operation: the path's first trigger, else its first one."""
    all_ = list(operations_of(one.path, item))
    triggers = [each for each in all_ if "x-ms-trigger" in each.value]
    return [each.verb for each in (triggers or all_)[:1]] == [one.verb]


def _items(draft: Draft, definition: Entries, paths: Block, operations: list[Any]) -> None:
    """Writes the keys of path items besides operations under `paths`, except what `webhook` says of a notification."""
    said = {
        form["request"].split(" ", 1)[1].partition("?")[0]
        for form in operations
        if isinstance(form, dict) and "notification" in form.get("webhook", ())
    }
    for path, item in mapping(definition.get("paths")).items():
        if not isinstance(item, dict):
            paths[path] = item
            draft.plain.append(path)
            continue
        for key, value in item.items():
            if key in VERBS and isinstance(value, dict):
                continue
            if key == CONTENT and path in said:
                value = notification_rest(value)
                if not value:
                    continue
            paths.setdefault(path, Block())[key] = value
            draft.plain.append(path)
        if not item:
            paths[path] = {}


def _schemas(draft: Draft, style: Style) -> Block:
    schemas = Block()
    for name, schema in mapping(draft.definition.get("definitions")).items():
        part = ("definitions", name)
        for level in range(draft.level(part), PLAIN):
            draft.levels[part] = level
            try:
                schemas[name] = schema_form(replace(style, plain=level > NORMAL), schema)
                break
            except Unsayable:
                continue
        else:
            draft.levels[part] = PLAIN
            draft.plain.append(name)
            schemas[name] = {"swagger": schema}
    for name, schema in style.inline.items():
        schemas[name] = Block({"inline": True, **schema_form(style, schema)})
    return schemas
