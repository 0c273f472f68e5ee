"""The vocabulary that describes the language.

A Form describes every value of a spec: what it may be for each kind of YAML (text, number, boolean, null, list,
mapping). The alternatives of one place differ in kind. So a wrong value has exactly one reason, and the JSON Schema
made from a form needs no `anyOf`, which keeps an editor's messages as plain as ours.
"""

from typing import Any, Literal, NamedTuple


class Form(NamedTuple):
    """The values that are allowed in a place.

    `text` says what a text means there, `words` closes the list of texts, `pattern` restricts it. `items` describes the
    items of a list, `names` the values of a mapping of the author's own names, `object` names a mapping with known
    keys. `json` accepts any JSON value unchanged, nulls included.
    """

    text: str | None = None
    words: tuple[str, ...] = ()
    pattern: str | None = None
    number: Literal["integer", "number"] | None = None
    boolean: bool = False
    null: str | None = None
    items: "Form | str | None" = None
    names: "Form | str | None" = None
    object: str | None = None
    json: bool = False

    def also(self, **changes: Any) -> "Form":
        """Returns this form with further alternatives."""
        return self._replace(**changes)


class Key(NamedTuple):
    """A key of a mapping: the form of its value, its meaning, an example, and its default."""

    name: str
    form: Form | str
    doc: str
    example: Any = None
    without: str = ""
    required: bool = False


class Object(NamedTuple):
    """A mapping with known keys. `extensions`: further `x-` keys pass through as any JSON.

    A mapping with none of the keys is the value of the key `bare`, if there is one.
    """

    name: str
    doc: str
    keys: dict[str, Key]
    extensions: bool = True
    bare: str | None = None


PLAIN = "swagger"
"""The key that makes a whole part plain Swagger: beside it, no other key is required."""

ANY = Form(json=True)
TEXT = Form(text="text")
BOOLEAN = Form(boolean=True)
INTEGER = Form(number="integer")
NUMBER = Form(number="number")
TEXTS = Form(items=TEXT)


def words(*allowed: str) -> Form:
    """Returns the form for a closed list of texts."""
    return Form(text="one of these words", words=allowed)


def keys(*listed: Key) -> dict[str, Key]:
    """Returns keys by name, in the order of the documentation."""
    return {key.name: key for key in listed}
