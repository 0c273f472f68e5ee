"""Errors of Power Apps, Power Automate, Dataverse and the gateway of connections.

Sources: the pages that the rows name; Microsoft's PowerShell modules and its Terraform provider
(https://github.com/microsoft/terraform-provider-power-platform); and two clients with tests,
https://github.com/pnp/cli-microsoft365 and https://github.com/pnp/powershell.
"""

from connector_builder.platform.service_errors.model import (
    AUDIENCES,
    CAE_DOCS,
    CODE_DOCS,
    CONNECTOR_DOCS,
    DLP_DOCS,
    FLOW_CODE_DOCS,
    LIMITS_DOCS,
    POWERSHELL_DOCS,
    SHARE_DOCS,
    About,
    Area,
    Evidence,
    Explanation,
)

_TERRAFORM = "https://github.com/microsoft/terraform-provider-power-platform"
_CLI = "https://pnp.github.io/cli-microsoft365/"
_COE = "https://github.com/microsoft/coe-starter-kit/issues/"
_ISSUES = "https://github.com/microsoft/PowerPlatformConnectors/issues/"
_LIST_ENVIRONMENTS = (
    "List the environments, and use the `name` of one as it is. That of the default environment begins with `Default-`."
)
_SHARE = "Have the owner share it, or use one of your own."
_MAKER = "Ask for the role *Environment Maker* in the environment, or *System Customizer* if it has Dataverse."

SERVICES = (
    Explanation(
        "InvalidAuthenticationToken", "the token is broken or has expired",
        "The service can't read the token, or the token's time is over.",
        ("The token has expired; most last about an hour.", "The token was cut off or copied with quotes or line breaks.", "The token is for another API."),
        ("Sign in again for a new token.",),
        Area.GENERAL, Evidence.CLIENTS, (_CLI,), (), (401,), general=True,
    ),
    Explanation(
        "InvalidAuthenticationAudience", "the token is for another API",
        "The token's audience isn't one that the service accepts. The message lists those that it accepts, and compares them to the letter.",
        (
            "The slash at the end of the resource is missing, or is one too many.",
            "The resource is the host of the API instead of its audience.",
            "The token was made for another service, such as one for Azure Resource Manager, which Power Apps hasn't accepted since 2023.",
        ),
        (
            "Take an audience from the list in the message, with its slash, and write it as the resource.",
            "With version 2 of the sign-in, the scope is the resource and `/.default`. A resource with a slash at the end gives two slashes: `https://service.flow.microsoft.com//.default`. Some clients report that one slash works too; two always do.",
        ),
        Area.GENERAL, Evidence.DOCUMENTED, (AUDIENCES, "https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc"),
        (About.RESOURCE, About.SCOPES), (401,), ("obtained from wrong audience or resource",),
    ),
    Explanation(
        "insufficient_claims", "the service wants a new sign-in",
        "The session was revoked or a policy changed, and the service requires a token that takes this into account (continuous access evaluation). The header WWW-Authenticate contains the claims to request.",
        ("The password was changed, the sign-ins were revoked, or the place of the user changed.",),
        ("Sign in again.", "A program decodes `claims` from Base64, and requests a token with them."),
        Area.GENERAL, Evidence.DOCUMENTED, (CAE_DOCS,), (), (401,),
    ),
    Explanation(
        "MissingEnvironmentFilter", "the request names no environment",
        "Power Apps needs the environment in the query: `$filter=environment eq 'ID'`.",
        ("The query parameter `$filter` is missing, or isn't encoded.",),
        ("Add `$filter=environment%20eq%20'ID'` to the address.",),
        Area.POWER_APPS, Evidence.CLIENTS, (_CLI,), (About.ENVIRONMENT,), (400,),
    ),
    Explanation(
        "InvalidApiVersion", "the service doesn't know this api-version",
        "The parameter `api-version` has a value that the service doesn't have. The message lists the versions that it has.",
        ("`api-version` is misspelt or missing.", "The version belongs to another service."),
        ("Take a version from the list in the message. Power Apps and Power Automate have 2016-11-01.",),
        Area.GENERAL, Evidence.CLIENTS, (_CLI,), (), (400,),
    ),
    Explanation(
        "EnvironmentAccess", "you lack a permission in the environment",
        "The message names the permission that is missing, such as `ManageAnyCustomApi`.",
        ("The user has no role in the environment that allows this.", "The call is one for administrators."),
        (_MAKER, "For calls of administrators: a role such as *Power Platform Administrator*."),
        Area.POWER_APPS, Evidence.REPORTED, (f"{_COE}9857", f"{_COE}10397"), (About.ENVIRONMENT,), (403,),
    ),
    Explanation(
        "PermissionBlockedByOfficeAI", "the environment belongs to Microsoft 365",
        "The environment \"Microsoft 365\" is managed by Microsoft, and nobody may do this in it.",
        ("A script goes through all environments.",), ("Leave this environment out.",),
        Area.POWER_APPS, Evidence.REPORTED, (f"{_COE}10679",), (About.ENVIRONMENT,), (403,),
    ),
    Explanation(
        "EnvironmentAccessDenied", "you have no access to the environment",
        "The environment doesn't exist, or the user has no access to it. The service doesn't say which.",
        ("The id of the environment is wrong: that of the default environment begins with `Default-`.", "The user isn't a maker in the environment."),
        (_LIST_ENVIRONMENTS, _MAKER),
        Area.FLOWS, Evidence.CLIENTS, (_CLI,), (About.ENVIRONMENT,), (403,), ("you are not permitted to make flows in this",),
    ),
    Explanation(
        "ServiceToServiceEnvironmentNotFound", "there is no such environment",
        "The id of the environment is unknown.", ("The id is wrong.", "The environment was deleted."), (_LIST_ENVIRONMENTS,),
        Area.POWER_APPS, Evidence.CLIENTS, (_TERRAFORM,), (About.ENVIRONMENT,), (404,),
    ),
    Explanation(
        "ServiceToServiceUnauthorized", "another service may not do this for you",
        "One service called another for you, and was refused. The message lists what it may call.",
        ("A connection isn't shared with the application or the user for whom Dataverse calls.",), ("Share the connection with the application or the user.",),
        Area.POWER_APPS, Evidence.REPORTED, ("https://github.com/microsoft/powerplatform-build-tools/issues/760",), (), (403,),
    ),
    Explanation(
        "ApiResourceNotFound", "the environment has no such connector",
        "The environment has no connector with this internal name.", ("The connector is in another environment.", "The connector was deleted, and made anew with another id."),
        ("List the connectors of the environment.", "Remove `connectorId` from settings.json to create the connector anew."),
        Area.POWER_APPS, Evidence.CLIENTS, (_CLI,), (About.ENVIRONMENT,), (404,),
    ),
    Explanation(
        "empty-404", "the service has no such address",
        "An answer 404 without a body means that the path doesn't exist in the service, not that a thing is missing.",
        ("The path of the request is misspelt, or doesn't exist for this kind of thing.",), ("Compare the path with the documentation.",),
        Area.POWER_APPS, Evidence.CLIENTS, (), (), (404,),
    ),
    Explanation(
        "ConnectionAuthorizationFailed", "you may not use this connection",
        "The user may not use the connection, or not see the flow: the service says the same of both.",
        ("The connection or the flow belongs to somebody else.",), (_SHARE, "An administrator uses the addresses with `/scopes/admin`."),
        Area.FLOWS, Evidence.CLIENTS, (_CLI,), (), (403,),
    ),
    Explanation(
        "ApiHubsRequestFailed", "the gateway refuses the connector",
        "The connector was sent to the gateway of connectors, which refuses it. The inner message says why.",
        ("The definition has no host, or one that isn't allowed.", "The connection parameters are written in another form than the gateway expects."),
        ("Run `connector-builder validate` on the package.", "Read the inner message, and look it up."),
        Area.POWER_APPS, Evidence.REPORTED, ("https://github.com/TALXIS/tools-devkit-build/issues/119",), (About.HOST,), (400,), general=True,
    ),
    Explanation(
        "invalid-api-definition", "the definition has no usable host or title",
        "\"Invalid Api definition object. Please specify a valid Swagger 2.0 Url and valid list of ServiceUrls\": the gateway can't find out where to send requests.",
        ("`host` is missing, or isn't a public host name.", "`info.title` is missing or has characters that aren't allowed."), ("Correct host and title; `connector-builder validate` finds what is wrong with them.",),
        Area.POWER_APPS, Evidence.REPORTED, ("https://github.com/TALXIS/tools-devkit-build/issues/119",), (About.HOST,), (400,), ("invalid api definition object",),
    ),
    Explanation(
        "connection-parameters-wrapped", "the connection parameters have a level too many",
        "\"Nullable object must have a value\": Dataverse takes the connection parameters as they are, without `properties` around them.",
        ("The whole apiProperties.json was written into the column or file of connection parameters.",), ("Write only the value of `connectionParameters`.",),
        Area.DATAVERSE, Evidence.REPORTED, ("https://github.com/TALXIS/tools-devkit-build/issues/119",), (), (400,), ("nullable object must have a value",),
    ),
    Explanation(
        "CustomScriptProvisioningFailed", "no host for the custom code was found",
        "The platform couldn't set up the host that runs custom code.", ("The platform has no capacity at the moment.", "The code doesn't compile."),
        ("Try again later.", "Check the code: `connector-builder validate` reads it."),
        Area.POWER_APPS, Evidence.REPORTED, (CODE_DOCS,), (), (),
    ),
    Explanation(
        "FindAndAssignFunctionApp", "no host for the custom code was found",
        "The platform found no host that runs custom code.", ("The platform has no capacity at the moment.",), ("Try again later.",),
        Area.POWER_APPS, Evidence.REPORTED, (CODE_DOCS,), (), (),
    ),
    Explanation(
        "ApiPolicyDataFlowViolation", "a data policy forbids these connectors together",
        "A data policy (DLP) of the tenant or the environment puts the connectors of the flow into groups that may not be mixed, or blocks one.",
        ("The custom connector is in no group, and so in the default one.", "The pattern of the policy for custom connectors doesn't match the connector's host."),
        ("Ask the administrator to add the connector's host to the patterns of the policy.", "Or use connectors of one group."),
        Area.FLOWS, Evidence.DOCUMENTED, (DLP_DOCS,), (About.HOST,), (403,),
    ),
    Explanation(
        "FlowNotFound", "there is no such flow for you",
        "The environment has no flow with this id that the user can see.", ("The id is that of the solution's workflow, not that of the flow.", "The flow belongs to somebody else, or is in another environment."),
        ("List the flows, and take `name`.", _SHARE, "An administrator uses the addresses with `/scopes/admin`."),
        Area.FLOWS, Evidence.CLIENTS, (_CLI,), (About.ENVIRONMENT,), (404,),
    ),
    Explanation(
        "WorkflowRunNotFound", "there is no such run",
        "The flow has no run with this id.", ("Runs are kept for 28 to 30 days.", "The id is that of a run of another flow."), ("List the runs of the flow.",),
        Area.FLOWS, Evidence.CLIENTS, (_CLI,), (), (404,),
    ),
    Explanation(
        "WorkflowRunActionNotFound", "the run has no such action",
        "The run has no action with this name.", ("The name isn't that in the flow's definition, which has `_` for each blank.", "The action was in another branch and didn't exist in this run."), ("List the actions of the run.",),
        Area.FLOWS, Evidence.CLIENTS, (_CLI,), (), (404,),
    ),
    Explanation(
        "AzureResourceManagerRequestFailed", "the engine of the flow refuses the request",
        "Power Automate passed the request on, and its engine refused it. The inner message says why.", ("The id of a run is wrong, or the run is older than 28 to 30 days.", "The definition of the flow isn't valid."),
        ("List the runs of the flow.", "Read the inner message."),
        Area.FLOWS, Evidence.CLIENTS, (_CLI,), (), (), general=True,
    ),
    Explanation(
        "ClientScopeAuthorizationFailed", "the token is one of an application, not of a user",
        "Power Automate has no permissions for applications. It takes the token of an application only at the addresses of administrators.",
        ("The token was made with a client secret, a certificate or a federated credential, without a user.", "The user sees the flow, but not its runs."),
        ("Sign in as a user.", "Unattended: register the application as a management application, and use the addresses with `/scopes/admin`; or use Dataverse for flows in solutions."),
        Area.FLOWS, Evidence.DOCUMENTED, (POWERSHELL_DOCS,), (), (401,), ("not available under application permissions", "x-ms-client-scope header must not be null"),
    ),
    Explanation(
        "WorkflowRunActionInputsInvalidProperty", "an action of the flow has a property too many",
        "The definition of a flow contains a property that the service doesn't take, often `authentication`.", ("A definition that was read is written back as it is, with `authentication` in each action.",), ("Remove `authentication` from the actions.",),
        Area.FLOWS, Evidence.REPORTED, (FLOW_CODE_DOCS,), (), (400,), ("should not have the property 'authentication'",),
    ),
    Explanation(
        "InvokerConnectionOverrideFailed", "a connection of the flow can't be replaced",
        "The flow runs with a connection of the one who starts it, and the request gives none or one that doesn't fit.", ("The list of connections in the request doesn't match the definition of the flow.",), ("Compare the connection references of the flow with those of the request.",),
        Area.FLOWS, Evidence.REPORTED, (FLOW_CODE_DOCS,), (), (400,),
    ),
    Explanation(
        "connection-reference-twice", "a connection reference is there twice",
        "\"Can not add property ... already exists\": the list of connection references was rewritten, and one name occurs twice.", ("An action rewrites the list of connections, and the flow has two of one connector.",), ("Give the connection references as a mapping, as they are in the definition.",),
        Area.FLOWS, Evidence.REPORTED, (FLOW_CODE_DOCS,), (), (400,), ("can not add property",),
    ),
    Explanation(
        "management-application", "the application isn't registered for administration",
        "\"does not have permission to access the path\": an application may administrate environments only after an administrator registered it.",
        ("The application wasn't registered as a management application.",), ("An administrator runs `New-PowerAppManagementApp -ApplicationId CLIENT_ID` once. An application can't register itself.",),
        Area.POWER_APPS, Evidence.DOCUMENTED, (POWERSHELL_DOCS,), (About.CLIENT,), (403,), ("does not have permission to access the path",),
    ),
    Explanation(
        "10006", "the connection can't be shared",
        "The connector doesn't allow its connections to be shared, so an application can't use one.", ("`allowSharing` is false for this kind of sign-in.",), ("Make the connection as the user or application that uses it.",),
        Area.DATAVERSE, Evidence.REPORTED, (SHARE_DOCS,), (), (),
    ),
    Explanation(
        "Unauthenticated", "the gateway doesn't accept the token",
        "The gateway of connections doesn't accept the user's token.", ("The token has expired, or is for another API.",), ("Sign in again. The gateway takes a token for https://apihub.azure.com.",),
        Area.GATEWAY, Evidence.REPORTED, ("https://github.com/microsoft/Power-Fx/issues/2986",), (), (401,),
    ),
    Explanation(
        "connection-acl-missing", "you may not use this connection",
        "\"missing connection ACL\": the gateway knows the connection, but the user may not use it.", ("The connection belongs to somebody else and isn't shared.", "The token is for another API than https://apihub.azure.com."),
        (_SHARE, "Sign in with a token for https://apihub.azure.com."),
        Area.GATEWAY, Evidence.REPORTED, ("https://github.com/microsoft/Power-Fx/issues/2986",), (), (403,), ("missing connection acl",),
    ),
    Explanation(
        "ConnectionNotFound", "there is no such connection",
        "The connector has no connection with this id.", ("The connection was deleted, or belongs to another connector or environment.",), ("List the connections of the connector, and create one if there is none.",),
        Area.GATEWAY, Evidence.REPORTED, (), (About.ENVIRONMENT,), (404,),
    ),
    Explanation(
        "not-json", "the answer isn't JSON",
        "\"The response is not in a JSON format\": the gateway wraps an answer that isn't JSON. `innerError` contains it; the status is that of the API.",
        ("The API refused the request with a page in HTML, often because of the credentials.", "`host` or `basePath` point at a web site instead of the API."),
        ("Read `innerError` and the status.", "Check host, base path and credentials."),
        Area.GATEWAY, Evidence.REPORTED, (), (About.HOST,), (), ("the response is not in a json format",),
    ),
    Explanation(
        "BadGateway", "the API didn't answer properly",
        "The gateway couldn't reach the API, or got no proper answer (502).", ("The host of the definition is wrong, or not reachable from the internet.", "A policy or the custom code failed."),
        ("Check the host. An API in a private network needs an on-premises data gateway.", "Test the operation without policies and code."),
        Area.GATEWAY, Evidence.CLIENTS, (), (About.HOST,), (502,),
    ),
    Explanation(
        "GatewayTimeout", "the API took too long",
        "The API didn't answer in the time that the gateway waits (504).", ("The request is slow, or returns too much.",), ("Ask for less at once, such as a smaller page.",),
        Area.GATEWAY, Evidence.CLIENTS, (), (About.HOST,), (504,),
    ),
    Explanation(
        "429", "too many requests",
        "The service limits how many requests it takes. The header `Retry-After` says how many seconds to wait.", ("A script or a flow sends too many requests. A connection of a custom connector may send 500 a minute, a user of Dataverse 6,000 in five minutes.",),
        ("Wait as long as `Retry-After` says, then go on more slowly.",),
        Area.GENERAL, Evidence.DOCUMENTED, (LIMITS_DOCS,), (), (429,), ("too many requests",), general=True,
    ),
    Explanation(
        "flow-500", "Power Automate fails with status 500",
        "Power Automate answers with an internal error. One source says that a missing permission of Flow Service causes it.", ("The app registration has no permission of Flow Service.",),
        ("Add the permissions of Flow Service to the app registration, and grant consent.", "Try again later."),
        Area.FLOWS, Evidence.REPORTED, (), (About.RESOURCE, About.CLIENT), (500,),
    ),
    Explanation(
        "delete-answers-204", "a deletion answers 204 and nothing happens",
        "Power Automate answers 204 also when there is no flow with this id.", ("The flow doesn't exist, or is in another environment.",), ("Get the flow first.",),
        Area.FLOWS, Evidence.CLIENTS, ("https://github.com/pnp/cli-microsoft365/issues/1063",), (About.ENVIRONMENT,), (204,),
    ),
    Explanation(
        "empty-list", "a list of flows or environments is empty",
        "The list contains only what the caller owns or shares: no flows in solutions, and for an application nothing.", ("The flows are in solutions, or belong to others.", "The caller is an application."),
        ("For flows: add `include=includeSolutionCloudFlows`, or `$filter=search('team')` for those of a team.", "As an administrator, use the addresses with `/scopes/admin`."),
        Area.FLOWS, Evidence.CLIENTS, (_CLI,), (), (200,),
    ),
    Explanation(
        "generic-oauth-shown", "the portal shows other fields than the resource URL",
        "The *Security* tab shows an authorization URL, a token URL and a refresh URL instead of a resource URL: the portal shows the connector as 'Generic OAuth 2'. Signing in then fails, or no window opens.",
        ("Since 2023 the portal chooses 'Generic OAuth 2' by default, also for connectors that had Azure Active Directory.",),
        ("Choose 'Azure Active Directory' as the identity provider, enter the resource URL and the secret again, and save.",),
        Area.PORTAL, Evidence.REPORTED, (f"{_COE}4933", f"{_COE}5127", CONNECTOR_DOCS), (About.RESOURCE, About.ADDRESSES), (),
    ),
    Explanation(
        "secret-lost-after-import", "connections break after the connector was imported or updated",
        "A package and a solution never contain the client secret, and an import can overwrite the settings of the sign-in. Connections work until their tokens expire.",
        ("The secret wasn't entered again after the import.", "The secret is an environment variable, which a managed import loses until the connector is saved again."),
        ("Enter the secret on the connector's *Security* tab, save, and create the connection anew.", "Use a federated credential, which has no secret."),
        Area.PORTAL, Evidence.REPORTED, (f"{_COE}4915", f"{_COE}1424", f"{_ISSUES}4010"), (About.CLIENT,), (),
    ),
    Explanation(
        "client-credentials-not-possible", "a custom connector can't sign in as an application",
        "A custom connector signs in users by the authorization code. The platform changes `flow: application` back to `accessCode`.",
        ("The connector is meant to run without a user.",), ("Let a user sign in once, such as a service account.", "Use the HTTP action with its own authentication, or an API key."),
        Area.PORTAL, Evidence.REPORTED, (f"{_ISSUES}225", f"{_ISSUES}3856"), (), (),
    ),
)  # fmt: skip
