"""The rules of a spec as a whole: its version, its variables, its size, secrets in it."""

from connector_builder.language.rules.kinds import language_error, language_warning

LANGUAGE_VERSION_UNKNOWN = language_error(
    "LanguageVersionUnknown",
    """The spec is written in a newer version of the language than this tool knows.

Install a newer version of connector-builder, or correct `language`.

```yaml bad
language: 2
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 1:11: this spec is written in version 2 of the language, this tool knows 1

```yaml good
language: 1
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
VARIABLE_NOT_SET = language_error(
    "VariableNotSet",
    """A variable has no value.

Set it with `--var NAME=VALUE`, in a `--vars-file`, with the environment variable `CONNECTOR_<NAME>`, or with a default
in the spec: `${NAME:-default}`. If you mean a literal `${`, write `$${`.

```yaml bad
actions:
  ListOrders: {request: "GET /orders?shop=${SHOP}", description: Lists the orders of our shop.}
```
Finding: 2:43: the variable 'SHOP' isn't set

```yaml good
actions:
  ListOrders: {request: "GET /orders?shop=${SHOP:-main}", description: Lists the orders of our shop.}
```""",
)
SPEC_TOO_LARGE = language_error(
    "SpecTooLarge",
    """A spec becomes larger than any connector is.

The tool writes out `defaults`, `parameters`, `fields` and `inline` schemas in every place that uses them, and a sample
for every operation that returns it. So a few lines can become millions. Share parts instead: a schema by its name, a
parameter with `shared`.""",
)
SPEC_NAME_TAKEN = language_error(
    "SpecNameTaken",
    """Two specs in one folder would be built to the same package.

A package is named after the folder or file of its spec, in small letters without accents: the folder `orders` and the file
`orders.yaml` are both built to `orders`, and so are two names that differ only in how Unicode composes an accent. `build`
refuses such specs. Rename one of them.""",
)
SECRET_IN_SPEC = language_error(
    "SecretInSpec",
    """A spec contains a secret.

A spec goes into version control and into packages. Remove the secret. Pass a client secret to paconn with `--secret`,
or type it into the portal. In addresses of samples, write REDACTED.

```yaml bad
auth: {type: aad, clientId: 11111111-2222-3333-4444-555555555555, resource: https://api.contoso.example, clientSecret: NotARealSecret}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 1:120: a client secret doesn't belong in a spec

```yaml good
auth: {type: aad, clientId: 11111111-2222-3333-4444-555555555555, resource: https://api.contoso.example}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
FILE_NOT_READ = language_warning(
    "FileNotRead",
    """A file or folder beside a spec that nothing reads, though its name says that it is part of it.

Beside `connector.yaml` the YAML files in `actions/`, `triggers/` and `schemas/` are read, and no others: not `action/`,
`policies/`, `actions/orders/`, `actions.yaml`, `connector.yml`. Custom code in `script.csx` is read if `script` names it.

```yaml bad file=connector.yaml
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  ListOrders: {request: GET /orders, description: Lists the orders.}
```
```yaml bad file=action/get.yaml
GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: action:1:1: nothing reads the folder 'action/'

```yaml good file=connector.yaml
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  ListOrders: {request: GET /orders, description: Lists the orders.}
```
```yaml good file=actions/get.yaml
GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
