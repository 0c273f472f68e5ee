"""Makes policies: a short key if a template of the table expresses the whole instance, else the plain form."""

from typing import Any

from connector_builder.language.compile.connector.policies import PLAIN_KEYS, compile_policies
from connector_builder.language.decompile.connector.trial import Draft, context, without_needless
from connector_builder.language.decompile.difference import IMPOSSIBLE
from connector_builder.language.tables.policies import TEMPLATES
from connector_builder.platform.data.differences import same
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.policies.templates import OPERATIONS, PARAMETER, SECTION
from connector_builder.platform.swagger.operations import operations

_BY_ID = {template.id.lower(): template for template in TEMPLATES}
_MOST = 1000
"""The most policies that get short keys. People don't write more; they keep the platform's own words."""


_MOST_STEPS = 100_000
"""The most policies times operations with pages: each policy is compiled for all of them, for each of its keys."""


def policies(instances: list[Any], definition: dict[str, Any]) -> list[Any] | None:
    """Returns the spec's `policies`; None if it can't express one, so that the list must be under `properties`."""
    if len(instances) > _MOST:
        return None
    definition = _pageable(definition)
    if len(instances) * len(definition["paths"]) > _MOST_STEPS:
        return None
    out = []
    for instance in instances:
        said = _policy(instance, definition)
        if said is None:
            return None
        out.append(said)
    return out


def compiled(said: list[Any], definition: dict[str, Any]) -> list[Any]:
    """Compiles `policies` for the operations of a definition."""
    return compile_policies(context({"policies": said}), definition, ())


def _pageable(definition: dict[str, Any]) -> dict[str, Any]:
    """Returns the parts of a definition that policies use: the operations that return pages."""
    paged = [one.value for one in operations(definition) if "x-ms-pageable" in one.value]
    return {"paths": {f"/{index}": {"get": one} for index, one in enumerate(paged)}}


def _policy(instance: Any, definition: dict[str, Any]) -> Any:
    if not isinstance(instance, dict):
        return None
    for said in (
        _short(instance, definition),
        {key: instance.get(name) for key, name in PLAIN_KEYS.items() if name in instance},
    ):
        if said is not None and same(compiled([said], definition), [instance]):
            return said
    return None


def _short(instance: Draft, definition: dict[str, Any]) -> Any:
    template = _BY_ID.get(str(instance.get("templateId")).lower())
    if template is None:
        return None
    parameters = mapping(instance.get("parameters"))
    settings: Draft = {one.key: parameters.get(PARAMETER + one.name) for one in template.settings}
    section = parameters.get(SECTION)
    settings["on"] = section.lower() if isinstance(section, str) else None
    settings["operations"] = parameters.get(OPERATIONS)
    settings |= {"title": instance.get("title"), "template": instance.get("templateId")}

    def cost(draft: Draft) -> int:
        return 0 if same(compiled([{template.key: draft}], definition), [instance]) else IMPOSSIBLE

    if cost(settings):
        return None
    settings = without_needless(settings, cost)
    match settings.get("operations"):
        case [str(only)]:
            settings["operations"] = only
        case _:
            pass
    return {template.key: settings} if settings else template.key
