"""Rules for custom code: that it is there, is text, and has the class that the platform runs."""

from connector_builder.findings import Scope, Severity
from connector_builder.findings.wording import quoted
from connector_builder.package.model import SCRIPT
from connector_builder.platform.api_properties import GATEWAY_SETTING
from connector_builder.platform.custom_code.script import (
    BASE,
    CLASS,
    ENTRY,
    has_class,
    has_entry,
    loose_bracket,
    nearest_class,
)
from connector_builder.platform.data.plain import text
from connector_builder.rules.context import Context
from connector_builder.rules.custom_code import code_of, decoded
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.sign_in import parameters

_METHOD = f"public override async Task<HttpResponseMessage> {ENTRY}()"


@rule(Severity.WARNING, Scope.PLATFORM, "script operations")
def script_missing(node: Node, context: Context) -> Defects:
    """`scriptOperations` names operations, but there is no custom code.

    The platform refuses the connector (`InvalidScriptDefinitionUrlWithNonNullOperations`), or the operations run without
    code. Add the file `script.csx`, or name the file as `script` in settings.json; or remove `scriptOperations`.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 5 of 1,013 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}, "scriptOperations": ["GetOrder"]}}
    ```
    Finding: 1:45: there is no custom code for these operations

    ```json good package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    """
    package = context.package
    if node.value and package.complete and package.script is None and SCRIPT not in package.files:
        if "script" in package.missing:
            return  # the file that settings.json names isn't there, which another rule says
        help_ = f"add {quoted(SCRIPT)}, or remove 'scriptOperations'"
        yield node.says("there is no custom code for these operations", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "script file", explained_by=("ScriptNotValid",))
def script_class_missing(node: Node, context: Context) -> Defects:
    """The custom code has no class `Script : ScriptBase`, or no code at all.

    The platform makes an object of this class and calls its method `ExecuteAsync`. The name is written with a capital S.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 3 of 53 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp bad file=script.csx
    public class Orders : ScriptBase
    {
    }
    ```
    Finding: script.csx:1:8: the script has no class 'Script : ScriptBase'

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
    if code is None or has_class(code):
        return
    help_ = f"write 'public class {CLASS} : {BASE}' with the method '{ENTRY}'"
    if not code.code.strip():
        yield node.says("the script has no code", help=help_)
    else:
        yield node.says(f"the script has no class '{CLASS} : {BASE}'", *(nearest_class(code) or ()), help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "script file", explained_by=("ScriptNotValid",))
def script_method_missing(node: Node, context: Context) -> Defects:
    """The class of the custom code doesn't override `ExecuteAsync`.

    It is the only method that the platform calls. Without it, the code can't be compiled.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 0 of 28 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp bad file=script.csx
    public class Script : ScriptBase
    {
        public Task<HttpResponseMessage> Execute() => Context.SendAsync(Context.Request, CancellationToken);
    }
    ```
    Finding: script.csx:1:8: the script doesn't override 'ExecuteAsync'

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
    if code is not None and has_class(code) and not has_entry(code):
        help_ = f"write '{_METHOD}'"
        yield node.says(f"the script doesn't override '{ENTRY}'", *(nearest_class(code) or ()), help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "script file", explained_by=("ScriptNotValid",))
def script_bracket_not_closed(node: Node, context: Context) -> Defects:
    """A bracket in the custom code isn't closed, or closes nothing.

    The platform can't compile such code. The rule leaves out code with branches of the preprocessor (`#if`), which may each have
    a half of a pair.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 0 of 28 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```csharp bad file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken;
    }
    ```
    Finding: script.csx:3:82: the bracket '(' isn't closed

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
    branches = b"#if" in (context.package.script or b"")
    at = loose_bracket(code) if code is not None and not branches else None
    if code is not None and at is not None:
        sign = code.code[at]
        opens = sign in "({["
        what = "isn't closed" if opens else "closes nothing"
        yield node.says(
            f"the bracket '{sign}' {what}", at, at + 1, help="close it" if opens else "remove it, or open one before"
        )


@rule(Severity.WARNING, Scope.PLATFORM, "script file", explained_by=("ScriptNotValid", "EncodingNotValid"))
def script_encoding_not_valid(node: Node, context: Context) -> Defects:
    r"""The custom code isn't text in UTF-8.

    The platform reads UTF-8. Save the file in this encoding.

    Published: 0 of 28 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {}}}
    ```
    ```escaped bad file=script.csx
    // Gr\xfc\xdfe\npublic class Script : ScriptBase { public override Task<HttpResponseMessage> ExecuteAsync() => null; }
    ```
    Finding: script.csx:1:1: the script isn't text in UTF-8

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
    if context.package.script is not None and decoded(context.package.script) is None:
        yield node.says("the script isn't text in UTF-8", help="save it as UTF-8")


@rule(Severity.WARNING, Scope.PLATFORM, "script file")
def script_not_supported_by_gateway(node: Node, context: Context) -> Defects:
    """The connector has custom code, and connections use an on-premises data gateway, which doesn't run it.

    Do in the service what the code does, or do without the gateway.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code
    Published: 1 of 335 connectors.

    ```json bad package file=apiProperties.json
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting"}}}}
    ```
    ```csharp bad file=script.csx
    public class Script : ScriptBase
    {
        public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
    }
    ```
    Finding: script.csx:1:1: a gateway doesn't run custom code

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
    if GATEWAY_SETTING in (text(one.get("type")) for one in parameters(context).values()):
        yield node.says("a gateway doesn't run custom code", help="leave out the code, or the gateway")
