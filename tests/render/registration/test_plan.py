"""What the registration must be, from the sign-in and what the user asks for."""

import pytest

from connector_builder.platform.auth.entra_apis import APIS, api_called, api_named, api_of, graph_of
from connector_builder.render.access import ways_in
from connector_builder.render.registration import Permission, Registration, RegistrationError, Wishes, registration
from connector_builder.render.sign_in import SignIn
from tests.support.pages.render_packages import FEDERATED, oauth, package

SHARED = "https://global.consent.azure-apim.net/redirect"
OWN = f"{SHARED}/contoso-5forders"
FLOW = "7df0a125-d3be-4c96-aa54-591f83ff541c"
READ = Permission("Flow Service", "Flows.Read.All", FLOW, "e45c5562-459d-4d1b-8148-83eb1b6dcf83")
OFFLINE = Permission(
    "Microsoft Graph",
    "offline_access",
    "00000003-0000-0000-c000-000000000000",
    "7427e0e9-2fba-42fe-b0c0-848c9e6a8182",
)


def sign_in(*scopes: str, resource: str = "https://service.flow.microsoft.com/", **custom: str) -> SignIn:
    parameters = oauth("aad", resourceUri=resource, **custom)
    parameters["token"]["oAuthSettings"]["scopes"] = list(scopes)
    return of(parameters)


def of(parameters: object) -> SignIn:
    found = ways_in(package(parameters))[0].sign_in
    assert found is not None
    return found


def plan(one: SignIn, **wishes: object) -> Registration:
    return registration("Contoso Orders", "", one, Wishes(**wishes))  # type: ignore[arg-type]


def refused(one: SignIn, **wishes: object) -> tuple[str, str]:
    with pytest.raises(RegistrationError) as caught:
        plan(one, **wishes)
    return caught.value.message, caught.value.help


def test_ids_of_the_table_are_ids_and_no_id_is_there_twice() -> None:
    ids = [id_ for api in APIS for id_ in (api.app_id, *api.permissions.values())]
    assert len(ids) == len(set(ids)) == 7 + 9 + 1 + 1 + 1 + 5 + 7 + 1
    assert all(len(one) == 36 and one == one.lower() for one in ids)


def test_apis_by_audience_and_by_name() -> None:
    assert [one.name for one in map(api_of, ("https://contoso.crm4.dynamics.com", FLOW.upper())) if one] == [
        "Dynamics CRM",
        "Flow Service",
    ]
    assert api_of("https://orders.contoso.example") is None
    assert [one.name for one in map(api_called, ("flow service", "Dataverse")) if one] == [
        "Flow Service",
        "Dynamics CRM",
    ]
    assert api_named("https://gov.service.flow.microsoft.us/") == ""
    assert [one.name for one in map(api_of, ("https://gov.service.flow.microsoft.us/",)) if one] == ["Flow Service"]
    assert graph_of("https://login.microsoftonline.us") == "https://graph.microsoft.us"
    assert graph_of("") == graph_of("https://login.windows.net") == "https://graph.microsoft.com"


def test_what_a_spec_says() -> None:
    assert plan(sign_in("Flows.Read.All offline_access", tenantId="contoso.example")) == Registration(
        "Contoso Orders connector",
        (SHARED,),
        (READ, OFFLINE),
        tenant="contoso.example",
        login="https://login.microsoftonline.com",
        own_redirect=True,
    )


@pytest.mark.parametrize(
    ("scope", "permission"),
    [
        ("https://service.flow.microsoft.com/Flows.Read.All", READ),
        ("https://service.flow.microsoft.com//Flows.Read.All", READ),
        ("flows.read.all", READ),
        (
            "https://graph.microsoft.com/User.Read",
            OFFLINE._replace(name="User.Read", id="e1fe6dd8-ba31-4d61-89e7-88639da4683d"),
        ),
        ("https://graph.microsoft.com/Mail.Read", OFFLINE._replace(name="Mail.Read", id="")),
        (
            "api://c0ffee00-3333-4444-8555-666666666667/Orders.Read",
            Permission(
                "api://c0ffee00-3333-4444-8555-666666666667",
                "Orders.Read",
                "c0ffee00-3333-4444-8555-666666666667",
                "",
                "api://c0ffee00-3333-4444-8555-666666666667",
            ),
        ),
        ("api://orders/Orders.Read", Permission("api://orders", "Orders.Read", "", "", "api://orders")),
    ],
)
def test_a_scope_in_any_form(scope: str, permission: Permission) -> None:
    assert plan(sign_in(scope)).permissions == (permission,)


@pytest.mark.parametrize(
    "resource", ["https://service.powerapps.com/", "https://contoso.crm.dynamics.com", "https://apihub.azure.com"]
)
def test_an_api_with_one_permission_needs_no_scope(resource: str) -> None:
    one = plan(sign_in(resource=resource))
    assert [part.name for part in one.permissions] in (["User"], ["user_impersonation"], ["Runtime.All"])
    assert one.notes == ()


@pytest.mark.parametrize("scopes", [(), ("https://service.flow.microsoft.com//.default",)])
def test_what_a_spec_leaves_open_is_said(scopes: tuple[str, ...]) -> None:
    one = plan(sign_in(*scopes))
    assert one.permissions == ()
    assert one.notes == (
        "The spec doesn't say which permissions of Flow Service it requires: add --permission API/NAME.",
    )
    assert plan(sign_in(*scopes), permissions=("Flow Service/Flows.Read.All",)).notes == ()


def test_further_permissions() -> None:
    wished = (
        "flow service/Flows.Read.All",
        f"{FLOW}/Activity.Read.All",
        "https://service.powerapps.com/User",
        "api://orders/Read=C0FFEE00-3333-4444-8555-666666666668",
        "Microsoft Graph/Mail.Read",
    )
    one = plan(sign_in("Flows.Read.All"), permissions=wished)
    assert [(part.api, part.name, bool(part.app_id), bool(part.id)) for part in one.permissions] == [
        ("Flow Service", "Flows.Read.All", True, True),
        ("Flow Service", "Activity.Read.All", True, True),
        ("PowerApps Service", "User", True, True),
        ("api://orders", "Read", False, True),
        ("Microsoft Graph", "Mail.Read", True, False),
    ]


@pytest.mark.parametrize(
    ("wished", "message", "help"),
    [
        ("Flow Service/Flows.Reed.All", "Flow Service has no permission 'Flows.Reed.All'", "did you mean 'Flows.Read.All'?"),
        ("Flow Servise/Flows.Read.All", "no API is called 'Flow Servise'", "did you mean 'Flow Service'?"),
        ("Microsoft Graph/User.Reed", "Microsoft Graph has no permission 'User.Reed'", "did you mean 'User.Read'?"),
        ("PowerApps Service/Everything", "PowerApps Service has no permission 'Everything'", "the permissions of PowerApps Service are User"),
        ("User.Read", "'User.Read' isn't a permission", "write API/NAME, such as 'Flow Service/Flows.Read.All', or API/NAME=ID"),
        ("Flow Service/a b", "'Flow Service/a b' isn't a permission", "write API/NAME, such as 'Flow Service/Flows.Read.All', or API/NAME=ID"),
        ("Flow Service/User=1", "'Flow Service/User=1' isn't a permission", "write API/NAME, such as 'Flow Service/Flows.Read.All', or API/NAME=ID"),
    ],
)  # fmt: skip
def test_a_slip_in_a_permission(wished: str, message: str, help: str) -> None:
    assert refused(sign_in(), permissions=(wished,)) == (message, help)


def test_a_scope_that_the_api_does_not_have() -> None:
    assert refused(sign_in("Flows.Reed.All")) == (
        "Flow Service has no permission 'Flows.Reed.All'",
        "did you mean 'Flows.Read.All'?",
    )


@pytest.mark.parametrize(
    ("tenant", "wish", "audience"),
    [
        ("common", "", "AzureADMultipleOrgs"),
        ("contoso.example", "", "AzureADMyOrg"),
        ("common", "single", "AzureADMyOrg"),
        ("contoso.example", "several", "AzureADMultipleOrgs"),
    ],
)
def test_one_tenant_or_several(tenant: str, wish: str, audience: str) -> None:
    assert plan(sign_in("User", tenantId=tenant), tenants=wish).audience == audience


def test_a_redirect_uri_of_its_own() -> None:
    one = plan(sign_in("User"), after_deploy=OWN)
    assert (one.redirects, one.own_redirect, one.after_deploy, one.notes) == ((SHARED, OWN), False, True, ())
    elsewhere = plan(sign_in("User"), after_deploy="https://contoso.example/redirect").notes
    assert elsewhere == (
        "The host contoso.example isn't one that connectors are known to return to: check the redirect URI.",
    )


@pytest.mark.parametrize(
    "redirect", ["http://a.example/x", "x", "https://a.example/x y", "https://a.example/'", "https://u:p@a.example/"]
)
def test_what_is_no_redirect_uri(redirect: str) -> None:
    assert refused(sign_in("User"), after_deploy=redirect)[0] == f"'{redirect}' isn't the redirect URI of a connector"


def test_a_connector_without_a_secret() -> None:
    one = plan(of(FEDERATED), subject="/eid1/c/pub/t/Ab/a/Cd/x", after_deploy=OWN)
    assert one.credential is not None
    assert one.credential.subject == "/eid1/c/pub/t/Ab/a/Cd/x"
    assert one.credential.issuer == "https://login.microsoftonline.com/0f0f0f0f-1111-4222-8333-444444444444/v2.0"
    assert one.credential.audience == "api://AzureADTokenExchange"
    assert not one.needs_secret
    assert one.client == "c0ffee00-3333-4444-8555-666666666666"
    assert refused(sign_in("User"), subject="/x") == (
        "this connector signs in with a secret, not with a federated credential",
        "leave out --subject",
    )
    assert refused(of(FEDERATED), subject="a b")[0] == "'a b' isn't the subject of a federated credential"


def test_the_application_of_the_command_line() -> None:
    one = plan(sign_in("Flows.Read.All"), login=True)
    assert one.name == "Contoso Orders (command line)"
    assert (one.redirects, one.public, one.needs_secret, one.audience) == ((), True, False, "AzureADMyOrg")
    assert [(part.api, part.name) for part in one.permissions] == [
        ("Flow Service", "Flows.Read.All"),
        ("PowerApps Service", "User"),
        ("Azure API Connections", "Runtime.All"),
        ("Dynamics CRM", "user_impersonation"),
    ]


def test_names_are_on_one_line() -> None:
    assert plan(sign_in("User"), name=" a\n\u202eb \x1b ##vso[x] ").name == "a b # #vso[x]"
    assert refused(sign_in("User"), name="\u202e")[0] == "the application has no name"


@pytest.mark.parametrize("login", ["@environmentVariables('x')", "https://a.example/x'$(id)", "http://a.example"])
def test_an_address_that_is_none_is_that_of_the_public_cloud(login: str) -> None:
    assert plan(sign_in("User", loginUri=login)).login == "https://login.microsoftonline.com"
