"""Registrations that the tests of every form use."""

from connector_builder.render.registration import Credential, Permission, Registration

SHARED = "https://global.consent.azure-apim.net/redirect"
FLOW = "7df0a125-d3be-4c96-aa54-591f83ff541c"
READ = Permission("Flow Service", "Flows.Read.All", FLOW, "e45c5562-459d-4d1b-8148-83eb1b6dcf83")
MANAGE = Permission("Flow Service", "Flows.Manage.All", FLOW, "30b2d850-00c3-4802-b7ae-ece9af9de5c6")
ADMIN = Permission("Flow Service", "User", FLOW, "44d8c55c-9ffc-4546-883e-9041b5bb0b01", by_admin=True)
LOOKED_UP = Permission("Microsoft Graph", "Mail.Read", "00000003-0000-0000-c000-000000000000")
OWN_API = Permission("api://orders", "Orders.Read", "", "", "api://orders")
PLAIN = Registration("Parcel Tracker connector", (SHARED,), (READ, MANAGE), own_redirect=True)
EVERYTHING = Registration(
    "Caf\u00e9 'Orders' connector",
    (SHARED,),
    (READ, LOOKED_UP, OWN_API, ADMIN),
    audience="AzureADMultipleOrgs",
    public=True,
    own_redirect=True,
    on_behalf_of=True,
    secret=True,
    consent=True,
    notes=("The host is a guess.",),
)
DEPLOYED = PLAIN._replace(
    redirects=(SHARED, f"{SHARED}/acme-5fparcel"),
    client="c0ffee00-3333-4444-8555-666666666666",
    tenant="0f0f0f0f-1111-4222-8333-444444444444",
    own_redirect=False,
    credential=Credential(
        "/eid1/c/pub/t/Ab/a/Cd/europe-002_x",
        "https://login.microsoftonline.com/0f0f0f0f-1111-4222-8333-444444444444/v2.0",
    ),
    needs_secret=False,
    after_deploy=True,
)
NO_SUBJECT = PLAIN._replace(credential=Credential(""), needs_secret=False)
LOGIN = Registration("Parcel Tracker (command line)", (), (READ,), public=True, needs_secret=False)
UNKNOWN = PLAIN._replace(permissions=(OWN_API,))
ALL = {
    "plain": PLAIN,
    "unknown": UNKNOWN,
    "everything": EVERYTHING,
    "deployed": DEPLOYED,
    "no-subject": NO_SUBJECT,
    "login": LOGIN,
}
TEXTS = (
    "'",
    '"',
    "''; Remove-Item -Recurse C:\\",
    "$(id)",
    "`id`",
    "${var.x}",
    "%{if true}x%{endif}",
    "\\",
    "\\'",
    "\n'@\nRemove-Item x\n@'",
    "\nJSON\nid\n",
    "\u2019; id",
    "*/ // # --",
    "##vso[task.setvariable]x",
    "\u202ex",
    "' || 'a' eq 'a",
)
"""Texts that would be structure in one of the forms."""
