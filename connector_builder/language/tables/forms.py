"""The vocabulary in which the language is described.

Every value of a spec is described by a Form: what it may be for each kind of YAML (text, number, boolean, null, list,
mapping). Because the alternatives of one place differ in kind, a wrong value has exactly one reason, and the JSON Schema
made from a form needs no `anyOf`, so that an editor's messages are as plain as ours.
"""

from typing import Any, Literal, NamedTuple


class Form(NamedTuple):
    """What a value may be.

    `text` says what a text means there, `words` closes the list of texts, `pattern` restricts it. `items` describes the
    items of a list, `names` the values of a mapping of the author's own names, `object` names a mapping with known keys.
    `json` takes any JSON value as it is, nulls included.
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
        """This form with further alternatives."""
        return self._replace(**changes)


class Key(NamedTuple):
    """A key of a mapping: what its value may be, what it means, an example, and what stands without it."""

    name: str
    form: Form | str
    doc: str
    example: Any = None
    without: str = ""
    required: bool = False


class Object(NamedTuple):
    """A mapping with known keys. `extensions`: further `x-` keys pass through as any JSON."""

    name: str
    doc: str
    keys: dict[str, Key]
    extensions: bool = True


PLAIN = "swagger"
"""The key under which a whole part is plain Swagger: where it stands no other needs to."""

ANY = Form(json=True)
TEXT = Form(text="text")
BOOLEAN = Form(boolean=True)
INTEGER = Form(number="integer")
NUMBER = Form(number="number")
TEXTS = Form(items=TEXT)


def words(*allowed: str) -> Form:
    """One of a closed list of texts."""
    return Form(text="one of these words", words=allowed)


def keys(*listed: Key) -> dict[str, Key]:
    """Keys by name, in the order in which documentation lists them."""
    return {key.name: key for key in listed}
