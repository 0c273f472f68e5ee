"""The rules about reading a file."""

from connector_builder.findings import Rule, Scope, Severity

FILE_NOT_READABLE = Rule(
    "FileNotReadable",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A file that the spec or the package names can't be read.

The file is missing, is a folder, is locked or protected, or is outside the folder of the spec. File names are relative
to the spec, and the files must be in its folder, so that a stranger's spec can't copy other files into a package.
Correct the name, or move the file into the folder.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {sample: samples/order.json}
```
Finding: 5:24: there is no file 'samples/order.json'

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    response: {sample: samples/order.json}
```
```json good file=samples/order.json
{"number": 17}
```""",
    fixed=True,
)
FILE_TOO_LARGE = Rule(
    "FileTooLarge",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A file is larger than any connector needs.

The platform accepts definitions of up to 1 MB. This tool doesn't read documents over 16 MB, nor icons and scripts over
1 MB. Make the file smaller.

```yaml bad
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
  icon: icon.png
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
```size bad file=icon.png
2 MB
```
Finding: 5:9: 'icon.png' is larger than 1 MB

```yaml good
connector:
  title: Orders
  description: Reads and writes orders.
  server: https://api.contoso.example/v1
  icon: icon.png
actions:
  GetOrder: {request: "GET /orders/{order}", description: Returns one order.}
```
```picture good file=icon.png
200 x 200
```""",
    fixed=True,
)
ENCODING_NOT_VALID = Rule(
    "EncodingNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A file isn't UTF-8 text.

Save the file as UTF-8 (in most editors: "Save with encoding"). A byte order mark does no harm.

In this example, `\\xe9` is one byte, the é of Windows-1252.

```escaped bad
connector: {title: Caf\\xe9}
```
Finding: 1:23: byte 0xe9 isn't UTF-8 text

```yaml good
connector: {title: Café Orders, description: Reads and writes orders., server: https://api.contoso.example}
```""",
    fixed=True,
)
SYNTAX_NOT_VALID = Rule(
    "SyntaxNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """The YAML or JSON can't be read.

The finding shows the place where the tool stopped reading. The cause is there or shortly before: a missing quote,
bracket or colon, a tab, or a line with a different indentation than its neighbours.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: "Returns one order.
```
Finding: 4:18: this quote is never closed

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: "Returns one order."
```""",
    fixed=True,
    fixable=True,
)
KEY_DUPLICATED = Rule(
    "KeyDuplicated",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A mapping has the same key twice.

Programs that read YAML or JSON keep one of the two and silently drop the other. Remove or rename one. In a spec this is
an error. In the JSON files of a package it is a warning that you can ignore: the platform takes the last of the two.

Published: 4 of 1,031 connectors.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns one order.
    description: Returns an order by its number.
```
Finding: 5:5: the key 'description' is given twice

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns an order by its number.
```""",
    fixed=True,
    eased_in_packages=True,
    fixable=True,
)
NUMBER_NOT_VALID = Rule(
    "NumberNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A number can't be written as JSON.

JSON has no infinity and no not-a-number, and no program reads numbers with thousands of digits. Write another number.
If the value is text, quote it.

```yaml bad
actions:
  ListOrders:
    request: GET /orders?limit
    description: Lists the orders.
    parameters:
      limit: {type: number, default: .inf, description: The largest amount.}
```
Finding: 6:38: JSON has neither infinity nor not-a-number

```yaml good
actions:
  ListOrders:
    request: GET /orders?limit
    description: Lists the orders.
    parameters:
      limit: {type: number, default: 1000000, description: The largest amount.}
```""",
    fixed=True,
)
TEXT_NOT_VALID = Rule(
    "TextNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A text contains half of a surrogate pair, which UTF-8 can't express.

Usually something cut the text in the middle of an emoji. Remove the half.

```json bad package file=apiProperties.json
{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "capabilities": [], "publisher": "Contoso \\ud83d"}}
```
Finding: 1:107: a text with half of a surrogate pair

```json good package file=apiProperties.json
{"properties": {"connectionParameters": {}, "iconBrandColor": "#007ee5", "capabilities": [], "publisher": "Contoso \\ud83d\\uded2"}}
```""",
    fixed=True,
)
TEXT_CUT = Rule(
    "TextCut",
    Severity.WARNING,
    Scope.LANGUAGE,
    """A text without quotes ends where ` #` begins a comment, in the middle of a sentence.

In YAML a blank and `#` begin a comment, also in a text that isn't quoted. A comment that begins with `# `, with a blank after
the hash, is never reported.

```yaml bad
actions:
  GetOrder:
    request: GET /orders/{order}
    description: Returns order #1 of a customer.
```
Finding: 4:32: the text ends before '#1 of a customer.': ' #' begins a comment

```yaml good
actions:
  GetOrder:
    request: GET /orders/{order}
    description: "Returns order #1 of a customer."
```""",
    fixable=True,
)

SOURCE_RULES = (
    FILE_NOT_READABLE,
    FILE_TOO_LARGE,
    ENCODING_NOT_VALID,
    SYNTAX_NOT_VALID,
    KEY_DUPLICATED,
    NUMBER_NOT_VALID,
    TEXT_NOT_VALID,
    TEXT_CUT,
)
