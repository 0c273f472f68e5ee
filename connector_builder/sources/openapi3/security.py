"""How people sign in: the schemes of OpenAPI 3 as an `auth` of our language, which the compiler turns into both documents."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from connector_builder.findings import Pointer
from connector_builder.findings.wording import counted
from connector_builder.platform.auth.kinds import ENTRA_HOSTS, entra_address
from connector_builder.platform.data.plain import ABSENT, items, mapping
from connector_builder.sources import losses
from connector_builder.sources.origin import Original
from connector_builder.sources.rules import SIGN_IN_GUESSED

Entries = dict[str, Any]
_CLIENT = "00000000-0000-0000-0000-000000000000"
_GRAPH = "https://graph.microsoft.com/"
_BY_HAND = "people paste a token when they make a connection"
_FIRST = ("aad", "oauth2", "basic", "apiKey", "none")
"""Of several ways at once, the one that a connection signs in by: a policy can send another key, but no password."""
_BEST = ("aad", "oauth2", "apiKey", "basic", "none")


class Security:
    """The sign-in of a document, as the chosen operations need it."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self._schemes = mapping(mapping(original.data.get("components")).get("securitySchemes"))

    def auth(self, each: list[tuple[Entries, Pointer]]) -> tuple[Entries, Entries]:
        """Returns `auth`, and `connection` and `policies` for further keys, for the chosen operations."""
        options = self._alternatives(each)
        if not options:
            self._tell_unused()
            return {"type": "none"}, {}
        best = min(options, key=lambda option: (self._rank(option), -options[option]))
        self._tell_others(best, list(options))
        schemes = sorted(((self._scheme(name), name) for name in best), key=lambda one: _FIRST.index(one[0]["type"]))
        (auth, _), *more = schemes
        return self._with_scopes(auth, best, each), self._further(more)

    def _rank(self, option: tuple[str, ...]) -> int:
        """Returns how good a combination of schemes is, by the best of them: less is better. Tells nothing."""
        return min(_BEST.index(self._kind(name)) for name in option)

    def _kind(self, name: str) -> str:
        """Returns what a scheme becomes, such as `apiKey`: `none` if a connector can't sign in so."""
        scheme = self._known(name) or {}
        kind, how = str(scheme.get("type", "")).lower(), str(scheme.get("scheme", "")).lower()
        if kind == "apikey":
            return "apiKey" if _is_key(scheme) else "none"
        if kind == "http":
            return {"basic": "basic", "bearer": "apiKey"}.get(how, "none")
        if kind == "oauth2":
            flows = mapping(scheme.get("flows"))
            by_person = bool(mapping(flows.get("authorizationCode"))) or _is_address(
                mapping(flows.get("implicit")).get("authorizationUrl")
            )
            return "oauth2" if by_person else "apiKey"
        return "oauth2" if kind == "openidconnect" else "none"

    def _alternatives(self, each: list[tuple[Entries, Pointer]]) -> Counter[tuple[str, ...]]:
        """Returns the combinations of schemes that operations accept, and how many operations accept each."""
        found: Counter[tuple[str, ...]] = Counter()
        without: list[Pointer] = []
        for operation, at in each:
            owner, place = (
                (operation, (*at, "security")) if "security" in operation else (self._original.data, ("security",))
            )
            options = list(self._options(items(owner.get("security")), place))
            found.update(list(dict.fromkeys(filter(None, options))))
            if not all(options) or not options:
                without.append(at)
        if found and without:
            self._original.tell(
                losses.SIGN_IN_FOR_ALL,
                without[0],
                f"{counted(len(without), 'operation')} without a sign-in: one connection serves all operations",
            )
        return found

    def _options(self, said: Sequence[Any], at: Pointer) -> Iterator[tuple[str, ...]]:
        """Yields the combinations of schemes in a list of requirements: empty for one that asks for nothing."""
        for index, one in enumerate(said):
            names = tuple(mapping(one))
            unknown = [name for name in names if self._known(name) is None]
            for name in unknown:
                message = f"no way to sign in is called '{name}': it is left out"
                self._original.tell(losses.REFERENCE_NOT_FOUND, (*at, index, name), message)
            if len(unknown) < len(names) or not names:
                yield tuple(name for name in names if name not in unknown)

    def _tell_unused(self) -> None:
        """Tells ways to sign in that no chosen operation asks for: documents often describe one, and forget to require it."""
        if self._schemes and "security" not in self._original.data:
            first, *others = self._schemes
            said = f"no operation requires '{first}'" + (f" or {', '.join(others)}" if others else "")
            cure = "write 'auth' in the spec, if the service requires it"
            self._original.tell(losses.SIGN_IN_UNUSED, self._at(first), f"{said}: people don't sign in", cure)

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
        where = scheme.get("in")
        if _is_key(scheme):
            return {"type": "apiKey", str(where): scheme["name"]}
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
        addresses: Entries = {key: flow.get(key) for key in ("authorizationUrl", "tokenUrl")}
        if not all(_is_address(value) for value in addresses.values()):
            self._original.tell(
                losses.SIGN_IN_INCOMPLETE,
                (*at, "flows"),
                f"'{name}' has no complete address to sign in",
                "correct 'auth' in the spec",
            )
            addresses = {
                key: str(value) if _is_address(value) else f"https://login.contoso.example/{word}"
                for (key, value), word in zip(addresses.items(), ("authorize", "token"), strict=True)
            }
        refresh = flow.get("refreshUrl")
        if _is_address(refresh) and refresh != addresses["tokenUrl"]:
            addresses["refreshUrl"] = refresh
        scopes = list(mapping(flow.get("scopes")))
        return {**self._signed_in(addresses, scopes, (*at, "flows", "authorizationCode"), name), "scopes": scopes}

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
            addresses = {"authorizationUrl": url, "tokenUrl": token}
            return {**self._signed_in(addresses, scopes, (*at, "flows", "implicit"), name), "scopes": scopes}
        said = ", ".join(flows) or "no flow"
        self._original.tell(losses.TOKEN_BY_HAND, at, f"connectors can't use '{name}' ({said}): {_BY_HAND}")
        return {"type": "apiKey", "header": "Authorization", "scheme": "Bearer"}

    def _signed_in(self, addresses: Entries, scopes: list[str], at: Pointer, name: str) -> Entries:
        """Returns `aad` for Microsoft's addresses, else `oauth2`. No document has the id of the client, so it is told."""
        known = entra_address({"type": "oauth2", **addresses})
        if known is None:
            self._tell_client(at, name, "'oauth2', and 'clientId' is")
            return {"type": "oauth2", "clientId": _CLIENT, **addresses}
        login, tenant = known
        resource = _resource(scopes)
        self._tell_client(
            at, name, "'aad', and 'clientId' is" if resource else "'aad', and 'clientId' and 'resource' are"
        )
        auth: Entries = {"type": "aad", "clientId": _CLIENT, "resource": resource or _GRAPH}
        if tenant != "common":
            auth["tenant"] = tenant
        return auth if login == "https://login.microsoftonline.com" else {**auth, "loginUri": login}

    def _tell_client(self, at: Pointer, name: str, what: str) -> None:
        cure = "correct 'auth' in the spec before you build it"
        self._original.tell(SIGN_IN_GUESSED, at, f"'{name}' is imported as {what} guessed", cure)

    def _open_id(self, scheme: Entries, at: Pointer, name: str) -> Entries:
        url = str(scheme.get("openIdConnectUrl", ""))
        host = urlsplit(url).hostname if _is_address(url) else None
        if host in ENTRA_HOSTS:
            tenant = urlsplit(url).path.strip("/").partition("/")[0] or "common"
            self._tell_client(at, name, "'aad', and 'clientId' and 'resource' are")
            auth: Entries = {"type": "aad", "clientId": _CLIENT, "resource": _GRAPH}
            return {**auth, "tenant": tenant} if tenant != "common" else auth
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

    def _further(self, more: list[tuple[Entries, str]]) -> Entries:
        """Returns connection parameters with policies for keys that are sent beside the first way to sign in."""
        connection: Entries = {}
        policies: list[Entries] = []
        for number, (one, name) in enumerate(more, 2):
            if one["type"] != "apiKey":
                if one["type"] != "none":  # which is told already
                    message = f"a connection can't sign in twice: '{name}' is left out"
                    self._original.tell(losses.SIGN_IN_LEFT_OUT, self._at(name), message)
                continue
            where, key = next((where, one[where]) for where in ("header", "query") if where in one)
            parameter = f"key{number}"
            connection[parameter] = {"type": "securestring", "summary": key, "required": True}
            value = f"{one['scheme']} " if "scheme" in one else ""
            policy = {"name": key, "value": f"{value}@connectionParameters('{parameter}')"}
            policies.append({"setHeader" if where == "header" else "setQueryParameter": policy})
            message = f"'{name}' is sent beside the other: a connection parameter and a policy send '{key}'"
            self._original.tell(losses.SIGN_IN_BESIDE, self._at(name), message)
        return {"connection": connection, "policies": policies} if connection else {}


def _is_key(scheme: Entries) -> bool:
    """Checks whether a connector can send the key of a scheme of the type `apiKey`."""
    return scheme.get("in") in ("header", "query") and isinstance(scheme.get("name"), str) and bool(scheme["name"])


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and value.lower().startswith(("https://", "http://"))


def _resource(scopes: list[str]) -> str:
    """Returns the resource that scopes belong to: `api://orders` of `api://orders/Read`."""
    found: Iterator[str] = (scope.rpartition("/")[0] for scope in scopes if "://" in scope)
    return next(found, "")
