"""What can't be imported."""

from connector_builder.findings import Rule, Scope, Severity

NOT_IMPORTABLE = Rule(
    "NotImportable",
    Severity.ERROR,
    Scope.LANGUAGE,
    """Something that can't be imported.

What `import` takes is the package of a connector, or a Swagger 2.0 document in JSON or YAML. Swagger itself must be well-formed at its top:
`swagger: "2.0"`, `info` and `paths`, each key with a value of its kind, and no key that Swagger doesn't know but such as begin
with `x-`. Below that, what the language can't say is kept as plain Swagger.

```json bad import
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0"},
  "paths": []
}
```
Finding: 4:3: 'paths' is an object in Swagger, this is a list

```json good import
{
  "swagger": "2.0",
  "info": {"title": "Orders", "version": "1.0"},
  "paths": {}
}
```""",
    fixed=True,
)
