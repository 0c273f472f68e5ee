"""Errors about what a person or an application may do: licences, roles and memberships.

Sources: the pages that the rows name.
"""

from connector_builder.platform.service_errors.model import About, Area, Evidence, Explanation

_LICENSING = "https://learn.microsoft.com/en-us/power-platform/admin/power-automate-licensing/faqs"
_CODES = "https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/web-service-error-codes"
_PRIVILEGES = "https://learn.microsoft.com/en-us/troubleshoot/power-platform/dataverse/user-permissions/client-errors"
_GRAPH = "https://learn.microsoft.com/en-us/graph/resolve-auth-errors"
_COE = "https://github.com/microsoft/coe-starter-kit/issues/"

PERMISSIONS = (
    Explanation(
        "MissingAdequateQuotaPolicy", "the licence doesn't include custom connectors",
        "The owner of the flow has no licence for the connection that the message names. Custom connectors count as premium, and Microsoft 365 includes standard connectors only.",
        ("The owner of the flow has a licence of Microsoft 365 alone, or a trial that has ended.", "The flow runs in the context of no app, so a licence of Power Apps doesn't count."),
        (
            "Ask an administrator for a licence such as *Power Automate Premium*, for the owner of the flow; a flow that a button starts needs it for each user.",
            "Then wait some minutes, and turn the flow on again.",
        ),
        Area.FLOWS, Evidence.REPORTED, (_LICENSING, f"{_COE}6744", f"{_COE}2664"), (), (403,),
        ("does not have a service plan adequate", "you need a power automate premium license"),
    ),
    Explanation(
        "0x80072560", "the environment doesn't know the user or the application",
        "\"The user is not a member of the organization\": Dataverse has no user for the one who signed in.",
        ("The application was registered in Microsoft Entra ID, but isn't an application user of this environment.", "The address belongs to another environment, or the user is disabled in this one."),
        (
            "Add the application in the Power Platform admin center, under *Environments*, *Settings*, *Application users*, with a role such as *System Customizer*. `pac admin assign-user --application-user` does the same.",
            "Check which environment the address belongs to.",
        ),
        Area.DATAVERSE, Evidence.DOCUMENTED, (_CODES, "https://github.com/MicrosoftDocs/power-platform/issues/2124"), (About.ENVIRONMENT, About.CLIENT), (403,),
        ("the user is not a member of the organization",),
    ),
    Explanation(
        "0x80040220", "a role lacks a privilege",
        "The message names the privilege that no role of the user or the application has, such as `prvCreateConnector`.",
        ("The role is too small, such as *Basic User*.", "The message says 'unlicensed user': without a licence, the privileges of a user's roles are cut."),
        ("Ask for the role *System Customizer* or *System Administrator* in the environment.", "Ask for a licence, if the message says that there is none."),
        Area.DATAVERSE, Evidence.DOCUMENTED, (_PRIVILEGES, _CODES), (About.ENVIRONMENT,), (403,),
        ("is missing prv",),
    ),
    Explanation(
        "Authorization_RequestDenied", "you may not register or change applications",
        "Microsoft Graph refuses the request, because the user or the application lacks a role or a permission.",
        ("The tenant doesn't let users register applications.", "The application belongs to somebody else.", "Consent for all users requires an administrator."),
        (
            "Ask for the role *Application Developer*, or to become an owner of the application.",
            "Or give an administrator what `connector-builder register` prints: a script, or a table to click by.",
        ),
        Area.GRAPH, Evidence.DOCUMENTED, (_GRAPH,), (About.CLIENT,), (403,),
        ("insufficient privileges to complete the operation",),
    ),
)  # fmt: skip
