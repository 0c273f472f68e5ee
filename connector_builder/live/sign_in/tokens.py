"""Gets tokens for audiences, by each method."""

import logging
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from connector_builder.live.clouds import scope_of
from connector_builder.live.errors import LiveError, SignInRefused
from connector_builder.live.extra import extra
from connector_builder.live.http import Session
from connector_builder.live.messages import error_in
from connector_builder.live.secrets import secret
from connector_builder.live.sign_in.azure_cli import azure_cli_token
from connector_builder.live.sign_in.federation import assertion
from connector_builder.live.sign_in.methods import CERTIFICATES, OF_APPS, PASSWORDS, SECRETS, Choice, Method
from connector_builder.live.sign_in.person import Person
from connector_builder.live.sign_in.transport import Transport
from connector_builder.secrets.known import hide, masked

_SECONDS = 300
"""The time that somebody has to sign in with a browser."""
_OF_MSAL = ("openid", "profile", "offline_access")
"""The scopes that msal adds by itself, and refuses from others."""
_CERTIFICATE = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


class Tokens:
    """Gets tokens for one choice of how to sign in; call it with an audience, and with the claims of a challenge.

    It asks a person only if `interactive`, and only once per audience. `cache` is one of msal.
    """

    def __init__(
        self,
        choice: Choice,
        session: Session,
        cache: Any,
        *,
        person: Person | None = None,
        environment: Mapping[str, str] | None = None,
        interactive: bool = True,
    ) -> None:
        self.choice, self._session, self._cache = choice, session, cache
        self._person, self._interactive = person or Person(), interactive
        self._environment = os.environ if environment is None else environment
        self._app: Any = None
        self._azure: dict[str, str] = {}
        self._ways: dict[Method, Callable[[list[str], str | None], Any]] = {
            Method.BROWSER: self._by_browser,
            Method.DEVICE: self._by_device,
        }

    def __call__(self, audience: str, claims: str | None = None) -> str:
        """Returns a token. Raises SignInRefused, and what a request raises."""
        return self.scoped([scope_of(audience)], audience, claims)

    def scoped(self, scopes: list[str], audience: str, claims: str | None = None) -> str:
        """Returns a token for scopes of one audience; only a person's app can have others than all permissions."""
        method = self.choice.method
        if method is Method.AZ:
            return self._of_azure(audience, claims)
        if method is Method.MANAGED_IDENTITY:
            return self._taken(self._identity().acquire_token_for_client(resource=audience))
        if method in OF_APPS:
            return self._taken(self._confidential().acquire_token_for_client(scopes, claims_challenge=claims))
        own = [scope for scope in scopes if scope not in _OF_MSAL]
        return self._of_person(own or [scope_of(audience)], claims)

    def _of_azure(self, audience: str, claims: str | None) -> str:
        if claims is not None:
            help_ = "sign in again: az logout, then az login --allow-no-subscriptions"
            raise SignInRefused("the service wants a new sign-in, which the Azure CLI can't do by itself", help_)
        if audience not in self._azure:
            self._azure[audience] = azure_cli_token(audience, self.choice.tenant)
        return self._azure[audience]

    def _of_person(self, scopes: list[str], claims: str | None) -> str:
        app = self._public()
        for account in self._accounts(app):
            result = app.acquire_token_silent_with_error(scopes, account, claims_challenge=claims)
            if result and "access_token" in result:
                return self._taken(result)
        if not self._interactive:
            raise SignInRefused("nobody is signed in", "sign in: connector-builder login")
        return self._taken(self._ways[self.choice.method](scopes, claims))

    def _accounts(self, app: Any) -> list[Any]:
        """Returns who signed in before. Raises SignInRefused if the tokens that were kept can't be read."""
        try:
            return list(app.get_accounts())
        except LiveError:
            raise
        except Exception as error:  # of a keychain, of libsecret, or of a file that somebody changed
            help_ = "remove them, and sign in again: connector-builder logout"
            raise SignInRefused("the tokens that were kept can't be read", help_) from error

    def _by_browser(self, scopes: list[str], claims: str | None) -> Any:
        self._person.say("sign in with the browser that opens now")
        try:
            return self._public().acquire_token_interactive(scopes, claims_challenge=claims, timeout=_SECONDS)
        except Exception as error:  # msal's own errors have no common class
            if type(error).__name__ != "BrowserInteractionTimeoutError":
                raise
            raise SignInRefused("nobody signed in within five minutes", "try --method device") from None

    def _by_device(self, scopes: list[str], claims: str | None) -> Any:
        app = self._public()
        flow = app.initiate_device_flow(scopes=scopes)
        if "user_code" not in flow:
            return flow
        self._person.say(
            str(flow.get("message") or f"open {flow.get('verification_uri')}, and enter {flow['user_code']}")
        )
        return app.acquire_token_by_device_flow(flow, claims_challenge=claims)

    def _taken(self, result: Any) -> str:
        """Returns the token of a result of msal. Raises SignInRefused."""
        if isinstance(result, dict) and isinstance(result.get("access_token"), str):
            return hide(result["access_token"])
        if not isinstance(result, dict):
            raise SignInRefused("nobody signed in", "try again, or --method device")
        code, said = error_in(result)
        reason = masked(" ".join(said.split()).partition(" Trace ID:")[0]) or str(result.get("error"))
        named = f"{code}: " if code and not reason.startswith(str(code)) else ""
        raise SignInRefused(f"Microsoft Entra ID refuses: {named}{reason}", code=code)

    def _public(self) -> Any:
        return self._built(lambda msal: msal.PublicClientApplication(self.choice.client_id, **self._common()))

    def _confidential(self) -> Any:
        def build(msal: Any) -> Any:
            credential = self._credential()
            own = {"client_credential": credential, **self._common()}
            return msal.ConfidentialClientApplication(self.choice.client_id, **own)

        return self._built(build)

    def _identity(self) -> Any:
        def build(msal: Any) -> Any:
            client = self.choice.client_id
            identity = (
                msal.UserAssignedManagedIdentity(client_id=client) if client else msal.SystemAssignedManagedIdentity()
            )
            return msal.ManagedIdentityClient(identity, http_client=Transport(self._session, self.choice.cloud))

        return self._built(build)

    def _built(self, build: Callable[[Any], Any]) -> Any:
        """Returns the application of msal, which is made once. Raises SignInRefused for a tenant that doesn't exist."""
        if self._app is None:
            for name in ("msal", "msal_extensions"):  # else Python prints their warnings
                logging.getLogger(name).addHandler(logging.NullHandler())
            try:
                self._app = build(extra("msal"))
            except LiveError:
                raise
            except Exception as error:  # of msal, and of what it reads keys with
                raise self._unbuilt(error) from None
        return self._app

    def _unbuilt(self, error: Exception) -> SignInRefused:
        """Returns why there is no application of msal; the error itself may show a key."""
        if "authority configuration" in str(error):
            return SignInRefused(
                f"Microsoft Entra ID knows no tenant '{self.choice.tenant}'", "check --tenant and --cloud"
            )
        if self.choice.method is Method.CERTIFICATE:
            name = next((name for name in CERTIFICATES if self._environment.get(name)), CERTIFICATES[0])
            return SignInRefused(
                f"the certificate that {name} names can't be read", f"check its form and {PASSWORDS[0]}"
            )
        return SignInRefused(f"signing in can't start: {masked(str(error))}")

    def _common(self) -> dict[str, Any]:
        cloud = self.choice.cloud
        return {
            "authority": f"{cloud.authority}/{self.choice.tenant}",
            "token_cache": self._cache,
            "http_client": Transport(self._session, cloud),
            "instance_discovery": False,  # the authority is of our own table
        }

    def _credential(self) -> Any:
        environment, person = self._environment, self._person
        if self.choice.method is Method.SECRET:
            return secret("client secret", SECRETS, environment, prompt=person.prompt, stdin=person.stdin)
        if self.choice.method is Method.FEDERATED:
            audience = self.choice.cloud.assertion
            return {"client_assertion": lambda: assertion(environment, self._session, audience)}
        return self._certificate()

    def _certificate(self) -> dict[str, Any]:
        name = next((name for name in CERTIFICATES if self._environment.get(name)), None)
        if name is None:
            raise SignInRefused("no certificate is named", f"name its file in the variable {CERTIFICATES[0]}")
        path = Path(self._environment[name])
        password = next((hide(self._environment[one]) for one in PASSWORDS if self._environment.get(one)), None)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SignInRefused(f"the certificate that {name} names can't be read: {error.strerror}") from error
        if not content.lstrip().startswith(b"-----BEGIN"):
            return {"private_key_pfx_path": str(path), "passphrase": password, "public_certificate": True}
        pem = content.decode("utf-8", "replace")
        public = _CERTIFICATE.search(pem)
        if public is None:
            raise SignInRefused(
                f"the file that {name} names has no certificate", "it must have the key and the certificate"
            )
        key = hide(pem.replace(public[0], "").strip())
        return {"private_key": key, "public_certificate": public[0], **({"passphrase": password} if password else {})}
