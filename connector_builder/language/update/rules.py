"""The rules of updating a spec: what was brought, what both changed, and what can't be updated."""

from connector_builder.findings import Rule, Scope, Severity

_SPEC = """connector:
  title: Orders
  description: Reads orders.
  version: "1.0"
  server: https://api.contoso.example
consumes: null
produces: null
actions:
  ListOrders: {request: GET /orders, description: DESCRIPTION}
"""
_SWAGGER = """{
  "swagger": "2.0",
  "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
  "host": "api.contoso.example", "schemes": ["https"],
  "paths": {"/orders": {"get": {
    "operationId": "ListOrders", "summary": "List orders", "description": "DESCRIPTION",
    "responses": {"200": {"description": "OK"}}}}}
}
"""


def _example(kind: str, old: str, own: str, new: str, api: str = "Orders") -> str:
    """Returns an example of `import --update`: the new source, which is that of `api`, the last import, and the spec."""
    source = _SWAGGER.replace("Orders", api).replace("orders", api.lower())
    files = (
        ("json", "new.json", source.replace("DESCRIPTION", new)),
        ("json", "old.json", _SWAGGER.replace("DESCRIPTION", old)),
        ("yaml", "orders.yaml", _SPEC.replace("DESCRIPTION", own)),
    )
    blocks = [f"```{language} {kind} import-update file={name}\n{content}```\n" for language, name, content in files]
    return "".join(blocks)


UPDATED = Rule(
    "Updated",
    Severity.NOTE,
    Scope.LANGUAGE,
    f"""What `import --update` brought from the API into a spec.

Each operation and schema that the update added, changed or removed has one note. The rest of the connector has one
note for each value. Nothing needs to be done; review the changes in version control.

{_example("bad", "Lists orders.", "Lists orders.", "Lists all orders.")}Finding: orders.yaml:9:3: the operation 'ListOrders' was changed: 'description'

{_example("good", "Lists orders.", "Lists my orders.", "Lists orders.")}""",
)
UPDATE_CONFLICT = Rule(
    "UpdateConflict",
    Severity.WARNING,
    Scope.LANGUAGE,
    f"""The spec and the API changed the same value in different ways.

`import --update` keeps what the spec says. Decide whether that is still right: the API may have a new type or a new
limit where you have another. To take what the API says, change the spec at this place. The next update doesn't mention
it again.

{_example("bad", "Lists orders.", "Lists my orders.", "Lists all orders.")}Finding: orders.yaml:9:51: 'description' of 'GET /orders' changed in the API and here, in different ways

{_example("good", "Lists orders.", "Lists all orders.", "Lists all orders.")}""",
)
NOT_UPDATABLE = Rule(
    "NotUpdatable",
    Severity.ERROR,
    Scope.LANGUAGE,
    f"""`import --update` can't bring what changed in the API into this spec.

Nothing is written then. Either the spec has errors, or SOURCE is another API than the last import, or a change has no
place in the text, for example in a part that is an alias of YAML. The message says which.

{_example("bad", "Lists orders.", "Lists orders.", "Lists books.", api="Books")}Finding: 1:1: this has no operation of the last import, so it seems to be another API

{_example("good", "Lists orders.", "Lists orders.", "Lists orders.")}""",
    fixed=True,
)
UPDATE_RULES = (UPDATED, UPDATE_CONFLICT, NOT_UPDATABLE)
