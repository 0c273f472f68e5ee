"""Rules for what custom code uses: namespaces, the context, operations, a client of its own."""

from connector_builder.findings import Fix, Replace, Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.custom_code.script import (
    ENTRY,
    MEMBERS,
    NAMESPACES,
    named_operations,
    other_members,
    other_namespaces,
    own_clients,
)
from connector_builder.rules.calls import lacks_id, operations
from connector_builder.rules.context import Context
from connector_builder.rules.custom_code import code_of
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.source.suggest import DidYouMean

_METHOD = f"public override async Task<HttpResponseMessage> {ENTRY}()"


@rule(Severity.NOTE, Scope.PLATFORM, "script file", fixable=True)
def script_namespace_not_allowed(node: Node, context: Context) -> Defects:
    """The custom code uses a namespace that isn't in the platform's list.

    The platform compiles custom code against a fixed set of libraries. Remove the directive if the code doesn't need it;
    otherwise use what the allowed namespaces have.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 5 of 53 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp bad file=script.csx
    using System.Reflection;
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
    }
    ```
    Finding: script.csx:1:7: custom code may not use 'System.Reflection'

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp good file=script.csx
    using System.Linq;
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
    }
    ```
    """
    code = code_of(context)
    for name, start, end in other_namespaces(code) if code is not None else ():
        help_ = context.suggest(name, NAMESPACES) or "remove it, or do without it"
        fix = _respelled(node, start, end, help_)
        yield node.says(f"custom code may not use {quoted(name)}", start, end, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "script file", fixable=True)
def script_member_not_found(node: Node, context: Context) -> Defects:
    """The custom code uses a member that the object `Context` doesn't have.

    `Context` has `Request`, `OperationId`, `CorrelationId`, `Logger` and `SendAsync`. It knows no connection parameters: send
    one in a header, by a policy, and read the header.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 0 of 28 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp bad file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Requests, CancellationToken);
    }
    ```
    Finding: script.csx:3:91: 'Context' has no member 'Requests'

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp good file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
    }
    ```
    """
    code = code_of(context)
    for name, start, end in other_members(code) if code is not None else ():
        help_ = context.suggest(name, MEMBERS) or f"it has {listed(MEMBERS[:5], 'and')}"
        if "connection" in name.lower():
            help_ = "send the connection parameter in a header, by the policy 'setheader', and read the header"
        fix = _respelled(node, start, end, help_)
        yield node.says(f"'Context' has no member {quoted(name)}", start, end, help=help_, fix=fix)


@rule(Severity.WARNING, Scope.PLATFORM, "script file", fixable=True)
def script_operation_unknown(node: Node, context: Context) -> Defects:
    """The custom code compares `Context.OperationId` with an operation that the connector doesn't have.

    This part of the code never runs. Correct the id. The comparison with `==` and the cases of a `switch` mind capitals.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 0 of 28 connectors.

    ```json bad package
    {"swagger": "2.0", "info": {"title": "Orders", "description": "Reads and writes orders.", "version": "1.0"},
     "host": "api.contoso.example", "basePath": "/", "schemes": ["https"],
     "paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "OK"}}}}}}
    ```
    ```csharp bad file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.OperationId == "ListOrder"
            ? Context.SendAsync(Context.Request, CancellationToken)
            : Task.FromResult(new HttpResponseMessage());
    }
    ```
    Finding: script.csx:3:88: there is no operation 'ListOrder'

    ```json good package
    {"swagger": "2.0", "info": {"title": "Orders", "description": "Reads and writes orders.", "version": "1.0"},
     "host": "api.contoso.example", "basePath": "/", "schemes": ["https"],
     "paths": {"/orders": {"get": {"operationId": "ListOrders", "responses": {"200": {"description": "OK"}}}}}}
    ```
    ```csharp good file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.OperationId == "ListOrders"
            ? Context.SendAsync(Context.Request, CancellationToken)
            : Task.FromResult(new HttpResponseMessage());
    }
    ```
    """
    code = code_of(context)
    if code is None or not isinstance(context.package.definition, dict) or lacks_id(context):
        return
    known = operations(context)
    lower = {name.lower() for name in known}
    for named in named_operations(code):
        if named.id in known or (not named.exact and named.id.lower() in lower):
            continue
        help_ = context.suggest(named.id, known) or "write the operationId of an operation"
        fix = _respelled(node, named.start, named.end, help_)
        yield node.says(f"there is no operation {quoted(named.id)}", named.start, named.end, help=help_, fix=fix)


@rule(Severity.NOTE, Scope.PRACTICE, "script file")
def script_client_own(node: Node, context: Context) -> Defects:
    """The custom code makes an `HttpClient` of its own.

    It works today, but Microsoft says that it will be blocked. `Context.SendAsync` sends requests as the connector does.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 0 of 28 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp bad file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => new HttpClient().SendAsync(Context.Request);
    }
    ```
    Finding: script.csx:3:65: the platform is going to block an 'HttpClient' of your own

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp good file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
    }
    ```
    """
    code = code_of(context)
    for start, end in own_clients(code) if code is not None else ():
        help_ = "send the request by 'this.Context.SendAsync(request, this.CancellationToken)'"
        yield node.says("the platform is going to block an 'HttpClient' of your own", start, end, help=help_)


def _respelled(node: Node, start: int, end: int, help_: str) -> Fix | None:
    """Returns the fix that writes another name in the code, where it is certainly meant."""
    meant = help_.name if isinstance(help_, DidYouMean) else None
    return None if meant is None else Fix(str(help_), (Replace((*node.pointer, start, end), meant),))
