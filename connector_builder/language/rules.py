"""The rules of the language: what a spec itself can get wrong. Rules about what is built from it live in `rules`."""

from connector_builder.findings import Rule, Scope, Severity


def _error(name: str, doc: str) -> Rule:
    return Rule(name, Severity.ERROR, Scope.LANGUAGE, doc, fixed=True)


def _warning(name: str, doc: str) -> Rule:
    return Rule(name, Severity.WARNING, Scope.LANGUAGE, doc)


KEY_UNKNOWN = _error(
    "KeyUnknown",
    """A key that the language doesn't know there.

Only keys that begin with `x-` pass through unknown. Mostly it is a typing mistake, or a key one level too high or too deep;
the reference page lists what may stand where.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibilty: important
```
Finding: 5:5: unknown key 'visibilty' in 'operation'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
```""",
)
KEY_MISSING = _error(
    "KeyMissing",
    """A key is missing without which the part means nothing.

```yaml bad
actions:
  GetOrder:
    description: Returns one order.
```
Finding: 2:3: 'request' is missing in 'GetOrder'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
```""",
)
KEY_SPELLED_TWICE = _error(
    "KeySpelledTwice",
    """A friendly key and the `x-ms-` extension that it stands for are both given.

`summary` in a parameter or a schema is `x-ms-summary`: keep one of them.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
    x-ms-visibility: advanced
```
Finding: 6:5: 'x-ms-visibility' and 'visibility' say the same

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: important
```""",
)
VALUE_TYPE_NOT_VALID = _error(
    "ValueTypeNotValid",
    """A value of the wrong kind, such as a list where a text is expected.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: [Returns one order.]
```
Finding: 4:5: 'description' must be a text, not a list

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
```""",
)
VALUE_NOT_VALID = _error(
    "ValueNotValid",
    """A value of the right kind that isn't one of those that are possible.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: hidden
```
Finding: 5:17: 'visibility' can't be 'hidden'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    visibility: internal
```""",
)
VALUE_MISSING = _error(
    "ValueMissing",
    """A name without a value.

A field, parameter, operation, schema or response can't be null. A field that is any text is `string`; an operation is at
least its request line.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        note:
```
Finding: 7:9: 'note' has no value

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        note: string
```""",
)
LANGUAGE_VERSION_UNKNOWN = _error(
    "LanguageVersionUnknown",
    """The spec is written in a newer version of the language.

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
VARIABLE_NOT_SET = _error(
    "VariableNotSet",
    """A variable has no value.

Give it by `--var NAME=VALUE`, in a `--vars-file`, as the environment variable CONNECTOR_<NAME>, or a default in the spec:
`${NAME:-default}`. A literal `${` is written `$${`.

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
REQUEST_NOT_VALID = _error(
    "RequestNotValid",
    """A request line can't be read.

It is a verb in capitals and a path below the server: `GET /flows/{flow}?api-version=2016-11-01&$top&filter!`. In the query
`name` is optional, `name!` required, `name=value` a constant.

```yaml bad
actions:
  GetOrder:
    request: /orders/{order}
    description: Returns one order.
```
Finding: 3:14: '/orders/{order}' doesn't begin with a verb

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
```""",
)
OPERATION_DUPLICATED = _error(
    "OperationDuplicated",
    """Two operations have the same verb and path.

```yaml bad
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
  ReadOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 3:3: GET /orders/{order} is already the operation 'GetOrder'

```yaml good
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
  DeleteOrder: {request: "DELETE /orders/{order}", description: Deletes one order.}
```""",
)
NAME_NOT_FOUND = _error(
    "NameNotFound",
    """A name of a schema, parameter, response or operation that isn't there.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: Ordr
schemas:
  Order: {fields: {number: int}}
```
Finding: 5:15: there is no schema or type word 'Ordr'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: Order
schemas:
  Order: {fields: {number: int}}
```""",
)
BASE_PATH_REPEATED = _warning(
    "BasePathRepeated",
    """A request line begins with the path that the server has already.

The path of a request is below the server: both are sent, one after the other. Where the service does have the path twice,
ignore the finding.

```yaml bad
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  GetOrder: {request: "GET /v1/orders/{order}", description: Returns one order.}
```
Finding: 6:23: the request goes to '/v1/v1/orders/{order}': the server has '/v1' already

```yaml good
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
KEY_SENT_ALONE = Rule(
    "KeySentAlone",
    Severity.NOTE,
    Scope.LANGUAGE,
    """The header `Authorization` carries what people type, without the word that most services expect before it.

`Authorization: Bearer abc` has a scheme, `Bearer`, and a key. With `scheme: Bearer` people type the key alone. A service that
wants no word gets `scheme: null`.

```yaml bad
auth: {type: apiKey, header: Authorization}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 1:30: the key is sent as people type it, without a word such as 'Bearer' before it

```yaml good
auth: {type: apiKey, header: Authorization, scheme: Bearer}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
PATH_PARAMETER_NOT_BRACED = _warning(
    "PathParameterNotBraced",
    """A path contains a name with a colon, which other tools take for a parameter.

In a request line a path parameter is `{order}`; `:order` is sent as it stands. A few services have such paths: then ignore the warning.

```yaml bad
connector: {title: Orders, description: Reads and writes orders., server: "https://api.contoso.example/v1"}
actions:
  GetOrder: {request: "GET /orders/:order", description: Returns one order.}
```
Finding: 3:23: ':order' is text here, not a path parameter

```yaml good
connector: {title: Orders, description: Reads and writes orders., server: "https://api.contoso.example/v1"}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
PARAMETER_PLACE_MISSING = _error(
    "ParameterPlaceMissing",
    """A parameter that the request line doesn't have.

Put it into the request line (`{name}` in the path, `?name` in the query), under `headers` or `form`, or say `in`.

```yaml bad
actions:
  ListOrders:
    request: GET /orders
    description: Lists the orders.
    parameters:
      customer: The number of the customer.
```
Finding: 6:7: the parameter 'customer' isn't in the request line

```yaml good
actions:
  ListOrders:
    request: GET /orders?customer
    description: Lists the orders.
    parameters:
      customer: The number of the customer.
```""",
)
TEMPLATE_UNUSED = _warning(
    "TemplateUnused",
    """An entry of the top level's `parameters` or `fields` that nothing uses.

```yaml bad
parameters:
  customer: The number of the customer.
actions:
  ListOrders: {request: GET /orders, description: Lists the orders.}
```
Finding: 2:3: no operation has a parameter 'customer'

```yaml good
parameters:
  customer: The number of the customer.
actions:
  ListOrders: {request: GET /orders?customer, description: Lists the orders.}
```""",
)
FIELD_PATH_NOT_VALID = _error(
    "FieldPathNotValid",
    """A field's path can't be read, or leads nowhere.

Steps are joined by dots, `[]` stands for the items of an array, and a name with a dot or bracket is `['a.b']`. With a sample,
a path that only annotates must be in the sample. A path doesn't step through a reference to another schema.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {customer: {name: Adatum}}
      fields:
        customer.nme: The name of the customer.
```
Finding: 8:9: the sample has no field 'customer.nme'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {customer: {name: Adatum}}
      fields:
        customer.name: The name of the customer.
```""",
)
SCHEMA_CONTRADICTORY = _error(
    "SchemaContradictory",
    """Two keys of a schema exclude each other.

```yaml bad
schemas:
  Order:
    swagger: {type: object, properties: {number: {type: integer}}}
    description: An order.
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: Order}
```
Finding: 4:5: 'description' can't stand beside 'swagger', which is the whole schema

```yaml good
schemas:
  Order:
    swagger: {type: object, description: An order., properties: {number: {type: integer}}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: Order}
```""",
)
SCHEMA_TOO_LARGE = _error(
    "SchemaTooLarge",
    """Schemas are nested too deeply, or there are too many of them.

An `inline` schema is written out wherever it is named, so that a few can become millions; a sample or a field path makes as many
levels as it has itself. Name a schema instead of writing it out.

```yaml bad
schemas:
  A: {inline: true, fields: {a: B, b: B, c: B, d: B, e: B, f: B, g: B, h: B, i: B, j: B}}
  B: {inline: true, fields: {a: C, b: C, c: C, d: C, e: C, f: C, g: C, h: C, i: C, j: C}}
  C: {inline: true, fields: {a: D, b: D, c: D, d: D, e: D, f: D, g: D, h: D, i: D, j: D}}
  D: {inline: true, fields: {a: E, b: E, c: E, d: E, e: E, f: E, g: E, h: E, i: E, j: E}}
  E: {inline: true, fields: {a: F, b: F, c: F, d: F, e: F, f: F, g: F, h: F, i: F, j: F}}
  F: {fields: {number: int}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: A}
```
Finding: 6:66: more than 50,000 schemas

```yaml good
schemas:
  A: {fields: {a: B, b: B}}
  B: {fields: {number: int}}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order., response: A}
```""",
)
SAMPLE_NOT_VALID = _error(
    "SampleNotValid",
    """A sample can't be read, or isn't valid against its schema.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: seventeen}
      fields: {number: int}
```
Finding: 6:24: 'number' of the sample must be a whole number, not 'seventeen'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: 17}
      fields: {number: int}
```""",
)
SPEC_TOO_LARGE = _error(
    "SpecTooLarge",
    """A spec becomes larger than any connector is.

What `defaults`, `parameters`, `fields` and `inline` schemas say is written out wherever it is used, and a sample is written for
every operation that returns it. So a few lines can become millions. Share parts instead: a schema by its name, a parameter by
`shared`.""",
)
SAMPLE_AMBIGUOUS = _warning(
    "SampleAmbiguous",
    """A sample doesn't tell the type of a field: it is null, an empty array, or a mixture.

Give the type under `fields`: `fields: {"value[].endTime": datetime}`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: 17, shipped: null}
```
Finding: 6:37: 'shipped' is null in the sample

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      sample: {number: 17, shipped: null}
      fields: {shipped: datetime}
```""",
)
SAMPLE_NOT_MADE = Rule(
    "SampleNotMade",
    Severity.NOTE,
    Scope.PRACTICE,
    """No sample of a response can be made up from its schema, and the author gave none.

A sample shows people what an operation returns. Give one with `response: {sample: samples/run.json}`.

```yaml bad
actions:
  GetFolder: {request: "GET /folders/{folder}", description: Returns one folder., response: Folder}
schemas:
  Folder: {fields: {name!: string, parent!: Folder}}
```
Finding: 2:83: no sample of 'GetFolder' is written: a schema contains itself

```yaml good
actions:
  GetFolder: {request: "GET /folders/{folder}", description: Returns one folder., response: Folder}
schemas:
  Folder: {fields: {name!: string, parent: Folder}}
```""",
)
RESPONSE_DUPLICATED = _error(
    "ResponseDuplicated",
    """A status is given both by `response` and by `responses`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {fields: {number: int}}
    responses: {200: The order.}
```
Finding: 6:17: the status 200 is given by 'response' too

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {description: The order., fields: {number: int}}
    responses: {404: There is no such order.}
```""",
)
DESCRIPTION_IS_SCHEMA = _warning(
    "DescriptionIsSchema",
    """The description of a response is exactly the name of a schema.

Under `responses` a text is the description. For a schema write `404: {schema: Error}`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    responses: {404: Error}
schemas:
  Error: {fields: {message: string}}
```
Finding: 5:22: 'Error' is a schema's name, but a text here is the description

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    responses: {404: {schema: Error}}
schemas:
  Error: {fields: {message: string}}
```""",
)
TRIGGER_NOT_VALID = _error(
    "TriggerNotValid",
    """A trigger that can't fire.

A webhook trigger needs a field of its body that receives the callback address, and an operation that ends the subscription must
exist. A polling trigger needs an answer that is an array, or has one, and query parameters for its state.

```yaml bad
triggers:
  WhenOrdered:
    request: POST /hooks
    description: Fires when something is ordered.
    body: {fields: {url!: uri}}
    webhook: {callback: address, unsubscribe: "DELETE /hooks/{id}", notification: {fields: {number: int}}}
```
Finding: 6:25: the body has no field 'address'

```yaml good
triggers:
  WhenOrdered:
    request: POST /hooks
    description: Fires when something is ordered.
    body: {fields: {url!: uri}}
    webhook: {callback: url, unsubscribe: "DELETE /hooks/{id}", notification: {fields: {number: int}}}
```""",
)
POLICY_NOT_VALID = _error(
    "PolicyNotValid",
    """A policy can't be read.

Each item of `policies` is one short key with its settings, such as `- setHeader: {name: x-client, value: flow}`, or the plain
form: `- {template: setheader, title: …, parameters: {…}}`.

```yaml bad
policies:
  - setHeader
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 2:5: 'setHeader' isn't a policy that needs no settings

```yaml good
policies:
  - setHeader: {name: x-client, value: flow}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
AUTH_NOT_VALID = _error(
    "AuthNotValid",
    """Authentication lacks something its type needs, or has something it can't use.

```yaml bad
auth: {type: apiKey}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 1:1: an API key is sent in 'header' or in 'query'

```yaml good
auth: {type: apiKey, header: X-API-Key}
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
SECRET_IN_SPEC = _error(
    "SecretInSpec",
    """A secret stands in the spec.

What is in a spec ends up in version control and in packages. A client secret is given to paconn by `--secret`, or typed into
the portal; in addresses of samples write REDACTED.

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
SCRIPT_NOT_VALID = _error(
    "ScriptNotValid",
    """The script isn't one that the platform runs.

It is one C# file with a class `Script : ScriptBase`, at most 1 MB
(https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code).

```yaml bad
script: script.csx
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
```csharp bad file=script.csx
public class Orders : ScriptBase
{
}
```
Finding: 1:9: 'script.csx' has no class 'Script : ScriptBase'

```yaml good
script: script.csx
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
```csharp good file=script.csx
public class Script : ScriptBase
{
    public override Task<HttpResponseMessage> ExecuteAsync() => Context.SendAsync(Context.Request, CancellationToken);
}
```""",
)
SERVER_NOT_VALID = _error(
    "ServerNotValid",
    """The server isn't an address like https://api.contoso.example/v1.

```yaml bad
connector:
  title: Orders
  description: Reads and writes orders.
  server: api.contoso.example/v1
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
Finding: 4:11: 'api.contoso.example/v1' isn't an address that begins with https://

```yaml good
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```""",
)
REFERENCE_NOT_VALID = _error(
    "ReferenceNotValid",
    """A reference leads out of the connector.

The platform resolves only references inside the document. Name a schema of the spec, or write `#/definitions/Name`.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        customer: {$ref: "customers.json#/Customer"}
```
Finding: 7:26: 'customers.json#/Customer' leads out of the connector

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response:
      fields:
        customer: Customer
schemas:
  Customer: {fields: {name: string}}
```""",
)

FILE_NOT_READ = _warning(
    "FileNotRead",
    """A file or folder beside a spec that nothing reads, though its name says that it is part of it.

Beside `connector.yaml` the YAML files in `actions/`, `triggers/` and `schemas/` are read, and no others: not `action/`,
`policies/`, `actions/orders/`, `connector.yml`.

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

LANGUAGE_RULES = tuple(value for value in dict(globals()).values() if isinstance(value, Rule))
