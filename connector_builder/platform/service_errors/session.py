"""Errors of the sign-in about people, policies, tokens and the device code.

Source: https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes, if a row names no other.
"""

from connector_builder.platform.service_errors.model import About, Explanation, sign_in

_POLICY_DOCS = "https://learn.microsoft.com/en-us/entra/identity/conditional-access/troubleshoot-conditional-access"
_OTHER_ACCOUNT = (
    "The browser is signed in with another account.",
    "The user belongs to another tenant, and isn't a guest of this one.",
    "The tenant of the sign-in is wrong.",
)
_RIGHT_ACCOUNT = (
    "Sign out in the browser, or use a private window, and sign in with an account of the tenant.",
    "Or an administrator invites the user as a guest.",
    "On the command line, name the tenant: `--tenant`.",
)
_AGAIN = ("Sign in again.",)
_IN_BROWSER = (
    "Sign in in a browser, where the user can do what is asked for; a saved token can't.",
    "Delete the connection, and create it anew.",
)
_BLOCKED = (
    "A policy of the tenant forbids this kind of sign-in. The device code is often forbidden.",
    "The device, the place or the application doesn't meet the policy.",
)
_UNBLOCK = (
    "Sign in in a browser instead of with a device code.",
    "Sign in on a device that the organization manages.",
    "Ask an administrator, who sees the policy under *Sign-in logs*.",
)
_OLD = (
    "Nobody used the connection for long: 90 days, or as long as a policy allows.",
    "The tenant limits how long a sign-in lasts, sometimes to hours.",
    "The password was changed, or an administrator revoked the sign-ins.",
)
_RENEW = (
    "Sign in again. In Power Automate: *Connections*, then *Fix connection*.",
    "If it happens often, ask an administrator for the sign-in frequency of the policies.",
)


def _account(number: int, title: str, meaning: str) -> Explanation:
    return sign_in(number, title, meaning, _OTHER_ACCOUNT, _RIGHT_ACCOUNT, About.TENANT)


def _factor(number: int, title: str, meaning: str) -> Explanation:
    causes = (
        "The tenant requires a second factor, for example because a policy changed or the user is in another place.",
    )
    return sign_in(number, title, meaning, causes, _IN_BROWSER)


def _blocked(number: int, title: str, meaning: str) -> Explanation:
    return sign_in(number, title, meaning, _BLOCKED, _UNBLOCK, sources=(_POLICY_DOCS,))


def _expired(number: int, title: str, meaning: str) -> Explanation:
    return sign_in(number, title, meaning, _OLD, _RENEW)


SESSION = (
    _account(50020, "the account isn't in the tenant", "The account comes from another tenant or provider, and doesn't exist in this tenant."),
    _account(50034, "the tenant doesn't know the user", "The tenant has no user with this name."),
    _account(16000, "the account isn't in the tenant", "The account that the browser is signed in with doesn't exist in this tenant."),
    _account(90072, "the external account isn't in the tenant", "The external account doesn't exist in the tenant, so it can't meet what the tenant requires."),
    _account(51004, "the account isn't in the directory", "The user account doesn't exist in the directory."),
    sign_in(
        50126, "user name or password is wrong", "Microsoft Entra ID doesn't accept the user name with this password.",
        ("User name or password is misspelt.", "The password was changed."), ("Sign in again with the right password.",),
    ),
    _factor(50072, "the user has to set up a second factor", "The user must register for multifactor authentication."),
    _factor(50074, "a second factor is required", "The user hasn't passed multifactor authentication."),
    _factor(50076, "a second factor is required", "The tenant requires multifactor authentication for this API."),
    _factor(50078, "the second factor has expired", "The last multifactor authentication is too long ago for the tenant's policies."),
    _factor(50079, "the user has to set up a second factor", "The user must register security information for multifactor authentication."),
    _blocked(53000, "the device isn't compliant", "Conditional Access requires a compliant device, and this one isn't compliant."),
    _blocked(53001, "the device isn't joined to the domain", "Conditional Access requires a device that is joined to the domain."),
    _blocked(53003, "Conditional Access blocks the sign-in", "A policy of Conditional Access doesn't allow a token for this request."),
    _blocked(530032, "a security policy blocks the sign-in", "An administrator of the tenant configured a security policy that blocks this request."),
    _blocked(530035, "security defaults block the sign-in", "The request counts as unsafe, or as legacy authentication."),
    _expired(700082, "the sign-in has expired", "The refresh token wasn't used for too long."),
    _expired(70008, "the sign-in has expired or was revoked", "The refresh token or the authorization code has expired."),
    _expired(70043, "the sign-in is older than a policy allows", "Conditional Access limits how long a sign-in lasts, and this one is older."),
    _expired(50173, "the sign-in was revoked", "The user or an administrator revoked the sign-in, for example with a new password."),
    _expired(50089, "the sign-in took too long, or has expired", "The token of this sign-in has expired."),
    sign_in(70016, "the device code waits for the user", "Nobody has entered the code yet.", ("The user hasn't finished.",), ("Open the page, enter the code, and wait.",)),
    sign_in(70018, "the device code is wrong", "The entered code isn't valid.", ("The code is misspelt.",), ("Enter the code as it is shown, or start again.",)),
    sign_in(70019, "the device code has expired", "The code was entered too late. It lasts 15 minutes.", ("The user took too long.",), ("Start the sign-in again.",)),
    sign_in(
        70020, "the device code has expired or is unknown", "The request of the device is no longer valid.", ("The user took too long.", "The code was used already."), ("Start the sign-in again.",),
    ),
    sign_in(
        501481, "the proof of the code doesn't fit", "The `code_verifier` isn't the one that the `code_challenge` was made of (PKCE).",
        ("Code and verifier belong to different sign-ins.", "The challenge wasn't made with SHA-256 and base64url."), ("Start again, and use the verifier of this sign-in.",),
    ),
    sign_in(
        54005, "the code was used already", "An authorization code works once.", ("The request was repeated, for example by a reload of the page.",), ("Start the sign-in again for a new code.",),
    ),
    sign_in(
        50196, "the same request came too often", "Microsoft Entra ID stops a client that asks for the same token again and again.",
        ("A script requests a new token for each call.",), ("Keep the token, and use it until it expires.", "Wait a few minutes."),
    ),
    sign_in(50058, "nobody is signed in", "The sign-in may not show a page (`prompt=none`), and there is no session.", ("The browser has no session, or blocks its cookies.",), _AGAIN),
)  # fmt: skip
