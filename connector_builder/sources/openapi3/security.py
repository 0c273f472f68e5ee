"""How people sign in: the schemes of OpenAPI 3 as an `auth` of our language, which the compiler turns into both documents."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from connector_builder.findings import Pointer
from connector_builder.findings.wording import counted
from connector_builder.platform.auth.kinds import ENTRA_HOSTS, entra_address
from connector_builder.platform.data.plain import ABSENT, items, mapping
from connector_builder.sources import losses
from connector_builder.sources.origin import Original

Entries = dict[str, Any]
_CLIENT = "00000000-0000-0000-0000-000000000000"
_BY_HAND = "people paste a token when they make a connection"
_BEST = ("aad", "oauth2", "apiKey", "basic", "none")


class Security:
    """The sign-in of a document, as the chosen operations need it."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self._schemes = mapping(mapping(original.data.get("components")).get("securitySchemes"))

    def auth(self, each: list[tuple[Entries, Pointer]]) -> tuple[Entries, Entries]:
        """Returns `auth`, and `connection` and `policies` for further keys, for the chosen operations."""
        wanted = self._alternatives(each)
        options = [option for option in wanted if option]
        if not options:
            return {"type": "none"}, {}
        known = [(option, [self._scheme(name) for name in option]) for option in options]
        best = min(known, key=lambda one: (_BEST.index(one[1][0]["type"]), -wanted[one[0]]))
        self._tell_others(best[0], options)
        auth, *more = sorted(best[1], key=lambda one: _BEST.index(one["type"]))
        auth = self._with_scopes(auth, best[0], each)
        return auth, self._further(more)

    def _alternatives(self, each: list[tuple[Entries, Pointer]]) -> Counter[tuple[str, ...]]:
        """Returns the combinations of schemes that operations accept, and how many operations accept each."""
        found: Counter[tuple[str, ...]] = Counter()
        without: list[Pointer] = []
        for operation, at in each:
            said = operation.get("security", self._original.data.get("security"))
            options = [tuple(name for name in mapping(one) if self._known(name) is not None) for one in items(said)]
            found.update({option for option in options if option})
            if not any(options):
                without.append(at)
        if found and without:
            self._original.tell(
                losses.SIGN_IN_FOR_ALL,
                without[0],
                f"{counted(len(without), 'operation')} without a sign-in: one connection serves all operations",
            )
        return found

    def _known(self, name: str) -> Entries | None:
        if name not in self._schemes:
            return None
        value, _ = self._original.place(self._schemes[name], self._at(name))
        return value if value is not ABSENT and isinstance(value, dict) else None

    @staticmethod
    def _at(name: str) -> Pointer:
        return ("components", "securitySchemes", name)

    def _tell_others(self, best: tuple[str, ...], options: list[tuple[str, ...]]) -> None:
        others = list(dict.fromkeys(name for option in options for name in option if name not in best))
        if others:
            self._original.tell(
                losses.SIGN_IN_CHOSEN,
                self._at(best[0]),
                f"people sign in by '{' and '.join(best)}', not by {', '.join(others)}",
            )

    def _scheme(self, name: str) -> Entries:
        """Returns a scheme as `auth`; `none` for one that a connector can't use."""
        scheme, at = self._known(name) or {}, self._at(name)
        kind = str(scheme.get("type", "")).lower()
        if kind == "apikey":
            return self._key(scheme, at, name)
        if kind == "http":
            return self._http(scheme, at, name)
        if kind == "oauth2":
            return self._oauth(mapping(scheme.get("flows")), at, name)
        if kind == "openidconnect":
            return self._open_id(scheme, at, name)
        self._original.tell(losses.SIGN_IN_LEFT_OUT, at, f"connectors can't sign in by '{name}' ({kind or 'no type'})")
        return {"type": "none"}

    def _key(self, scheme: Entries, at: Pointer, name: str) -> Entries:
        where, key = scheme.get("in"), scheme.get("name")
        if where in ("header", "query") and isinstance(key, str) and key:
            return {"type": "apiKey", where: key}
        cure = "add a connection parameter, and the policy setHeader for 'Cookie'" if where == "cookie" else None
        self._original.tell(losses.SIGN_IN_LEFT_OUT, at, f"connectors can't send the key '{name}' in a {where}", cure)
        return {"type": "none"}

    def _http(self, scheme: Entries, at: Pointer, name: str) -> Entries:
        kind = str(scheme.get("scheme", "")).lower()
        if kind == "basic":
            return {"type": "basic"}
        if kind == "bearer":
            self._original.tell(losses.TOKEN_BY_HAND, at, f"'{name}' is a token: {_BY_HAND}")
            return {"type": "apiKey", "header": "Authorization", "scheme": "Bearer"}
        self._original.tell(losses.SIGN_IN_LEFT_OUT, at, f"connectors can't sign in by '{name}' ({kind})")
        return {"type": "none"}

    def _oauth(self, flows: Mapping[str, Any], at: Pointer, name: str) -> Entries:
        flow = mapping(flows.get("authorizationCode"))
        if len(flows) > 1 and flow:
            rest = ", ".join(key for key in flows if key != "authorizationCode")
            self._original.tell(
                losses.FLOW_CHOSEN, (*at, "flows"), f"'{name}' uses the flow authorizationCode, not {rest}"
            )
        if not flow:
            return self._other_flow(flows, at, name)
        addresses = {key: flow.get(key) for key in ("authorizationUrl", "tokenUrl")}
        if not all(_is_address(value) for value in addresses.values()):
            self._original.tell(
                losses.SIGN_IN_INCOMPLETE,
                (*at, "flows"),
                f"'{name}' has no complete address to sign in",
                "correct 'auth' in the spec",
            )
            addresses = {
                key: value if _is_address(value) else f"https://login.contoso.example/{word}"
                for (key, value), word in zip(addresses.items(), ("authorize", "token"), strict=True)
            }
        return {
            **self._signed_in(addresses, list(mapping(flow.get("scopes")))),
            "scopes": list(mapping(flow.get("scopes"))),
        }

    def _other_flow(self, flows: Mapping[str, Any], at: Pointer, name: str) -> Entries:
        implicit = mapping(flows.get("implicit"))
        if _is_address(implicit.get("authorizationUrl")):
            cure = "write its tokenUrl in the spec's 'auth'"
            self._original.tell(
                losses.SIGN_IN_INCOMPLETE,
                (*at, "flows", "implicit"),
                f"'{name}' has no address for tokens: connectors use the authorization-code flow",
                cure,
            )
            url = str(implicit["authorizationUrl"])
            token = (
                url.replace("/authorize", "/token")
                if entra_address({"type": "oauth2", "authorizationUrl": url})
                else "https://login.contoso.example/token"
            )
            scopes = list(mapping(implicit.get("scopes")))
            return {**self._signed_in({"authorizationUrl": url, "tokenUrl": token}, scopes), "scopes": scopes}
        said = ", ".join(flows) or "no flow"
        self._original.tell(losses.TOKEN_BY_HAND, at, f"connectors can't use '{name}' ({said}): {_BY_HAND}")
        return {"type": "apiKey", "header": "Authorization", "scheme": "Bearer"}

    def _signed_in(self, addresses: Entries, scopes: list[str]) -> Entries:
        """Returns `aad` for Microsoft's addresses, else `oauth2`."""
        known = entra_address({"type": "oauth2", **addresses})
        if known is None:
            return {"type": "oauth2", "clientId": _CLIENT, **addresses}
        login, tenant = known
        auth: Entries = {
            "type": "aad",
            "clientId": _CLIENT,
            "resource": _resource(scopes) or "https://graph.microsoft.com/",
        }
        if tenant != "common":
            auth["tenant"] = tenant
        return auth if login == "https://login.microsoftonline.com" else {**auth, "loginUri": login}

    def _open_id(self, scheme: Entries, at: Pointer, name: str) -> Entries:
        url = str(scheme.get("openIdConnectUrl", ""))
        host = urlsplit(url).hostname if _is_address(url) else None
        if host in ENTRA_HOSTS:
            tenant = urlsplit(url).path.strip("/").partition("/")[0] or "common"
            return {
                "type": "aad",
                "clientId": _CLIENT,
                "resource": "https://graph.microsoft.com/",
                **({"tenant": tenant} if tenant != "common" else {}),
            }
        issuer = f"https://{host}" if host else "https://login.contoso.example"
        cure = f"write the addresses that {url or 'its discovery document'} names into the spec's 'auth'"
        self._original.tell(
            losses.SIGN_IN_INCOMPLETE,
            at,
            f"'{name}' names its addresses in a document on the network, which isn't read",
            cure,
        )
        return {
            "type": "oauth2",
            "clientId": _CLIENT,
            "authorizationUrl": f"{issuer}/authorize",
            "tokenUrl": f"{issuer}/token",
        }

    def _with_scopes(self, auth: Entries, names: tuple[str, ...], each: list[tuple[Entries, Pointer]]) -> Entries:
        """Returns `auth` with the scopes that the operations need; all of them if the operations name none."""
        needed: dict[str, None] = {}
        for operation, _ in each:
            for option in items(operation.get("security", self._original.data.get("security"))):
                for name in names:
                    needed |= dict.fromkeys(
                        scope for scope in items(mapping(option).get(name)) if isinstance(scope, str)
                    )
        rest = {key: value for key, value in auth.items() if key != "scopes"}
        if auth["type"] not in ("aad", "oauth2"):
            return rest
        scopes = list(needed) or auth.get("scopes", [])
        return {**rest, "scopes": scopes} if scopes else rest

    def _further(self, more: list[Entries]) -> Entries:
        """Returns connection parameters with policies for keys that are sent beside the first one."""
        connection: Entries = {}
        policies: list[Entries] = []
        for number, one in enumerate(more, 2):
            if one["type"] == "apiKey":
                where, key = next((where, one[where]) for where in ("header", "query") if where in one)
                name = f"key{number}"
                connection[name] = {"type": "securestring", "summary": key, "required": True}
                short = "setHeader" if where == "header" else "setQuery"
                policies.append({short: {"name": key, "value": f"@connectionParameters('{name}')"}})
        return {"connection": connection, "policies": policies} if connection else {}


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.lower().startswith(("https://", "http://"))


def _resource(scopes: list[str]) -> str:
    """Returns the resource that scopes belong to: `api://orders` of `api://orders/Read`."""
    found: Iterator[str] = (scope.rpartition("/")[0] for scope in scopes if "://" in scope)
    return next(found, "")
