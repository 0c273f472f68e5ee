"""Reads instances of policy templates, for the rules about them."""

from typing import Any

from connector_builder.platform.data.plain import mapping, text
from connector_builder.platform.policies.templates import COMMON, OPERATIONS, PARAMETER, SECTION, Template, template_of
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.sign_in import properties


def parameters_of(node: Node) -> tuple[Template | None, dict[str, Any]]:
    """Returns the template of a policy, None for an unknown one, and the policy's parameters."""
    return template_of(text(node.value.get("templateId"))), mapping(node.value.get("parameters"))


def meant_by(name: str, template: Template, given: dict[str, Any], context: Context) -> str | None:
    """Returns the name of a parameter that an unknown name of a policy is a slip of the pen for; None if there is none."""
    open_ = {one.lower(): one for one in template.names if PARAMETER + one not in given}
    bare = name.removeprefix(PARAMETER).rpartition(".")[2]
    if bare.lower() in open_:
        return PARAMETER + open_[bare.lower()]
    common = {OPERATIONS, SECTION} - set(given)
    word = (
        context.suggest(name, common)
        if name.lower().startswith(COMMON.lower())
        else context.suggest(bare, open_.values())
    )
    if word is None:
        return None
    near = word.split("'")[1]
    return near if near in common else PARAMETER + near


def misspelt(template: Template, given: dict[str, Any], context: Context) -> frozenset[str]:
    """Returns the parameters that a policy has, but under a name that is a slip of the pen."""
    known = {OPERATIONS, SECTION, *(PARAMETER + name for name in template.names)}
    meant = (meant_by(name, template, given, context) for name in given if name not in known)
    return frozenset(name for name in meant if name is not None)


def instances(context: Context, id_: str) -> list[dict[str, Any]]:
    """Returns the parameters of every policy of a template."""
    all_ = properties(context).get("policyTemplateInstances")
    return [
        mapping(one.get("parameters"))
        for one in (all_ if isinstance(all_, list) else ())
        if isinstance(one, dict) and text(one.get("templateId")).lower() == id_
    ]


def operations_in(given: dict[str, Any]) -> list[str]:
    """Returns the ids of the operations that a policy names; none if it concerns all."""
    names = given.get(OPERATIONS)
    return [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
