"""Rules for the parts of apiProperties.json around connection parameters and policies: colour, owner, capabilities, secrets."""

from connector_builder.findings import Fix, Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.api_properties import (
    BRAND_COLOR,
    CAPABILITIES,
    GATEWAY_CAPABILITY,
    GATEWAY_SETTING,
    INDEPENDENT,
    INDEPENDENT_COLOR,
    NOT_BRANDS,
)
from connector_builder.platform.data.plain import mapping, text
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule
from connector_builder.rules.sign_in import parameters


@rule(Severity.ERROR, Scope.PLATFORM, "connector properties", keys="iconBrandColor", fixable=True)
def brand_color_not_valid(node: Node, _: Context) -> Defects:
    """The brand colour isn't a colour such as `#0078d4`.

    The platform draws the icon on it. Write `#` and six hexadecimal digits: names of colours and short forms aren't read.

    Published: 0 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#07d"}}
    ```
    Finding: /properties/iconBrandColor: '#07d' isn't a colour of the form '#rrggbb'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#0077dd"}}
    ```
    """
    value = node.value
    if BRAND_COLOR.fullmatch(value):
        return
    digits = value.strip().lstrip("#")
    whole = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    certain = f"#{whole}" if BRAND_COLOR.fullmatch(f"#{whole}") else None
    fix = Fix(f"write '{certain}'", (node.becomes(certain),)) if certain else None
    help_ = f"write '{certain}'" if certain else "write '#' and six hexadecimal digits, such as '#0078d4'"
    yield node.says(f"{quoted(value)} isn't a colour of the form '#rrggbb'", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "connector properties", only_certification=True)
def brand_color_not_certifiable(node: Node, _: Context) -> Defects:
    """The brand colour is missing, white, or the portal's default `#007ee5`, which certification refuses.

    Write the colour of your brand, the one on which your icon stands.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 4 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5"}}
    ```
    Finding: /properties/iconBrandColor: certification refuses the brand colour '#007ee5'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "iconBrandColor": "#1f6f43"}}
    ```
    """
    color = node.value.get("iconBrandColor")
    help_ = "write the colour of your brand, such as '#1f6f43'"
    if color is None:
        yield node.says("'iconBrandColor' is missing", help=help_)
    elif text(color).lower() in NOT_BRANDS:
        yield node.says(f"certification refuses the brand colour {quoted(color)}", "iconBrandColor", help=help_)


@rule(
    Severity.ERROR,
    Scope.CERTIFICATION,
    "connector properties",
    keys="iconBrandColor",
    only_certification=True,
    fixable=True,
)
def independent_publisher_color_not_valid(node: Node, context: Context) -> Defects:
    """A connector of an independent publisher has another brand colour than `#da3b01`.

    All of them share this colour. The title says that the publisher is independent.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission-ip
    Published: 0 of 392 connectors.

    ```json bad documents
    {"apiDefinition.swagger.json": {"info": {"title": "Orders (Independent Publisher)", "version": "1.0", "description": "Reads orders."}},
     "apiProperties.json": {"properties": {"connectionParameters": {}, "iconBrandColor": "#1f6f43"}}}
    ```
    Finding: /properties/iconBrandColor: an independent publisher's colour isn't '#1f6f43'

    ```json good documents
    {"apiDefinition.swagger.json": {"info": {"title": "Orders (Independent Publisher)", "version": "1.0", "description": "Reads orders."}},
     "apiProperties.json": {"properties": {"connectionParameters": {}, "iconBrandColor": "#da3b01"}}}
    ```
    """
    info = mapping(mapping(context.package.definition).get("info"))
    if not text(info.get("title")).endswith(INDEPENDENT):
        return
    color = text(node.value).lower()
    if color != INDEPENDENT_COLOR and color not in NOT_BRANDS and BRAND_COLOR.fullmatch(color):
        cure = f"write '{INDEPENDENT_COLOR}'"
        fix = Fix(cure, (node.becomes(INDEPENDENT_COLOR),))
        yield node.says(f"an independent publisher's colour isn't {quoted(node.value)}", help=cure, fix=fix)


@rule(Severity.WARNING, Scope.CERTIFICATION, "connector properties", only_certification=True)
def publisher_missing(node: Node, context: Context) -> Defects:
    """`publisher` or `stackOwner` is missing, which a submission for certification requires.

    `publisher` is who makes the connector, `stackOwner` who owns the service behind it. They are the same for a service's own
    connector. paconn can't upload a connector with `stackOwner`: add it to what you submit.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 86 of 1,009 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "publisher": "Contoso"}}
    ```
    Finding: /properties: 'stackOwner' is missing

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "publisher": "Contoso Ltd", "stackOwner": "Contoso"}}
    ```
    """
    what = {"publisher": "who makes the connector", "stackOwner": "who owns the service"}
    missing = [key for key in what if not text(node.value.get(key))]
    if missing and not context.package.in_solution:
        help_ = "write " + ", and ".join(f"{what[key]} at '{key}'" for key in missing)
        if missing == ["stackOwner"]:
            help_ += "; a spec's is written by 'build --target certification'"
        verb = "is" if len(missing) == 1 else "are"
        yield node.says(f"{listed(missing, 'and')} {verb} missing", help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "properties texts", fixable=True)
def capability_not_known(node: Node, context: Context) -> Defects:
    """A capability isn't one of the platform's.

    The platform ignores a word that it doesn't know. Correct it, or remove it: most connectors have no capability.

    Source: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/connector
    Published: 1 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "capabilities": ["action"]}}
    ```
    Finding: /properties/capabilities/0: there is no capability 'action'

    ```json good apiProperties
    {"properties": {"connectionParameters": {}, "capabilities": ["actions"]}}
    ```
    """
    if node.key not in ("capabilities", "capability"):
        return
    for index, word in enumerate(node.value):
        if not isinstance(word, str) or word in CAPABILITIES:
            continue
        help_ = context.suggest(word, CAPABILITIES) or f"it is {listed(CAPABILITIES)}"
        yield node.says(f"there is no capability {quoted(word)}", index, help=help_)


@rule(Severity.WARNING, Scope.PLATFORM, "properties texts")
def gateway_parameter_missing(node: Node, context: Context) -> Defects:
    """The connector has the capability `gateway`, but no connection parameter for it.

    People choose the on-premises data gateway when they make a connection. Without a parameter of type `gatewaySetting`
    they can't. Add the parameter, or remove the capability.

    Published: 1 of 335 connectors.

    ```json bad apiProperties
    {"properties": {"connectionParameters": {}, "capabilities": ["gateway"]}}
    ```
    Finding: /properties/capabilities/0: there is no connection parameter of type 'gatewaySetting'

    ```json good apiProperties
    {"properties": {"connectionParameters": {"gateway": {"type": "gatewaySetting"}}, "capabilities": ["gateway"]}}
    ```
    """
    if node.key != "capabilities" or GATEWAY_CAPABILITY not in node.value:
        return
    if GATEWAY_SETTING not in (text(one.get("type")) for one in parameters(context).values()):
        help_ = "add the parameter 'gateway' of the type 'gatewaySetting', or remove the capability"
        at = node.value.index(GATEWAY_CAPABILITY)
        message = f"there is no connection parameter of type {quoted(GATEWAY_SETTING)}"
        yield node.says(message, at, help=help_)
