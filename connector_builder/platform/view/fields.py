"""Flattens schemas to fields as the designer does: one list, each field with its key, its label and its place.

Source: the parser of https://github.com/Azure/LogicAppsUX, the designer of Logic Apps, which Power Automate's looks like.
"""

from collections.abc import Mapping
from itertools import islice
from typing import Any, NamedTuple

from connector_builder.findings import Pointer
from connector_builder.platform.data.plain import ABSENT, first_text, items, mapping
from connector_builder.platform.swagger.references import References
from connector_builder.platform.swagger.schemas import properties_of
from connector_builder.platform.view.keys import ITEM, encoded, known_title

MAX_FIELDS = 4_000
"""The most fields of an operation's inputs, and of its outputs. The largest published operation has fewer."""
MAX_ALL = 100_000
"""The most fields of all operations together."""
MAX_OPTIONS = 1_000
"""The most choices of a field that are shown."""
_OPTIONS_OF_FIELD = 5
"""So many choices count as a field of all operations: a shared parameter repeats them."""
_CHARACTERS_OF_FIELD = 250
"""So many characters of its own texts count as a field, too."""
_AROUND_OF_FIELD = 100
"""So many characters of the names and labels around it count as a field, too: its key, its path and its label repeat them."""
MAX_DEPTH = 40
_HOLDERS = frozenset({"items", "properties", "allOf"})
"""The keys of a schema whose schemas are fields of it. Most schemas have none."""
SCALARS = ("string", "integer", "number", "boolean")
TYPES = (*SCALARS, "array", "object", "any")
"""The types of schemas that the designer knows: it shows no field of another, such as `file`."""


class Field(NamedTuple):
    """One field, or an object or an array that contains fields.

    `key` is the designer's name for it, `name` its last step as the API spells it, `path` the steps in the body. `part` is its schema or
    parameter without references, and `pointer` where that is in the document. `required` says that the field and every
    level above it is. `visibility` is its own, or that of what is around it. `array` is the key of the array whose items have it.

    `group` marks an object that the designer shows as its fields. `hidden` is what it doesn't show at all: internal
    fields, and those that are only read, in inputs. `whole` says that only the service sees the field: it is below
    `allOf`, or in an object without a type.
    """

    key: str
    name: str
    place: str
    path: tuple[str, ...]
    label: str
    part: Mapping[str, Any]
    pointer: Pointer
    required: bool
    visibility: str = ""
    array: str = ""
    group: bool = False
    hidden: bool = False
    whole: bool = False

    @property
    def type(self) -> str:
        """Returns its type, `any` if it has none."""
        return type_of(self.part)

    @property
    def format(self) -> str:
        found = self.part.get("format")
        return found if isinstance(found, str) else ""


class Budget:
    """How many fields may still be made of one document: `MAX_ALL`, if nothing else is said."""

    def __init__(self, most: int | None = None) -> None:
        self.left = MAX_ALL if most is None else most
        self._costs: dict[int, tuple[Any, int]] = {}

    def take(self, part: Any, around: int = 0) -> None:
        """Takes a field, and what its choices and texts count, with so many characters of what is around it."""
        known = self._costs.get(id(part))
        if known is None:  # with the part, so that no other one gets its identity
            known = self._costs[id(part)] = part, _cost(part)
        self.left -= 1 + known[1] + around // _AROUND_OF_FIELD

    def room(self, around: int) -> int:
        """Returns how many fields with so many characters around them there may be at most."""
        return max(self.left, 0) * _AROUND_OF_FIELD // (around + 1) + 1


class _Around(NamedTuple):
    """What a field takes over from the levels above it."""

    key: str
    place: str
    path: tuple[str, ...] = ()
    titles: str = ""
    summaries: str = ""
    required: bool = True
    visibility: str = ""
    array: str = ""
    hidden: bool = False
    whole: bool = False

    @property
    def characters(self) -> int:
        """Returns how long the texts are that the field repeats."""
        return len(self.key) + len(self.titles) + len(self.summaries)


def _cost(part: Any) -> int:
    """Returns what the choices, the default and the texts of a parameter or schema count beside it."""
    if not isinstance(part, dict):
        return 0
    choices = part.get("enum")
    count = min(len(choices), MAX_OPTIONS) // _OPTIONS_OF_FIELD if isinstance(choices, list) else 0
    waiting = [value for key, value in part.items() if key not in _INNER]
    characters = 0
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            characters += len(value)
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            characters += _CHARACTERS_OF_FIELD // _OPTIONS_OF_FIELD * len(value)
            waiting += value
    return count + characters // _CHARACTERS_OF_FIELD


_INNER = frozenset({"enum", "x-ms-enum-values", "properties", "items", "additionalProperties", "allOf", "required"})
"""The keys of a schema whose values aren't shown, or count by themselves."""


def type_of(part: Mapping[str, Any]) -> str:
    """Returns the type of a schema or a parameter, `any` if it has none."""
    found = part.get("type")
    return found if isinstance(found, str) else "any"


class Flattening:
    """Flattens the schemas of one operation's inputs or outputs. `full` says that fields were left out.

    With `whole`, it also yields what the designer can't see, but the service has: what is below `allOf`, and the fields of an
    object without a type.
    """

    def __init__(self, references: References, budget: Budget, *, inputs: bool, whole: bool = False) -> None:
        self._references = references
        self._budget = budget
        self._inputs = inputs
        self._whole = whole
        self._left = MAX_FIELDS
        self._seen: list[int] = []
        self.full = False

    def schema(self, schema: Any, pointer: Pointer, key: str, place: str, **around: Any) -> list[Field]:
        """Returns the field of a schema and the fields in it, in the order of the document. `around` are fields of `_Around`."""
        found: list[Field] = []
        self._add(found, schema, pointer, _Around(key, place, **around), "")
        return found

    def takes(self, part: Any, around: int = 0) -> bool:
        """Takes one field from the budget, and what its choices and texts count; False, and `full`, if there is none."""
        if self._left <= 0 or self._budget.left <= 0:
            self.full = True
            return False
        self._left -= 1
        self._budget.take(part, around)
        return True

    def _add(self, found: list[Field], schema: Any, pointer: Pointer, around: _Around, step: str) -> None:
        value, pointer = self._references.place(schema, pointer)
        if not self.takes(value, around.characters):
            return
        part = value if isinstance(value, dict) else {}
        recurs = id(value) in self._seen or len(self._seen) >= MAX_DEPTH
        if recurs:
            kind = type_of(part)
            part = {"type": kind} if kind in ("object", "array") else {}
        at, field = len(found), self._field(part, pointer, around, step)
        found.append(field)
        inner = [] if recurs or value is ABSENT else self._inner(part, pointer, field, around)
        if not inner:
            return
        self._seen.append(id(value))
        for each in inner:
            self._add(found, *each)
        self._seen.pop()
        if type_of(part) != "array":
            # An object of which nothing is shown is a field itself.
            shown = any(not one.hidden and not one.whole for one in found[at + 1 :])
            found[at] = field._replace(group=shown or not self._inputs)

    def _field(self, part: Mapping[str, Any], pointer: Pointer, around: _Around, step: str) -> Field:
        own = part.get("x-ms-visibility")
        visibility = own.lower() if isinstance(own, str) and own else around.visibility
        hidden = around.hidden or visibility == "internal" or (self._inputs and part.get("readOnly") is True)
        return Field(
            around.key,
            step or around.key.rpartition(".")[2],
            around.place,
            around.path,
            label_of(part, around.titles or around.summaries, step, root=not step),
            part,
            pointer,
            around.required,
            visibility,
            around.array,
            hidden=hidden,
            whole=around.whole,
        )

    def _inner(
        self, part: Mapping[str, Any], pointer: Pointer, field: Field, around: _Around
    ) -> list[tuple[Any, Pointer, _Around, str]]:
        """Returns the schemas directly in a schema, each with its pointer, what is around it, and the step to it."""
        if _HOLDERS.isdisjoint(part) or "x-ms-dynamic-schema" in part or "x-ms-dynamic-properties" in part:
            return []
        if type_of(part) == "array":
            return [self._item(part, pointer, field, around)] if "items" in part else []
        properties = mapping(part.get("properties"))
        typed = type_of(part) == "object"
        if not self._whole and not (typed and properties):
            return []
        return self._properties(part, pointer, field, around, whole=not typed)

    def _item(
        self, part: Mapping[str, Any], pointer: Pointer, field: Field, around: _Around
    ) -> tuple[Any, Pointer, _Around, str]:
        schema = part["items"]
        item = mapping(self._references.resolved(schema))
        title = first_text(part.get("title"))
        if self._inputs and not title:  # in inputs, the name of an array is before the labels of what is in it
            title = "Item" if around.path[-1:] == (ITEM,) else (around.path[-1] if around.path else "")
        summary = first_text(part.get("x-ms-summary"))
        below = around._replace(
            key=f"{around.key}.{ITEM}",
            path=(*around.path, ITEM),
            titles=around.titles if first_text(item.get("title")) else joined(around.titles, title),
            summaries=around.summaries if first_text(item.get("x-ms-summary")) else joined(around.summaries, summary),
            array=around.key,
            visibility=field.visibility,
            hidden=field.hidden,
        )
        return schema, (*pointer, "items"), below, ITEM

    def _properties(
        self, part: Mapping[str, Any], pointer: Pointer, field: Field, around: _Around, *, whole: bool
    ) -> list[tuple[Any, Pointer, _Around, str]]:
        own = mapping(part.get("properties"))
        required = {name for name in items(part.get("required")) if isinstance(name, str)}
        titles = joined(around.titles, first_text(part.get("title")))
        summaries = joined(around.summaries, first_text(part.get("x-ms-summary")))

        def below(name: str, *, needed: bool, unseen: bool) -> _Around:
            return _Around(  # `_replace` takes thrice as long
                f"{around.key}.{encoded(name)}",
                around.place,
                (*around.path, name),
                titles,
                summaries,
                around.required and needed,
                field.visibility,
                around.array,
                field.hidden,
                around.whole or whole or unseen,
            )

        # Of more than can be taken, one is enough to find that there are more.
        most = min(self._left, self._budget.room(len(around.key) + len(titles) + len(summaries))) + 1
        found: list[tuple[Any, Pointer, _Around, str]] = []
        for name, schema in islice(own.items(), most):
            inside = below(name, needed=name in required, unseen=False)
            found.append((schema, (*pointer, "properties", name), inside, name))
        if self._whole and "allOf" in part:
            for name, taken in islice(properties_of(part, self._references).items(), len(own) + most):
                if name not in own:
                    inside = below(name, needed=taken.required, unseen=True)
                    found.append((taken.schema, (*pointer, "allOf"), inside, name))
        return found


def label_of(part: Mapping[str, Any], prefix: str, step: str, *, root: bool) -> str:
    """Returns the label of a field: `title` wins over `x-ms-summary`; `prefix` comes from what is around it."""
    text = first_text(part.get("title")) or _summary(part)
    if not text and root:
        text = first_text(part.get("description")) or "Body"
    elif not text:
        text = "Item" if step == ITEM else known_title(step) or step
    return joined(prefix, text)


def _summary(part: Mapping[str, Any]) -> str:
    found = part.get("x-ms-summary")
    return found.strip() if isinstance(found, str) else str(found) if isinstance(found, int) else ""


def joined(left: str, right: str) -> str:
    """Returns two texts with a space between them, or the one that there is."""
    return f"{left} {right}" if left and right else left or right
