"""A stand-in for Microsoft Entra ID: strict about tenants, clients, audiences, grants, secrets and PKCE."""

import base64
import hashlib
import html
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jwt import PyJWTError

from tests.live.stand_ins.credential import Credential
from tests.live.stand_ins.server import Server
from tests.support.programs.stand_in import Reply, Request

TENANT = "0f0f0f0f-1111-4222-8333-444444444444"
CLIENT = "c0ffee00-3333-4444-8555-666666666666"
"""A public client."""
APP = "c0ffee00-3333-4444-8555-777777777777"
"""A confidential client."""
USER = "9d9d9d9d-2222-4333-8444-555555555555"
SECRET = "planted-client-secret~1"
ASSERTION = "planted-assertion-of-a-pipeline"
AUDIENCES = (
    "https://service.powerapps.com/", "https://service.flow.microsoft.com/", "https://apihub.azure.com",
    "https://graph.microsoft.com", "https://acmedev.crm4.dynamics.com", "https://orders.contoso.example/",
)  # fmt: skip
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EXPIRES = 1791208991


def encoded(data: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


def jwt(**claims: Any) -> str:
    return f"{encoded({'alg': 'RS256', 'typ': 'JWT'})}.{encoded(claims)}.{encoded('planted signature')}"


class Entra(Server):
    """`tenants` are the names of the one tenant; `expired` are refresh tokens that no longer count."""

    def __init__(self) -> None:
        super().__init__(route=self.route)
        self.tenants = {TENANT, "organizations", "acme.example"}
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh: dict[str, str] = {}
        self.polls = 0
        self.declined = ""
        self.issued: list[str] = []
        self.credential: Credential | None = None

    def route(self, request: Request) -> Reply:
        tenant, _, rest = request.path.removeprefix("/").partition("/")
        if tenant not in self.tenants:
            return self.refuse("invalid_tenant", 90002, f"Tenant '{tenant}' not found.")
        match request.method, rest:
            case "GET", "v2.0/.well-known/openid-configuration":
                return self.configuration(tenant)
            case "GET", "oauth2/v2.0/authorize":
                return self.authorize(request.query)
            case "POST", "oauth2/v2.0/devicecode":
                return self.device(self.form(request))
            case "POST", "oauth2/v2.0/token":
                return self.token(self.form(request))
            case "GET", "oauth2/v2.0/token":
                return self.refuse("invalid_request", 900561, "The endpoint only accepts POST requests.")
            case _:
                return Reply(404)

    def form(self, request: Request) -> dict[str, str]:
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"
        assert "authorization" not in request.headers
        return dict(parse_qsl(request.body.decode("ascii"), strict_parsing=True))

    def configuration(self, tenant: str) -> Reply:
        base = f"https://login.microsoftonline.com/{tenant}"
        return Reply.of({
            "issuer": f"{base}/v2.0",
            "authorization_endpoint": f"{self.url}/{tenant}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
        })  # fmt: skip

    def authorize(self, query: dict[str, str]) -> Reply:
        """Answers with a page whose form a browser sends by itself."""
        assert query["client_id"] == CLIENT
        assert query["response_type"] == "code"
        assert query["response_mode"] == "form_post"
        assert query["code_challenge_method"] == "S256"
        assert query["redirect_uri"].startswith("http://localhost:")
        assert self.audience(query["scope"]) is not None
        code = f"planted-code-{len(self.codes)}"
        self.codes[code] = query
        fields = {"state": query["state"]}
        fields |= {"error": "access_denied", "error_description": self.declined} if self.declined else {"code": code}
        inputs = "".join(
            f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in fields.items()
        )
        page = f'<html><body onload="document.forms[0].submit()"><form method="post" action="{query["redirect_uri"]}">{inputs}</form></body></html>'
        return Reply(200, page.encode(), "text/html")

    def device(self, form: dict[str, str]) -> Reply:
        if form["client_id"] != CLIENT:
            return self.refuse("unauthorized_client", 700016, "Application was not found.")
        message = "To sign in, open https://microsoft.com/devicelogin and enter the code ABCD-EFGH."
        own = {
            "user_code": "ABCD-EFGH",
            "device_code": "planted-device-code",
            "verification_uri": "https://microsoft.com/devicelogin",
        }
        self.codes["planted-device-code"] = {"scope": form["scope"]}
        return Reply.of(own | {"expires_in": 900, "interval": 0, "message": message})

    def token(self, form: dict[str, str]) -> Reply:
        match form.get("grant_type"):
            case "authorization_code":
                return self.by_code(form)
            case "refresh_token":
                if form["refresh_token"] not in self.refresh:
                    return self.refuse("invalid_grant", 700082, "The refresh token has expired due to inactivity.")
                return self.of_person(form, self.refresh[form["refresh_token"]])
            case "urn:ietf:params:oauth:grant-type:device_code":
                self.polls += 1
                if self.polls == 1:
                    return self.refuse("authorization_pending", 70016, "Pending.")
                assert form["device_code"] == "planted-device-code"
                return self.of_person({"scope": self.codes["planted-device-code"]["scope"]} | form, "")
            case "client_credentials":
                return self.of_application(form)
            case _:
                pass
        return self.refuse("unsupported_grant_type", 70003, "The app requested an unsupported grant type.")

    def by_code(self, form: dict[str, str]) -> Reply:
        asked = self.codes.pop(form["code"], None)
        if asked is None:
            return self.refuse("invalid_grant", 54005, "Code was already redeemed.")
        digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if digest != asked["code_challenge"]:
            return self.refuse("invalid_grant", 501481, "The Code_Verifier does not match.")
        if "client_secret" in form:
            return self.refuse("invalid_client", 700025, "Client is public so no secret should be presented.")
        assert (form["redirect_uri"], form["client_id"]) == (asked["redirect_uri"], CLIENT)
        return self.of_person({"scope": asked["scope"]} | form, asked["nonce"])

    def of_person(self, form: dict[str, str], nonce: str) -> Reply:
        audience = self.audience(form["scope"])
        if audience is None:
            return self.refuse("invalid_resource", 500011, "The resource principal was not found in the tenant.")
        refresh = f"planted-refresh-{len(self.refresh)}"
        self.refresh[refresh] = nonce
        person = {"tid": TENANT, "oid": USER, "preferred_username": "maker@acme.example"}
        user = {"iss": f"https://login.microsoftonline.com/{TENANT}/v2.0", "sub": "s", "iat": 1, "exp": 4_000_000_000}
        return Reply.of({
            "token_type": "Bearer",
            "scope": form["scope"],
            "expires_in": 4213,
            "access_token": self.issue(aud=audience, appid=CLIENT, scp="user_impersonation", upn="maker@acme.example", idtyp="user", oid=USER),
            "refresh_token": refresh,
            "id_token": jwt(**person, **user, aud=CLIENT, nonce=nonce),
            "client_info": encoded({"uid": USER, "utid": TENANT}),
        })  # fmt: skip

    def of_application(self, form: dict[str, str]) -> Reply:
        if form["client_id"] != APP:
            return self.refuse("unauthorized_client", 700016, "Application was not found in the directory.")
        if "client_assertion" in form and self.credential is not None:
            try:
                endpoint = f"https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token"
                claims = self.credential.claims(form["client_assertion"], endpoint)
            except PyJWTError:
                return self.refuse(
                    "invalid_client", 700027, "The certificate with identifier used to sign is not registered."
                )
            assert (claims["iss"], claims["sub"]) == (APP, APP)
        elif "client_assertion" in form:
            if (form["client_assertion_type"], form["client_assertion"]) != (JWT_BEARER, ASSERTION):
                return self.refuse("invalid_client", 700213, "No matching federated identity record found.")
        elif form.get("client_secret") != SECRET:
            return self.refuse(
                "invalid_client", 7000215, f"Invalid client secret provided: {form.get('client_secret')}."
            )
        audience = self.audience(form["scope"])
        if audience is None:
            return self.refuse("invalid_resource", 500011, "The resource principal was not found in the tenant.")
        token = self.issue(aud=audience, appid=APP, roles=["app"], idtyp="app", oid=APP)
        return Reply.of({"token_type": "Bearer", "expires_in": 3599, "access_token": token})

    def issue(self, **claims: Any) -> str:
        token = jwt(tid=TENANT, exp=EXPIRES, number=len(self.issued), **claims)
        self.issued.append(token)
        return token

    def audience(self, scope: str) -> str | None:
        """Returns the one audience of the scopes, such as `AUDIENCE/.default`, beside those of OpenID."""
        own = [one for one in scope.split() if one not in ("openid", "profile", "offline_access")]
        known = {one: one.rpartition("/")[0] for one in own}
        found = set(known.values())
        return found.pop() if len(found) == 1 and found <= set(AUDIENCES) else None

    def refuse(self, error: str, number: int, text: str) -> Reply:
        said = f"AADSTS{number}: {text} Trace ID: 1 Correlation ID: 2 Timestamp: 2026-10-05 12:00:00Z"
        return Reply.of({"error": error, "error_description": said, "error_codes": [number]}, 400)

    def variables(self) -> dict[str, str]:
        """Returns the variables that send a program here."""
        return {"CB_URL_LOGIN": self.url}

    @staticmethod
    def query(fields: dict[str, str]) -> str:
        return urlencode(fields)
