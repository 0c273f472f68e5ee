"""Deploys to Power Apps, as paconn does: a connector outside of solutions, by a person."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from connector_builder.app.live.deployable import SECRET, Deployable, operations_of
from connector_builder.app.live.plan import Deployed, Existing, Plan
from connector_builder.app.shared.misuse import Misuse
from connector_builder.live.errors import LiveError, ServiceRefused, Unreachable
from connector_builder.live.power_apps import PowerApps, Verdict, title_of
from connector_builder.package import ICON, SCRIPT
from connector_builder.platform.data.plain import items, mapping, text

_CONNECTION = "/{connectionId}"


class PowerAppsRoad:
    """The road by `api.powerapps.com`. `object_id` is who signs in; it is asked for only if a file is uploaded."""

    def __init__(self, service: PowerApps, object_id: Any, environment: Mapping[str, str]) -> None:
        self._service, self._object_id, self._environment = service, object_id, environment

    def find(self, one: Deployable) -> Existing | None:
        """Returns the connector with the id in settings.json, if that is of this environment, else the one with the title."""
        identifier, home = text(one.settings.get("connectorId")), text(one.settings.get("environment"))
        found = (
            self._service.connector(identifier)
            if identifier.startswith("shared_") and home in ("", self._service.environment)
            else None
        )
        if found is None:
            named = self._named(one.title)
            found = self._service.connector(named[0]) if named else None
        return None if found is None else Existing(str(found["name"]), title_of(found), self._operations(found))

    def verdict(self, one: Deployable) -> Verdict:
        """Asks the validator of Power Apps. One that doesn't answer stops no deployment: creating checks the definition too."""
        try:
            return self._service.validate(self._object_id(), one.definition)
        except ServiceRefused as error:
            return Verdict((f"nothing: {error.message}",))

    def put(self, plan: Plan) -> Deployed:
        """Uploads the files, and makes or changes the connector."""
        one = plan.one
        properties, has_secret = one.with_secret(self._environment)
        body = self._body(one, properties)
        if plan.existing is None:
            identifier = self._created(one, {"displayName": one.title, **body})
        else:
            identifier = plan.existing.id
            self._service.update(identifier, body)
        return self._outcome(plan, identifier, has_secret=has_secret)

    def _body(self, one: Deployable, properties: dict[str, Any]) -> dict[str, Any]:
        files = {
            name: (content, kind)
            for name, content, kind in ((ICON, one.icon, "image/png"), (SCRIPT, one.script, "text/plain"))
            if content is not None
        }
        addresses = self._service.upload(self._object_id(), files) if files else {}
        body = {
            **properties,
            "description": one.description,
            "environment": {"name": self._service.environment},
            "openApiDefinition": one.definition,
            "backendService": {"serviceUrl": one.server},
            "scriptDefinitionUrl": addresses.get(SCRIPT, ""),  # an empty one removes the code
        }
        body.setdefault("capabilities", [])
        return body | ({"iconUri": addresses[ICON]} if ICON in addresses else {})

    def _created(self, one: Deployable, body: dict[str, Any]) -> str:
        """Makes a connector. If the answer is lost, it looks whether there is one, so that a second run makes no second one."""
        try:
            return self._service.create(body)
        except (Unreachable, ServiceRefused) as error:
            lost = error.lost if isinstance(error, Unreachable) else error.status >= 500
            named: list[str] = []
            if lost:
                with suppress(LiveError):
                    named = self._named(one.title)
            if len(named) == 1:
                return named[0]
            raise

    def _named(self, title: str) -> list[str]:
        """Returns the ids of the connectors with a title, at most one. Raises Misuse if there are more."""
        found = [str(one["name"]) for one in self._service.connectors() if title_of(one) == title]
        if len(found) > 1:
            help_ = f"write the id of the one into settings.json as 'connectorId': {', '.join(found)}"
            raise Misuse(f"nothing was sent: {len(found)} connectors are called '{title}'", help_)
        return found

    def _operations(self, connector: dict[str, Any]) -> dict[str, Any] | None:
        """Returns the operations of a connector: of its original definition, else of the platform's own version."""
        properties = mapping(connector.get("properties"))
        address = text(mapping(properties.get("apiDefinitions")).get("originalSwaggerUrl"))
        with suppress(LiveError, ValueError, RecursionError):
            if address:
                return operations_of(json.loads(self._service.download(address)))
        swagger = mapping(properties.get("swagger"))
        return dict.fromkeys(operations_of(swagger)) if swagger else None

    def _outcome(self, plan: Plan, identifier: str, *, has_secret: bool) -> Deployed:
        one, left = plan.one, list[str]()
        redirects = redirects_of(self._service.connector(identifier)) if one.signs_in else ()
        left += (
            f"add the redirect URL to the app registration, beside those that it has: connector-builder register SPEC --after-deploy {url}"
            for url in redirects
        )
        if one.signs_in and not has_secret:
            left.append(f"enter the client secret on the connector's Security tab, or set {SECRET} and deploy again")
        left.append(
            f"people see the connector when you share it: https://make.powerapps.com/environments/{self._service.environment}/customconnectors"
        )
        return Deployed(plan, identifier, redirects=redirects, left=tuple(left))


def redirects_of(connector: dict[str, Any] | None) -> tuple[str, ...]:
    """Returns the redirect URLs of a connector, which the platform makes."""
    properties = mapping(mapping(connector).get("properties"))
    sets = items(mapping(properties.get("connectionParameterSets")).get("values"))
    ways = [properties.get("connectionParameters"), *(mapping(one).get("parameters") for one in sets)]
    parts = [mapping(mapping(part).get("oAuthSettings")) for way in ways for part in mapping(way).values()]
    return tuple(dict.fromkeys(url for part in parts if (url := text(part.get("redirectUrl")))))
