"""Rules for paths beside one another, for what a path item contains, and for how a path parameter is encoded."""

from connector_builder.findings import Add, Fix, Remove, Rename, Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.platform.data.plain import mapping
from connector_builder.platform.swagger.operations import VERBS
from connector_builder.platform.swagger.operations import operations as every_operation
from connector_builder.rules.context import Context, once
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_ENCODING = "x-ms-url-encoding"


@rule(Severity.WARNING, Scope.CERTIFICATION, "path parameter", told_once=True, fixable=True)
def path_parameter_missing_encoding(node: Node, _: Context) -> Defects:
    """A path parameter doesn't say how often its value is encoded.

    Without `x-ms-url-encoding`, the platform encodes the value once, so that `single` changes nothing and satisfies
    Microsoft's validator. Write `double` if values contain a `/`, and the service decodes twice.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/1095
    Published: 154 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true}]}}}}
    ```
    Finding: /paths/~1orders~1{id}/get/parameters/0: a path parameter has no 'x-ms-url-encoding'

    ```json good
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true, "x-ms-url-encoding": "single"}]}}}}
    ```
    """
    if _ENCODING not in node.value:
        help_ = "write 'x-ms-url-encoding: single'"
        fix = Fix(help_, (Add((*node.pointer, _ENCODING), "single"),))
        yield node.says(f"a path parameter has no '{_ENCODING}'", help=help_, fix=fix)


@rule(Severity.NOTE, Scope.CERTIFICATION, "path item", told_once=True)
def partial_duplicate_operation_path(node: Node, context: Context) -> Defects:
    """A request of one operation could be meant for another: where one path has a fixed word, the other has a parameter.

    `/orders/open` is also `/orders/{id}` with the id `open`. Services prefer the fixed word, so there is usually nothing
    to do. Microsoft's validator warns of it, and many published connectors have such paths.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 105 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true, "x-ms-url-encoding": "single"}]}},
      "/orders/open": {"get": {"operationId": "ListOpenOrders"}}}}
    ```
    Finding: /paths/~1orders~1open: another path has a parameter where this one has a word

    ```json good
    {"paths": {"/orders/{id}": {"get": {"operationId": "GetOrder", "parameters": [
      {"name": "id", "in": "path", "type": "string", "required": true, "x-ms-url-encoding": "single"}]}},
      "/open-orders": {"get": {"operationId": "ListOpenOrders"}}}}
    ```
    """
    other = _also(context).get(str(node.key))
    if other is not None and not set("*?#") & set(str(node.key)):  # other rules report these
        help_ = f"leave it if the service prefers the word to {quoted(other)}"
        related = ((("paths", other), "the path with the parameter"),)
        yield node.says("another path has a parameter where this one has a word", help=help_, related=related)


@rule(Severity.NOTE, Scope.PRACTICE, "path item", fixable=True)
def path_without_operations(node: Node, _: Context) -> Defects:
    """A path has no operation.

    The wizard leaves such paths behind when an operation is deleted. It does nothing: remove it.

    Published: 42 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}}, "/old": {}}}
    ```
    Finding: /paths/~1old: the path '/old' has no operation

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    if not any(verb in node.value for verb in VERBS) and "$ref" not in node.value and not _is_notified(node):
        help_ = "remove the path"
        yield node.says(
            f"the path {quoted(node.key)} has no operation", help=help_, fix=Fix(help_, (Remove(node.pointer),))
        )


@rule(Severity.WARNING, Scope.PLATFORM, "paths", told_once=True, explained_by=("BasePathRepeated",), fixable=True)
def base_path_repeated_in_paths(node: Node, context: Context) -> Defects:
    """A path begins with the base path, which is therefore sent twice.

    The platform puts `basePath` before each path: `/v1` and `/v1/orders` become `/v1/v1/orders`. Leave it out of the
    path, or of `basePath` if all paths have it. If the service does have it twice, ignore the finding.

    Published: 1 of 331 connectors.

    ```json bad
    {"basePath": "/v1", "paths": {"/v1/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    Finding: /paths/~1v1~1orders: the base path '/v1' is sent before this path, which begins with it again

    ```json good
    {"basePath": "/v1", "paths": {"/orders": {"get": {"operationId": "ListOrders"}}}}
    ```
    """
    base = mapping(context.package.definition).get("basePath")
    start = base.rstrip("/") if isinstance(base, str) else ""
    for path in node.value if start else ():
        if path == start or path.startswith(f"{start}/"):
            message = f"the base path {quoted(start)} is sent before this path, which begins with it again"
            help_ = f"write {quoted(path.removeprefix(start) or '/')}, or leave 'basePath' out"
            short = path.removeprefix(start) or "/"
            fix = (
                None if short in node.value else Fix(f"write {quoted(short)}", (Rename((*node.pointer, path), short),))
            )
            yield node.says(message, path, help=help_, related=((("basePath",), "the base path"),), fix=fix)


def _is_notified(node: Node) -> bool:
    return "x-ms-notification-content" in node.value  # another rule reports it


@once
def _also(context: Context) -> dict[str, str]:
    """For each path with a fixed word where another has a parameter, the other: both with an operation of one verb."""
    by_form: dict[tuple[str, int], list[tuple[str, tuple[str, ...]]]] = {}
    for operation in every_operation(context.package.definition):
        steps = tuple(operation.path.split("/"))
        by_form.setdefault((operation.verb, len(steps)), []).append((operation.path, steps))
    found: dict[str, str] = {}
    for paths in by_form.values():
        _pair(paths, found)
    return found


def _pair(paths: list[tuple[str, tuple[str, ...]]], found: dict[str, str]) -> None:
    """Adds the pairs among paths of one verb and length, in time linear in their number."""
    shapes: dict[tuple[str, ...], str] = {}
    for path, steps in paths:
        if any("{" in step for step in steps):
            shapes.setdefault(tuple("{}" if "{" in step else step for step in steps), path)
    for path, steps in paths:
        for position, step in enumerate(steps[:20]):
            if step and "{" not in step:
                blanked = ["{}" if "{" in other else other for other in steps]
                blanked[position] = "{}"
                other_path = shapes.get(tuple(blanked))
                if other_path is not None and other_path != path:
                    found.setdefault(path, other_path)
