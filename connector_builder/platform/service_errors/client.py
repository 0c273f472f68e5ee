"""Errors of the sign-in about the application: addresses, redirect URIs, client id, tenant, secret, assertions.

Source: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes, if a row names no other.
"""

from connector_builder.platform.service_errors.model import CONNECTOR_DOCS, About, Evidence, sign_in

_REDIRECT_DOCS = "https://learn.microsoft.com/en-us/entra/identity-platform/reply-url"
_FEDERATION_DOCS = "https://learn.microsoft.com/en-us/entra/workload-id/workload-identity-federation-create-trust"
_WEB = "Add the redirect URI of the message to the app registration, under *Authentication*, platform *Web*. It must be the same to the letter."
_OWN = "A connector has a redirect URI of its own, which its *Security* tab shows after the first save. Register that one, and the one that all connectors share."
_DESKTOP = "Register http://localhost under *Authentication*, platform *Mobile and desktop applications*, for a sign-in from the command line."
_PUBLIC = "Turn on *Allow public client flows* in the app registration (`isFallbackPublicClient`)."
_TENANT = "Write the id of the tenant instead of `common`."
_CLOUD = "Check the cloud: the sign-in of the public cloud doesn't know tenants of other clouds."
_SUBJECT = (
    "Copy issuer, subject and audience from the message into the federated credential. Capital and small letters count."
)
_FEDERATED = (
    "The subject of the federated credential differs from that of the token, maybe in capital letters.",
    "A connector was copied or deployed to another environment, and so has another subject.",
    "The repository sends a subject with ids, `repo:OWNER@ID/NAME@ID:...`, and the credential has the older form.",
    "The application has no federated credential, or that of another issuer.",
)
_NOT_FOUND = (
    "The client id is that of another tenant, such as one left over in an imported solution.",
    "The application belongs to one tenant, and the sign-in uses another, or `common`.",
    "The client id is misspelt, or the application was deleted.",
)
_ADDRESSES = (
    "The spec's authorization URL is the address for tokens: it ends in `/token` instead of `/authorize`.",
    "The portal shows the connector as 'Generic OAuth 2', with an authorization URL of somebody's own.",
    "Someone went back to an earlier page in the browser. This can be ignored.",
)

CLIENT = (
    sign_in(
        900561, "a page was opened that takes only POST",
        "A browser was sent to an address which only programs use: nearly always the address for tokens, in place of the one where people sign in.",
        _ADDRESSES,
        (
            "The authorization URL ends in `/oauth2/authorize` or `/oauth2/v2.0/authorize`; token and refresh URL end in `/token`.",
            "With `type: aad` nobody types addresses: choose 'Azure Active Directory' as the identity provider, and enter the secret again.",
        ),
        About.ADDRESSES, sources=(CONNECTOR_DOCS,),
    ),
    sign_in(
        50011, "the redirect URI isn't registered",
        "The sign-in would return to an address that the app registration doesn't have.",
        (
            "The connector's own redirect URI isn't registered. Each copy of the connector, and each environment, has another one.",
            "Only the redirect URI that all connectors share is registered.",
            "The URI is registered under another platform than *Web*, or differs in a letter or a slash.",
        ),
        (_WEB, _OWN), About.REDIRECT, About.CLIENT, sources=(_REDIRECT_DOCS, CONNECTOR_DOCS),
    ),
    sign_in(
        500113, "the application has no redirect URI",
        "The app registration has no address that a sign-in can return to.", ("No redirect URI was registered.",), (_WEB, _DESKTOP),
        About.REDIRECT, About.CLIENT, evidence=Evidence.REPORTED, sources=(_REDIRECT_DOCS,),
    ),
    sign_in(
        900971, "the request has no redirect URI",
        "Neither the request nor the app registration has an address that a sign-in can return to.", ("No redirect URI was registered.",), (_WEB, _DESKTOP),
        About.REDIRECT, About.CLIENT, sources=(_REDIRECT_DOCS,),
    ),
    sign_in(
        9002326, "the redirect URI isn't that of a web page",
        "A page in a browser redeemed the code, but its redirect URI isn't registered as a *Single-page application*.",
        ("The redirect URI is registered under *Web* or *Mobile and desktop applications*.",),
        ("Register the redirect URI under the platform that redeems the code.", _DESKTOP),
        About.REDIRECT, evidence=Evidence.REPORTED, sources=(_REDIRECT_DOCS,),
    ),
    sign_in(
        9002327, "the redirect URI is that of a web page",
        "The redirect URI is registered as a *Single-page application*, so only a page in a browser may redeem the code.",
        ("The redirect URI is registered under *Single-page application*.",),
        ("Move the redirect URI of a connector to the platform *Web*.", _DESKTOP),
        About.REDIRECT, evidence=Evidence.REPORTED, sources=(_REDIRECT_DOCS,),
    ),
    sign_in(
        700016, "the tenant doesn't know the application",
        "The tenant has no application with this client id.", _NOT_FOUND,
        ("Check the client id, and the tenant.", "For users of several tenants, make the application multitenant, and have an administrator consent in each tenant."),
        About.CLIENT, About.TENANT, About.CONSENT,
    ),
    sign_in(
        700011, "the tenant doesn't know the application",
        "An application requested a token, but doesn't exist in the tenant.", _NOT_FOUND,
        ("Check the client id, and the tenant.", "An administrator of the tenant consents to the application, which adds it."),
        About.CLIENT, About.TENANT, About.CONSENT,
    ),
    sign_in(
        50194, "an application of one tenant is used with `common`",
        "The application is registered for one tenant, so a sign-in without a tenant can't use it.", ("The tenant of the sign-in is `common`.",),
        (_TENANT, "Or make the application multitenant, if users of other tenants sign in."),
        About.TENANT, About.CLIENT,
    ),
    sign_in(
        50059, "the request names no tenant",
        "Microsoft Entra ID can't find out which tenant the request is for.", ("The tenant is `common`, and nothing else shows the user's tenant.",), (_TENANT,),
        About.TENANT,
    ),
    sign_in(
        50128, "the domain is unknown",
        "The request names a domain that belongs to no tenant.", ("The domain of the tenant, or of the user name, is misspelt.", "The tenant is in another cloud."), (_TENANT, _CLOUD),
        About.TENANT,
    ),
    sign_in(
        9001023, "this way to sign in doesn't work with `common`",
        "The grant needs a tenant, or `organizations`.", ("The tenant is `common` or `consumers`.",), (_TENANT,),
        About.TENANT,
    ),
    sign_in(
        90002, "the tenant doesn't exist",
        "Microsoft Entra ID doesn't find the tenant.", ("The id or the domain of the tenant is misspelt.", "The tenant is in another cloud."), ("Check the tenant's id.", _CLOUD),
        About.TENANT,
    ),
    sign_in(
        90038, "the tenant is in another cloud",
        "The tenant belongs to a national cloud, whose sign-in has another address.", ("The sign-in uses the address of another cloud.",),
        ("Use the sign-in address of the tenant's cloud: login.microsoftonline.us for US government, login.partner.microsoftonline.cn for China.",),
        About.TENANT, About.ADDRESSES,
    ),
    sign_in(
        900382, "a secret or certificate doesn't work across clouds",
        "An application with a secret or a certificate signs in at the cloud of its registration only.", ("The sign-in uses the address of another cloud.",),
        ("Use the sign-in address of the cloud that the application is registered in.",),
        About.TENANT, About.ADDRESSES,
    ),
    sign_in(
        900432, "a secret or certificate doesn't work across clouds",
        "An application with a secret or a certificate signs in at the cloud of its registration only.", ("The sign-in uses the address of another cloud.",),
        ("Use the sign-in address of the cloud that the application is registered in.",),
        About.TENANT, About.ADDRESSES,
    ),
    sign_in(
        7000215, "the client secret is wrong",
        "The client secret isn't one of the application.",
        ("The *id* of the secret was entered instead of its *value*.", "The secret belongs to another application.", "An import or an update of the connector replaced the secret."),
        ("Create a new secret, and copy its value at once.", "For a connector: enter it on the *Security* tab, then create the connection anew.", "For a pipeline or a command line: it is what `AZURE_CLIENT_SECRET` contains."),
        About.CLIENT,
    ),
    sign_in(
        7000222, "the client secret has expired",
        "All secrets that fit have expired.", ("A client secret lasts two years at most.",),
        ("Create a new secret, and copy its value at once.", "For a connector: enter it on the *Security* tab, then create the connection anew.", "For a pipeline or a command line: it is what `AZURE_CLIENT_SECRET` contains.", "A connector without a secret (a federated credential) has none that expires."),
        About.CLIENT,
    ),
    sign_in(
        7000218, "the request has neither a secret nor an assertion",
        "The application counts as confidential, so a token requires its secret.",
        ("A command line signs in by an application that isn't a public client.", "The connector has no client secret: an import doesn't carry it."),
        (f"For a command line: {_PUBLIC[0].lower()}{_PUBLIC[1:]} {_DESKTOP}", "For a connector: enter the secret on its *Security* tab."),
        About.CLIENT,
    ),
    sign_in(
        700025, "a public client sent a secret",
        "The redirect URI belongs to a public client, which must not send a secret.", ("The redirect URI is registered under *Mobile and desktop applications*.", "A secret was entered where none belongs."),
        ("Register the connector's redirect URI under *Web*.", "From a command line, sign in without the secret."),
        About.CLIENT, About.REDIRECT,
    ),
    sign_in(
        700027, "the signature of the client assertion is wrong",
        "Microsoft Entra ID can't verify the assertion with the certificates of the application.",
        ("The certificate isn't the registered one, or has another thumbprint.", "The clock of this machine is wrong."),
        ("Upload the certificate to the app registration.", "Check the clock."),
        About.CLIENT,
    ),
    sign_in(
        700213, "no federated credential has this subject",
        "The application has no federated credential whose subject is that of the presented token.", _FEDERATED, (_SUBJECT,),
        About.CLIENT, evidence=Evidence.REPORTED, sources=(_FEDERATION_DOCS,),
    ),
    sign_in(
        7002131, "no federated credential has this issuer or subject",
        "The application has no federated credential that fits the presented token.", _FEDERATED, (_SUBJECT,),
        About.CLIENT, evidence=Evidence.REPORTED, sources=(_FEDERATION_DOCS,),
    ),
    sign_in(
        7002138, "no federated credential fits: capital and small letters count",
        "Issuer, subject and audience are compared with regard to case since February 2025, and a credential differs from the token in case.", _FEDERATED, (_SUBJECT,),
        About.CLIENT, sources=(_FEDERATION_DOCS,),
    ),
    sign_in(
        70021, "no federated credential fits the token",
        "The application has no federated credential whose issuer, subject and audience are those of the presented token.", _FEDERATED, (_SUBJECT,),
        About.CLIENT, evidence=Evidence.REPORTED, sources=(_FEDERATION_DOCS,),
    ),
    sign_in(
        700229, "a user's token was presented as a federated credential",
        "For the issuer Microsoft Entra ID, only a token of an application may be presented.", ("The token was made by the sign-in of a person.",),
        ("Present a token that an application got by its own credentials.",),
    ),
    sign_in(
        7000112, "the application is disabled",
        "An administrator disabled the application, or Microsoft did.", ("The enterprise application is disabled for sign-in.",),
        ("Ask an administrator to enable it, under *Enterprise applications*, *Properties*.",),
        About.CLIENT,
    ),
    sign_in(
        70001, "the application is disabled or unknown",
        "The application can't be used in this tenant.", ("The application is disabled.", "The tenant doesn't know the client id."),
        ("Ask an administrator to enable it, under *Enterprise applications*, *Properties*.", "Check the client id, and the tenant."),
        About.CLIENT, About.TENANT,
    ),
    sign_in(
        900144, "the request lacks a parameter",
        "The message names the parameter that is missing from the body of the request.",
        ("`client_id`, `scope` or `grant_type` is missing from the body.", "The parameters are in the address, or the body isn't `application/x-www-form-urlencoded`."),
        ("Send the parameters as a form in the body of a POST.", "For a template of `oauth2generic`: compare it with the parameters that the provider requires."),
        About.ADDRESSES,
    ),
)  # fmt: skip
