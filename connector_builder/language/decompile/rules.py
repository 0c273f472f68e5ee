"""The rule for packages that can't be imported."""

from connector_builder.findings import Rule, Scope, Severity

NOT_IMPORTABLE = Rule(
    "NotImportable",
    Severity.ERROR,
    Scope.LANGUAGE,
    """`import` can't read the source as a connector.

`import` accepts the package of a connector, or a Swagger 2.0 document in JSON or YAML. The top level of the document
must be well-formed: it has `swagger: "2.0"`, `info` and `paths`, each key has a value of the right kind, and every key
is one that Swagger defines or begins with `x-`. Below the top level, parts that the language can't express stay plain
Swagger.

```json bad import
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0"},
  "paths": []
}
```
Finding: 4:3: 'paths' must be an object, not a list

```json good import
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0"},
  "paths": {}
}
```""",
    fixed=True,
)
