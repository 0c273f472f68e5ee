"""Deploys to Dataverse, as pac does: a connector as a row, in a solution if one is named, by a person or an application."""

import base64
import json
from contextlib import suppress
from typing import Any

from connector_builder.app.live.deployable import Deployable, operations_of
from connector_builder.app.live.plan import Deployed, Existing, Plan
from connector_builder.app.shared.misuse import Misuse
from connector_builder.live.dataverse import LIMITS, Dataverse
from connector_builder.live.errors import LiveError, ServiceRefused, Unreachable
from connector_builder.live.power_apps import Verdict
from connector_builder.platform.data.plain import text
from connector_builder.platform.solutions.names import GUID, NEW, row_id, row_name


class DataverseRoad:
    """The road by the table `connector`. `solution` is the unique name of one, or None."""

    def __init__(self, service: Dataverse, solution: str | None) -> None:
        self._service, self._solution = service, solution
        self._prefix: str | None = None

    def find(self, one: Deployable) -> Existing | None:
        """Returns the row with the id in settings.json, paconn's or pac's, or in the spec; else the one with the title."""
        identifier = text(one.settings.get("connectorId")) or text(one.given.get("connectorId"))
        rows = []
        if GUID.fullmatch(identifier):
            row = self._service.connector(identifier)
            rows = [row] if row else []
        elif identifier:
            rows = self._service.internal(identifier)
        rows = rows or self._service.named(one.title)
        if len(rows) > 1:
            ids = ", ".join(str(row["connectorid"]) for row in rows)
            help_ = f"write the id of the one into settings.json as 'connectorId': {ids}"
            raise Misuse(f"nothing was sent: {len(rows)} connectors are called '{one.title}'", help_)
        if not rows:
            return None
        if rows[0].get("ismanaged"):
            message = f"nothing was sent: '{one.title}' belongs to a managed solution, and isn't changed here"
            raise Misuse(message, "deploy to the environment that the solution comes from")
        return Existing(str(rows[0]["connectorid"]), text(rows[0].get("displayname")), _operations(rows[0]))

    def verdict(self, one: Deployable) -> Verdict:
        """Has nothing to say: Dataverse checks a definition when it takes it."""
        return Verdict()

    def put(self, plan: Plan) -> Deployed:
        """Makes or changes the row, and adds it to the solution."""
        one, row = plan.one, row_of(plan.one)
        if plan.existing is None:
            name = text(one.given.get("connectorName")) or row_name(self._publisher(one), one.title)
            identifier = text(one.given.get("connectorId")).lower() or row_id(name)
            self._create({"connectorid": identifier, "name": name, **row})
        else:
            identifier = plan.existing.id
            self._service.update(identifier, row, self._solution)
        if self._solution:
            self._service.add_to(self._solution, identifier)
        return self._outcome(plan, identifier)

    def _create(self, row: dict[str, Any]) -> None:
        """Makes a row with an id of ours. If the answer is lost, the row with this id shows whether it was made."""
        try:
            self._service.create(row, self._solution)
        except (Unreachable, ServiceRefused) as error:
            lost = error.lost if isinstance(error, Unreachable) else error.status >= 500
            there = None
            if lost:
                with suppress(LiveError):
                    there = self._service.connector(row["connectorid"])
            if there is None:
                raise

    def _publisher(self, one: Deployable) -> str:
        """Returns the prefix of the solution's publisher, else the one that the spec gives, else pac's."""
        if self._solution is None:
            return text(one.given.get("prefix")) or NEW
        if self._prefix is None:
            self._prefix = self._service.prefix_of(self._solution)
        return self._prefix

    def _outcome(self, plan: Plan, identifier: str) -> Deployed:
        row = self._service.connector(identifier) or {}
        left = []
        if plan.one.signs_in:
            left.append("Dataverse keeps no client secret: enter it on the connector's Security tab")
            left.append(
                "the Security tab shows the redirect URL: add it to the app registration, beside those that it has"
            )
        left.append("others see the connector when you share it, or its solution, with them")
        return Deployed(plan, text(row.get("connectorinternalid")), identifier, left=tuple(left))


def row_of(one: Deployable) -> dict[str, Any]:
    """Returns the columns of a row, without its id and name. Raises Misuse for one that is too long."""
    properties = one.properties
    row: dict[str, Any] = {
        "displayname": one.title,
        "description": one.description,
        "connectortype": 1,
        "iconbrandcolor": properties.get("iconBrandColor"),
        "openapidefinition": _json(one.definition),
        "connectionparameters": _json(properties.get("connectionParameters") or {}),
        "policytemplateinstances": _json(properties.get("policyTemplateInstances") or []),
        "scriptoperations": _json(properties.get("scriptOperations") or list(one.operations)) if one.script else None,
        "customcodeblobcontent": one.script.decode("utf-8-sig", "replace") if one.script else None,
    }
    sets = properties.get("connectionParameterSets")
    row["connectionparametersets"] = _json(sets) if sets else None  # those of before go
    if one.icon is not None:
        row["iconblob"] = base64.b64encode(one.icon).decode()
    for name, most in LIMITS.items():
        if len(row.get(name) or "") > most:
            raise Misuse(
                f"nothing was sent: '{name}' of '{one.title}' is longer than {most:,} characters, which Dataverse refuses"
            )
    return row


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _operations(row: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return operations_of(json.loads(row["openapidefinition"]))
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
