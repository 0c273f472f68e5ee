"""Turns recorded calls of Azure Logic Apps into those of the service behind Power Automate."""

from collections.abc import Sequence

from connector_builder.platform.services import logic_apps
from connector_builder.platform.services.logic_apps import Matched, flow_operation
from connector_builder.sources.captures.call import Call
from connector_builder.sources.logic_apps import tell
from connector_builder.sources.origin import Original


def as_flows(original: Original, calls: Sequence[Call]) -> list[Call]:
    """Returns calls of Logic Apps as calls of Power Automate; what doesn't exist there is told, and other calls stay."""
    found = []
    for call in calls:
        matched = flow_operation(call.verb, call.segments)
        if matched is None:
            found.append(call)
        elif tell(original, matched, call.at):
            found.append(flow_call(call, matched))
    return found


def flow_call(call: Call, matched: Matched) -> Call:
    """Returns a call of Logic Apps as one of Power Automate."""
    twin = matched.twin
    segments = (*logic_apps.BASE, "environments", logic_apps.ENVIRONMENT, *twin.flow_path.strip("/").split("/"))
    version = ("api-version", logic_apps.API_VERSION)
    query = (version, *(pair for pair in call.query if pair[0].lower() != "api-version"))
    return call._replace(
        verb=twin.flow_verb,
        scheme="https",
        host=logic_apps.HOST,
        segments=segments,
        query=query,
        headers={
            name: value for name, value in call.headers.items() if not name.startswith(("authorization", "x-ms-"))
        },
        summary=twin.name,
        trailing=False,
    )
