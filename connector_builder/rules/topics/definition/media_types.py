"""Rules for media types: those that operations take and answer with, and whether they fit what is sent."""

from typing import Any

from connector_builder.findings import Add, Fix, Rename, Replace, Scope, Severity
from connector_builder.findings.wording import counted, listed, quoted
from connector_builder.platform.swagger.media_types import (
    FORM,
    FORMS,
    JSON,
    MULTIPART,
    SUPPORTED,
    base,
    is_binary,
    is_media_type,
)
from connector_builder.platform.swagger.operations import Operation
from connector_builder.platform.swagger.operations import operations as every_operation
from connector_builder.rules.calls import callers, inputs_of
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import ABSENT, Node
from connector_builder.rules.rule import Defects, milder, rule


@rule(
    Severity.WARNING,
    Scope.CERTIFICATION,
    "document",
    fixable=True,
    in_specs="remove 'mediaTypes: none' from 'defaults', or 'consumes: null' from the operation",
)
def consumes_missing(node: Node, context: Context) -> Defects:
    """Operations send a body or a form, but no `consumes` says in which format.

    Write `consumes` at the top level, where it counts for all operations, or at an operation. For a body, it is usually
    `application/json`.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/1095
    Published: 163 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    Finding: : 1 operation sends a body, and no 'consumes' says in which format

    ```json good
    {"consumes": ["application/json"], "paths": {"/orders": {"post": {"operationId": "CreateOrder", "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    """
    if node.value.get("consumes"):
        return
    silent = [one for one in every_operation(node.value) if not one.value.get("consumes") and _sends(one, context)]
    if silent:
        forms = any(_sends(one, context) == "formData" for one in silent)
        help_ = f"write 'consumes: [{JSON}]' at the top level" + (
            ", and the type of each form at its operation" if forms else ""
        )
        what = f"{counted(len(silent), 'operation')} {'sends' if len(silent) == 1 else 'send'}"
        related = ((silent[0].pointer, "the first one"),)
        fix = None if forms or "consumes" in node.value else Fix(help_, (Add(("consumes",), [JSON]),))
        yield node.says(f"{what} a body, and no 'consumes' says in which format", help=help_, related=related, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "media types", fixable=True)
def mime_type_not_valid(node: Node, _: Context) -> Defects:
    """A media type isn't a type and a subtype with a `/` between them.

    Write a name such as `application/json`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"consumes": ["json"]}
    ```
    Finding: /consumes/0: 'json' isn't a media type

    ```json good
    {"consumes": ["application/json"]}
    ```
    """
    for index, one in enumerate(node.value):
        if isinstance(one, str) and not is_media_type(one):
            meant = next((known for known in SUPPORTED if known.endswith(f"/{one.lower()}")), None)
            help_ = f"did you mean {quoted(meant)}?" if meant else "it is a name such as 'application/json'"
            fix = Fix(f"write {quoted(meant)}", (Replace((*node.pointer, index), meant),)) if meant else None
            yield node.says(f"{quoted(one)} isn't a media type", index, help=help_, fix=fix)


@rule(
    Severity.WARNING, Scope.CERTIFICATION, "media types", told_once=True, explained_by=("NameNotFound",), fixable=True
)
def mime_type_not_supported(node: Node, context: Context) -> Defects:
    """A media type isn't one of the four that certification accepts.

    They are `application/json`, `text/plain`, `multipart/form-data` and `application/x-www-form-urlencoded`. Leave out the
    others that the service offers besides. The type of a file that an operation returns is exempt, such as
    `application/pdf`: there is no other for it.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/1095
    Published: 78 of 1,013 connectors.

    ```json bad
    {"produces": ["application/json", "text/xml"]}
    ```
    Finding: /produces/1: certification doesn't accept 'text/xml'

    ```json good
    {"produces": ["application/json; charset=utf-8"]}
    ```
    """
    for index, one in enumerate(node.value):
        if not isinstance(one, str) or not is_media_type(one) or base(one) in SUPPORTED:
            continue
        if not (is_binary(one) and _returns_file(node, context)):
            help_ = f"leave it out, or write {listed(SUPPORTED)}"
            others = any(isinstance(other, str) and base(other) in SUPPORTED for other in node.value)
            fix = node.without("leave it out", index) if others else None
            message = f"certification doesn't accept {quoted(base(one))}"
            yield node.says(message, index, help="leave it out" if others else help_, fix=fix)


@rule(Severity.ERROR, Scope.PLATFORM, "parameters", fixable=True)
def mime_type_not_compatible_with_request_content_schema_type(node: Node, context: Context) -> Defects:
    """An operation has the fields of a form, but none of its `consumes` is a form's; or it has a body, and all are.

    The platform sends a form as `multipart/form-data` or as `application/x-www-form-urlencoded`. Write one of them, the
    first if the form has a file. A body with a schema is sent as JSON: write `application/json`. For a body, the finding
    is a warning, as eight published connectors have it; for a form, one has it.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 9 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "consumes": ["application/json"], "parameters": [
      {"name": "buyer", "in": "formData", "type": "string"}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0: 'buyer' is in a form, but the operation sends 'application/json'

    ```json bad
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "consumes": ["multipart/form-data"], "parameters": [
      {"name": "body", "in": "body", "schema": {"type": "object"}}]}}}}
    ```
    Finding: /paths/~1orders/post/parameters/0: 'body' is a body, but the operation sends 'multipart/form-data'

    ```json good
    {"paths": {"/orders": {"post": {"operationId": "CreateOrder", "consumes": ["multipart/form-data"], "parameters": [
      {"name": "buyer", "in": "formData", "type": "string"}]}}}}
    ```
    """
    yield from _first_misfit(node, "formData", context)


@milder(Severity.WARNING, mime_type_not_compatible_with_request_content_schema_type, "parameters")
def body_media_type_not_compatible(node: Node, context: Context) -> Defects:
    """Finds bodies without a media type of bodies, which published connectors have."""
    yield from _first_misfit(node, "body", context)


@rule(Severity.ERROR, Scope.PLATFORM, "parameters", "shared parameters", fixable=True)
def string_binary_not_supported_for_form_url_encoded(node: Node, context: Context) -> Defects:
    """A form with a file is sent as `application/x-www-form-urlencoded`, which can't carry files.

    Write `multipart/form-data` into `consumes`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/files": {"post": {"operationId": "SendFile", "consumes": ["application/x-www-form-urlencoded"], "parameters": [
      {"name": "content", "in": "formData", "type": "file"}]}}}}
    ```
    Finding: /paths/~1files/post/parameters/0: 'content' is a file, and this form can't carry files

    ```json good
    {"paths": {"/files": {"post": {"operationId": "SendFile", "consumes": ["multipart/form-data"], "parameters": [
      {"name": "content", "in": "formData", "type": "file"}]}}}}
    ```
    """
    for operation in callers(node):
        types = _types_of(operation.value, "consumes", context)
        if not types or MULTIPART in types or FORM not in types:
            continue
        for index, one in enumerate(node.value if isinstance(node.value, list) else ()):
            parameter = context.resolved(one)
            if isinstance(parameter, dict) and parameter.get("in") == "formData" and _is_file(parameter):
                message = f"{quoted(parameter.get('name'))} is a file, and this form can't carry files"
                fix = _consuming(operation, node, (FORM, MULTIPART))
                yield node.says(message, index, help=f"write {quoted(MULTIPART)} into 'consumes'", fix=fix)
        return


@rule(Severity.ERROR, Scope.CERTIFICATION, "operation", fixable=True)
def response_example_must_be_produced_by_operation(node: Node, context: Context) -> Defects:
    """A response has an example for a media type that the operation doesn't produce.

    Add the media type to `produces`, or give the example for one that is there.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "produces": ["application/json"], "responses": {
      "200": {"description": "The orders.", "schema": {"type": "string"}, "examples": {"text/plain": "A-17"}}}}}}}
    ```
    Finding: /paths/~1orders/get/responses/200/examples/text~1plain: the operation doesn't produce 'text/plain'

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "produces": ["text/plain"], "responses": {
      "200": {"description": "The orders.", "schema": {"type": "string"}, "examples": {"text/plain": "A-17"}}}}}}}
    ```
    """
    produced, responses = _types_of(node.value, "produces", context), node.value.get("responses")
    for status, response in responses.items() if produced and isinstance(responses, dict) else ():
        examples = response.get("examples") if isinstance(response, dict) else None
        for media_type in examples if isinstance(examples, dict) else ():
            if not media_type.startswith("x-") and base(media_type) not in produced:
                help_ = f"it produces {listed(sorted(produced), 'and')}"
                steps = ("responses", status, "examples", media_type)
                alike = [one for one in produced if one.endswith(f"/{media_type.lower()}")]
                fix = None
                if len(alike) == 1 and isinstance(examples, dict) and alike[0] not in examples:
                    fix = Fix(f"write {quoted(alike[0])}", (Rename((*node.pointer, *steps), alike[0]),))
                yield node.says(f"the operation doesn't produce {quoted(media_type)}", *steps, help=help_, fix=fix)


def _first_misfit(node: Node, place: str, context: Context) -> Defects:
    """Yields a finding at the first parameter in this place, if its operation's media types don't fit it."""
    if node.owner.kind != "operation":
        return
    types = _types_of(node.owner.value, "consumes", context)
    fits = bool(types & {*FORMS}) if place == "formData" else bool(types - {*FORMS})
    if not types or fits:
        return
    places = [one.get("in") for one in map(context.resolved, node.value) if isinstance(one, dict)]
    if "body" in places and "formData" in places:
        return  # another rule reports that they are together
    for index, one in enumerate(node.value):
        parameter = context.resolved(one)
        if isinstance(parameter, dict) and parameter.get("in") == place:
            what = "in a form" if place == "formData" else "a body"
            message = (
                f"{quoted(parameter.get('name'))} is {what}, but the operation sends {listed(sorted(types), 'and')}"
            )
            wanted = (MULTIPART if _has_file(node, context) else FORM) if place == "formData" else JSON
            fix = _consuming(node.owner, node, (JSON, MULTIPART)) if wanted == MULTIPART else None
            yield node.says(message, index, help=f"write {quoted(wanted)} into its 'consumes'", fix=fix)
            return


def _consuming(operation: Operation | Node, node: Node, types: tuple[str, str]) -> Fix | None:
    """Returns the fix that writes another media type, if it is the only one in an operation's own `consumes`."""
    own, (type_, wanted) = operation.value.get("consumes"), types
    if own != [type_] or node.owner.kind != "operation":
        return None
    return Fix(f"write {quoted(wanted)}", (Replace((*node.owner.pointer, "consumes", 0), wanted),))


def _has_file(node: Node, context: Context) -> bool:
    parameters = (context.resolved(one) for one in node.value)
    return any(isinstance(one, dict) and one.get("type") == "file" for one in parameters)


def _returns_file(node: Node, context: Context) -> bool:
    responses = node.owner.value.get("responses") if node.owner.kind == "operation" else None
    answers = map(context.resolved, responses.values() if isinstance(responses, dict) else ())
    schemas = (context.resolved(one.get("schema")) for one in answers if isinstance(one, dict))
    return node.key == "produces" and any(isinstance(one, dict) and _is_file(one) for one in schemas)


def _is_file(parameter: dict[str, Any]) -> bool:
    return parameter.get("type") == "file" or (parameter.get("type"), parameter.get("format")) == ("string", "binary")


def _types_of(operation: dict[str, Any], key: str, context: Context) -> frozenset[str]:
    """Returns the media types of an operation, or those of all operations if it has none of its own."""
    own = operation.get(key)
    if own is None:
        return _root_types(key, context)
    return _bases(own)


@once
def _root_types(key: str, context: Context) -> frozenset[str]:
    """The media types at the top level."""
    definition = context.package.definition
    return _bases(definition.get(key)) if isinstance(definition, dict) else frozenset()


def _bases(types: Any) -> frozenset[str]:
    listed_ = types if isinstance(types, list) else ()
    return frozenset(base(one) for one in listed_ if isinstance(one, str))


def _sends(operation: Operation, context: Context) -> str | None:
    """Returns `body` or `formData` for an operation that sends one."""
    places = [one.get("in") for one in inputs_of(operation, context) if one is not ABSENT]
    return next((place for place in ("body", "formData") if place in places), None)
