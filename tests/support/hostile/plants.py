"""Plants secrets of all kinds at every nested key of the language and of a package's documents, a line for each.

The language comes from the tables of its forms, the documents from the platform's tables of shapes: what is added there
is planted too.
"""

import copy
import json
from typing import Any

from connector_builder.language.tables.forms import Form, Key
from connector_builder.language.tables.top import OBJECTS, form
from connector_builder.platform.data.shapes import Shape
from connector_builder.rules.registry import SHAPES
from tests.support.defects.whole_definition import WHOLE

MARK = "unter2"
"""A part of every planted secret, in small letters."""
NAMES = (
    "client_secret", "clientSecret", "client-secret", "CLIENT SECRET", "client%5Fsecret", "password", "accessToken", "x-api-key",
    "Authorization", "SharedAccessKey",
)  # fmt: skip
"""Keys whose values are secrets."""
TEXTS = (
    "eyJhbGciOiJIUzI1NiJ9.eyJ{0}.{0}", "Bearer {0}", "https://user:{0}@a.example", "https://a.example/?sig={0}", "https://a.example/?%73ig={0}",
    "see https://a.example/?x=1&client_secret={0}.", "Server=a;Password={0};", "sk_live_{0}", "ghp_{0}{0}", "AKIA{1}",
    "https://hooks.slack.com/services/T{0}/B{0}/{0}", 'send {{"password": "{0}"}} there',
    "-----BEGIN PRIVATE KEY-----\n{0}\n-----END PRIVATE KEY-----",
    "X-Api-Key: {0}", "Authorization: token {0}", "client_secret = {0}", "<password>{0}</password>", "curl -u user:{0} https://a.example",
    "https%3A%2F%2Fuser%3A{0}%40a.example", "https:\\/\\/user:{0}@a.example", "https://{0}@a.example", "https://a.example/?signature={0}",
    "SharedAccessKeyName=Root;SharedAccessKey={0}=", "hvs.{0}{0}", "eyJhbGciOiJIUzI1NiJ9. eyJ{0}. {0}",
)  # fmt: skip
"""Texts with a secret in them."""
KINDS = len(NAMES) + len(TEXTS)
PROSE = frozenset({"description", "summary", "tooltip", "displayName", "termsOfService", "example", "x-note"})
"""Keys whose text may be anything, so that what they are part of is read and built with it."""


class Planter:
    """Makes documents full of secrets. Each next place gets the next kind, beginning with the kind number `first`.

    `everywhere` says that no text and no mapping is spared, though most of what is planted in is then refused.
    """

    def __init__(self, first: int = 0, *, everywhere: bool = False) -> None:
        self.done: set[str] = set()
        """The objects and shapes that are planted."""
        self._everywhere = everywhere
        self._next = first
        self._seen: set[tuple[str, str]] = set()

    def _planted(self, mapping: dict[str, Any], *, free: bool = True) -> dict[str, Any]:
        """Returns a mapping with one secret more; if it isn't `free` to have any key, only `everywhere`."""
        if not (free or self._everywhere):
            return mapping
        kind = self._next % KINDS
        if kind >= len(NAMES):
            return {**mapping, "x-note": self._text()}
        self._next += 1
        return {**mapping, NAMES[kind]: f"hunter2X{self._next:05}bXq81vTz"}

    def _text(self) -> str:
        """Returns a text with the next secret, which is unlike all others."""
        kind = max(self._next % KINDS - len(NAMES), 0)
        self._next += 1
        return TEXTS[kind].format(f"hunter2X{self._next:05}bXq81vTz", f"HUNTER2{self._next:05}ABCD")

    def _leaf(self, key: str, harmless: str) -> str:
        """Returns the text of a key: with a secret if it may have one, else `harmless`."""
        return self._text() if self._everywhere or key in PROSE or key == "clientSecret" else harmless

    def _anything(self) -> Any:
        """Returns JSON of every kind with secrets in it."""
        return {"inner": self._planted({"a": 1}), "list": [self._planted({"b": None}), self._text()]}

    def spec(self) -> dict[str, Any]:
        """Returns a spec that has every key of the language."""
        return self._object("spec")

    def _object(self, name: str) -> dict[str, Any]:
        self.done.add(name)
        keys = OBJECTS[name].keys.values()
        made = {key.name: self._key(key) for key in keys if key.name not in ("swagger", "language")}
        return self._planted(made, free=OBJECTS[name].extensions)

    def _key(self, key: Key) -> Any:
        return self._anything() if key.name == "sample" else self._value(form(key.form), key.name, key.example)

    def _value(self, of: Form, key: str, example: Any) -> Any:
        """Returns a value: a mapping with known keys if there is one that isn't planted yet."""
        if of.object is not None and of.object not in self.done:
            return self._object(of.object)
        if of.names is not None and not isinstance(example, list):
            named = form(of.names)
            return self._planted({"Aa": self._value(named, key, None)}, free=named.json)
        if of.json:
            return self._anything()
        if of.words and not self._everywhere:
            return of.words[0]
        if of.text is not None or of.words:
            return self._leaf(key, example if isinstance(example, str) else "Aa")
        if of.items is not None:
            return [self._value(form(of.items), key, None)]
        return True if of.boolean else 1

    def definition(self) -> dict[str, Any]:
        """Returns a Swagger document that has every key and every extension."""
        whole: dict[str, Any] = self._grown(copy.deepcopy(WHOLE), SHAPES["any document"], "")
        return whole

    def _grown(self, value: Any, shape: Shape, key: str) -> Any:
        """Returns a part of the document with secrets and extensions, each once for a shape."""
        shape = shape.of(value)
        self.done.add(shape.name)
        if isinstance(value, list):
            return [self._grown(item, shape.each or shape, key) for item in value]
        if isinstance(value, str):
            return self._leaf(key, value)
        if not isinstance(value, dict):
            return value
        if shape.name == "anything":
            return self._planted(value)
        anything = SHAPES["anything"]
        grown = {
            name: self._grown(part, shape.keys.get(name) or shape.each or anything, name)
            for name, part in value.items()
        }
        more = {name: self._made(part, name) for name, part in shape.keys.items() if self._is_new(shape, name, value)}
        new = self._is_new(shape, "x-", value)
        if not new:
            return {**grown, **more}
        if shape.name == "document" and not self._everywhere:  # an import refuses other keys at the top
            return {**grown, **more, "x-note": self._text()}
        return self._planted({**grown, **more}, free=shape.extensions)

    def _is_new(self, shape: Shape, name: str, value: dict[str, Any]) -> bool:
        """Checks whether a shape didn't get an extension yet."""
        if not name.startswith("x-") or name in value or (shape.name, name) in self._seen:
            return False
        self._seen.add((shape.name, name))
        return True

    def properties(self) -> dict[str, Any]:
        """Returns an apiProperties.json that has every key."""
        whole: dict[str, Any] = self._made(SHAPES["properties file"], "")
        return whole

    def _made(self, shape: Shape, key: str) -> Any:
        """Returns a value of a shape, with all of its keys the first time."""
        first = shape.name not in self.done
        self.done.add(shape.name)
        if shape.choose is not None:
            return {"type": "string", "description": self._leaf("description", "A value.")}
        if shape.values:
            return self._text() if self._everywhere and str in shape.types else shape.values[0]
        if shape.name == "anything":
            return self._anything()
        if dict in shape.types:
            return self._mapping(shape, key) if first else {}
        if list in shape.types and shape.each is not None:
            return [self._made(shape.each, key)]
        if str in shape.types:
            return self._leaf(key, "Aa")
        return 1 if int in shape.types else True

    def _mapping(self, shape: Shape, key: str) -> dict[str, Any]:
        made = {name: self._made(part, name) for name, part in shape.keys.items() if name != "$schema"}
        each = {} if shape.each is None else {"a": self._made(shape.each, key)}
        return self._planted(
            {**made, **each},
            free=shape.name != "properties file" and (shape.extensions or shape.each is SHAPES["anything"]),
        )

    def settings(self) -> dict[str, Any]:
        """Returns a settings.json with a secret at the top and one further down."""
        return self._planted({"environment": "e", "more": self._anything()})


def written(data: Any) -> str:
    """Returns JSON, which is YAML too, with a line for each scalar."""
    return json.dumps(data, indent=1) + "\n"


def escaped(text: str) -> str:
    """Returns the same JSON with escapes in every secret, and in the names of secrets."""
    changes = {"/": "\\/", "hunter2": "\\u0068unter2", "lient": "l\\u0069ent", "assword": "\\u0061ssword"}
    for plain, other in changes.items():
        text = text.replace(plain, other)
    return text


def lines_with_secrets(text: str) -> list[int]:
    """Returns the lines of a text that a secret is planted in."""
    return [number for number, line in enumerate(text.splitlines(), 1) if MARK in line.lower()]
