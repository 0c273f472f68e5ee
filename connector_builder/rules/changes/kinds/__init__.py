"""The kinds of change between two versions of a connector, by topic.

The verdicts follow from what each consumer stores. An action of Power Automate has the operation's id and the names of its
parameters, those of the body's fields below the name of the body. A Logic App has verb and path. A canvas app has the function's
name and the positions of required parameters.

Sources: the definitions of published flows, https://github.com/Azure/LogicAppsUX, https://github.com/microsoft/Power-Fx, and the
messages of Microsoft's own check in the pull requests of https://github.com/microsoft/PowerPlatformConnectors.
"""

from connector_builder.findings import Rule
from connector_builder.rules.changes.kinds import connection, connector, dynamic, inputs, operations, outputs, triggers

CHANGES: tuple[Rule, ...] = tuple(
    kind.rule
    for module in (operations, inputs, outputs, triggers, dynamic, connection, connector)
    for kind in module.KINDS
)
"""Every kind of change, by topic."""
