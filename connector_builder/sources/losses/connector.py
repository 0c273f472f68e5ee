"""What an import changes about the connector as a whole."""

from connector_builder.findings import Severity
from connector_builder.sources.losses.kind import CHOSEN, LOST, MOVED, RENAMED, kind

SERVER_MISSING = kind(
    "ServerMissing",
    LOST,
    """The source names no server with a host.

A connector needs one. The spec has an example; name the server by `--server`.

```yaml bad import file=openapi.yaml
servers: [{url: /v1}]

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:11: the server has no host: the spec has an example

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SERVER_CHOSEN = kind(
    "ServerChosen",
    CHOSEN,
    """The source names several servers.

The first with https that isn't for trials is taken; of recorded calls, the server that got most.

```yaml bad import file=openapi.yaml
servers: [{url: https://api.contoso.example}, {url: https://eu.contoso.example}]

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:11: https://api.contoso.example is the server, not https://eu.contoso.example

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SERVER_VARIABLE = kind(
    "ServerVariable",
    CHOSEN,
    """The address of the server has variables.

Their defaults are taken. If each customer has another value, write a connection parameter and the policy `setHost`.

```yaml bad import file=openapi.yaml
servers: [{url: "https://{region}.contoso.example", variables: {region: {default: eu}}}]

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:11: the server has its default for region

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
SERVER_NOT_ENCRYPTED = kind(
    "ServerNotEncrypted",
    MOVED,
    """The address of the server begins with http.

Everyone on the way can read what is sent.

```yaml bad import file=openapi.yaml
servers: [{url: http://api.contoso.example}]

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:11: http://api.contoso.example isn't encrypted

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
TITLE_CHANGED = kind(
    "TitleChanged",
    RENAMED,
    """The title is longer than 30 characters, or contains the words API or Connector.

Certification refuses both.

```yaml bad import file=openapi.yaml
info: {title: Orders API, description: Reads and writes orders., version: "1.0"}

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:15: the title 'Orders API' becomes 'Orders'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
EXTENSION_LEFT_OUT = kind(
    "ExtensionLeftOut",
    LOST,
    """The document has extensions that the platform doesn't read. Each is told once, at its first place.

The platform reads extensions that begin with `x-ms-`.

```yaml bad import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
x-logo: {url: https://contoso.example/logo.png}
```
Finding: 6:1: 'x-logo' means nothing to the platform

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
DESCRIPTION_MADE = kind(
    "DescriptionMade",
    CHOSEN,
    """The source doesn't describe the connector, so its title is the description.

The platform requires one, and certification asks for at least 30 characters. Write what the connector is for.

```yaml bad import file=openapi.yaml
info: {title: Orders, version: "1.0"}

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:1: there is no description: it becomes 'Orders.'

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
VERSION_UNKNOWN = kind(
    "VersionUnknown",
    CHOSEN,
    """The document has a version of OpenAPI that isn't known yet.

It is read as 3.2, the newest that is known. What is new in its version is left out.

```yaml bad import file=openapi.yaml
openapi: 3.9.0

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:10: OpenAPI 3.9.0 isn't known: it is read as 3.2

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
)
ADDRESS_LEFT_OUT = kind(
    "AddressLeftOut",
    LOST,
    """An address of the document, of a page or of e-mail, isn't complete.

The platform refuses it. Write a complete one in the spec, such as `https://contoso.example`.

```yaml bad import file=openapi.yaml
info: {title: Orders, description: Reads and writes orders., version: "1.0", contact: {url: www.contoso.example}}

paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```
Finding: 1:93: 'www.contoso.example' isn't a complete address: it is left out

```yaml good import file=openapi.yaml
paths:
  /orders:
    get:
      operationId: ListOrders
      responses: {"200": {description: The orders.}}
```""",
    severity=Severity.NOTE,
)
CHANGES_NOT_LISTED = kind(
    "ChangesNotListed",
    LOST,
    """The report has no room for all changes.

It lists 10,000. Choose fewer operations by `--include` to see the others.""",
    severity=Severity.NOTE,
)
