"""Errors of the sign-in about consent, permissions and the resource of a token.

Source: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes, if a row names no other.
"""

from connector_builder.platform.service_errors.model import (
    AUDIENCES,
    CONNECTOR_DOCS,
    CONSENT_DOCS,
    About,
    Evidence,
    sign_in,
)

_ADMIN = "Open the link for admin consent as an administrator: https://login.microsoftonline.com/TENANT/adminconsent?client_id=CLIENT_ID."
_PERMISSION = "In the Microsoft Entra admin center, add the delegated permissions of the API to the app registration, and grant consent."
_NEW_CONNECTION = "Then sign in again: create the connection anew."
_AUDIENCE = (
    "Write the exact resource of the API, with its slash at the end if it has one. It isn't the host of the API."
)
_PRINCIPAL = "If the resource is right, its service principal may be missing in the tenant: an administrator creates it, with `az ad sp create --id APP_ID_OF_THE_API`."
_MISSING = (
    "The app registration lists no permission of this API.",
    "The permission was added, but nobody consented to it.",
    "The resource of the request isn't the one that the permission belongs to.",
)
_NO_RESOURCE = (
    "The resource is the host of the API, such as https://api.flow.microsoft.com, or the host of a link from an answer, instead of the API's audience.",
    "The resource belongs to another cloud.",
    "The API was never used in this tenant, so it has no service principal there.",
)
_SCOPE = (
    "A scope is misspelt, or belongs to no API that the app may use.",
    "The scope `.default` stands beside named scopes of the same API.",
)

CONSENT = (
    sign_in(
        65001, "nobody has consented to the application's permissions",
        "The user or an administrator has to allow this application to use this API, and hasn't yet.",
        (
            "The app registration has no permission of the API, or has it without consent.",
            "The tenant forbids users to consent by themselves.",
            "One of the permissions requires an administrator.",
        ),
        (_PERMISSION, _ADMIN, _NEW_CONNECTION),
        About.CLIENT, About.RESOURCE, About.CONSENT, sources=(CONSENT_DOCS,), phrases=("need admin approval",),
    ),
    sign_in(
        65002, "Microsoft's own client id isn't allowed to use this API",
        "The client id belongs to an application of Microsoft, which Microsoft hasn't authorized for this API in advance. Consent can't change that.",
        ("A client id of Microsoft, such as that of the Azure CLI, is used for an API that it isn't made for.",),
        ("Register an application of your own, and use its client id.",),
        About.CLIENT, About.RESOURCE,
    ),
    sign_in(
        65004, "the user declined to consent",
        "The page for consent was shown, and the user chose to cancel.",
        ("The user cancelled.", "The page asked for more than the user wants to allow."),
        ("Sign in again, and accept.", _ADMIN),
        About.CLIENT, About.SCOPES, About.CONSENT, sources=(CONSENT_DOCS,),
    ),
    sign_in(
        90094, "an administrator has to consent",
        "The permissions require the consent of an administrator, and the user isn't one.",
        ("A permission is of the kind that only administrators can allow.", "The tenant forbids users to consent."),
        (_ADMIN, "Ask for fewer permissions: those that users can allow by themselves.", _NEW_CONNECTION),
        About.CLIENT, About.SCOPES, About.CONSENT, sources=(CONSENT_DOCS,),
    ),
    sign_in(
        90095, "the user has to ask an administrator for consent",
        "The tenant has a workflow for consent: the user can send a request, and an administrator decides.",
        ("A permission requires an administrator, or the tenant forbids users to consent.",),
        ("Send the request that the page offers, and wait for the administrator.", _ADMIN),
        About.CLIENT, About.SCOPES, About.CONSENT, sources=(CONSENT_DOCS,),
    ),
    sign_in(
        65005, "the application asks for an API that it doesn't list",
        "The application requests access to an API that its registration doesn't name.", _MISSING, (_PERMISSION, _NEW_CONNECTION),
        About.CLIENT, About.RESOURCE,
    ),
    sign_in(
        650056, "the application is misconfigured",
        "The app registration lists no permission of the API, or an administrator hasn't consented, or the client id isn't that of the application.",
        (*_MISSING, "The client id is that of another application."), (_PERMISSION, _ADMIN, "Check the client id."),
        About.CLIENT, About.RESOURCE, About.CONSENT,
    ),
    sign_in(
        650057, "the resource isn't among the application's permissions",
        "The application requests a token for an API that its registration doesn't list. The message names the resources that it does list.",
        _MISSING, (_PERMISSION, "Compare the resource with the list in the message.", _NEW_CONNECTION),
        About.CLIENT, About.RESOURCE,
    ),
    sign_in(
        650052, "the tenant doesn't have the service",
        "The application needs a service that the organization hasn't subscribed to or hasn't enabled.",
        ("The tenant has no licence for the service.", "The service has no service principal in the tenant yet."),
        ("Ask the administrator for a licence, or for the service to be enabled.", _PRINCIPAL),
        About.RESOURCE,
    ),
    sign_in(
        650051, "consent and `.default` don't fit together",
        "The application can't be added to the tenant, or its permissions can't be computed.",
        (
            "The scope `.default` is requested for an application that got its permissions one by one.",
            "The name of a service principal is used already.",
        ),
        ("Request the scopes by name instead of `.default`.", "Look for a second application of the same name or URI in the tenant."),
        About.SCOPES, About.CLIENT, evidence=Evidence.REPORTED,
    ),
    sign_in(
        500011, "the tenant doesn't know the resource",
        "The tenant has no application with the name of the requested resource.", _NO_RESOURCE, (_AUDIENCE, _PRINCIPAL),
        About.RESOURCE, About.TENANT, sources=(AUDIENCES,),
    ),
    sign_in(
        50001, "the resource doesn't exist or is disabled",
        "The requested resource is unknown or disabled in the tenant.", _NO_RESOURCE, (_AUDIENCE, _PRINCIPAL),
        About.RESOURCE, About.TENANT, sources=(AUDIENCES,),
    ),
    sign_in(
        70011, "a scope isn't valid",
        "The request contains a scope that Microsoft Entra ID doesn't accept.", _SCOPE,
        ("Write scopes in the form that the API documents: `https://RESOURCE/NAME`.", "A resource with a slash at the end gives two slashes: `https://service.flow.microsoft.com//.default`."),
        About.SCOPES, About.RESOURCE,
    ),
    sign_in(
        28002, "a scope isn't valid for a token",
        "The request for a token contains a scope that doesn't fit.", _SCOPE, ("Request scopes of one API, in the form that the API documents.",),
        About.SCOPES, About.RESOURCE,
    ),
    sign_in(
        28003, "the scope is empty",
        "The request for a token has no scope.", ("No scope, or several resources, were requested with the authorization code.",),
        ("Request at least one scope of the API.",),
        About.SCOPES, About.RESOURCE,
    ),
    sign_in(
        700022, "the scopes belong to several resources",
        "One request for a token can name one resource only.", ("Scopes of several APIs stand in one request.",),
        ("Request a token for each API. Each API needs a connector, or a way to sign in, of its own.",),
        About.SCOPES, About.RESOURCE,
    ),
    sign_in(
        901002, "the parameter 'resource' isn't supported",
        "Addresses with `/oauth2/v2.0/` take `scope`, and those without `v2.0` take `resource`.",
        ("A `resource` is sent to an address of version 2.",),
        ("Use `scope=RESOURCE/.default` with version 2, or the addresses without `v2.0`.", "With `type: aad` the platform makes the addresses by itself."),
        About.ADDRESSES, About.RESOURCE,
    ),
    sign_in(
        50105, "the user isn't assigned to the application",
        "The application admits only users who are assigned to it, and this user isn't.",
        ("The setting 'Assignment required' is on in the properties of the enterprise application.",),
        ("An administrator assigns the user or a group, under *Enterprise applications*, *Users and groups*.", "Or an administrator turns 'Assignment required' off."),
        About.CLIENT,
    ),
    sign_in(
        7000114, "the application may not act on behalf of users",
        "The application isn't allowed to exchange a user's token for another.", ("The on-behalf-of login is on, but the application isn't prepared for it.",),
        ("Expose an API in the app registration, and authorize 'Azure API Connections' (fe053c5f-3692-4f14-aef2-ee34fc081cae) in advance.", "Or turn the on-behalf-of login off."),
        About.CLIENT, sources=(CONNECTOR_DOCS,),
    ),
)  # fmt: skip
