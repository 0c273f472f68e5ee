"""The names that the designer gives to fields, such as `body.$.owner.id`.

Source: the parser of https://github.com/Azure/LogicAppsUX, the designer of Logic Apps, which Power Automate's looks like.
"""

ITEM = "[*]"
"""The step to an item of an array."""
_CODES = (("~", "~0"), (".", "~1"), ("[", "~2"), ("*", "~3"), ("?", "~4"))
_KNOWN = {
    "body": "Body",
    "headers": "Headers",
    "item": "Item",
    "outputs": "Outputs",
    "pathParameters": "Path Parameters",
    "queries": "Queries",
    "statusCode": "Status Code",
}
_BEGINNING = "x-ms-"


def encoded(name: str) -> str:
    """Returns a name as a step of a key: without what has a meaning there."""
    if not name.isidentifier():  # most names are one, which contains none of the characters
        for character, code in _CODES:
            name = name.replace(character, code)
    return name


def steps_of(key: str) -> tuple[str, ...]:
    """Returns the steps of a key after its place, as the API spells them: `owner`, `id` for `body.$.owner.id`."""
    return tuple(one if one == ITEM else _decoded(one) for one in key.split(".")[2:])


def _decoded(step: str) -> str:
    for character, code in reversed(_CODES):
        step = step.replace(code, character)
    return step


def known_title(name: str) -> str | None:
    """Returns the designer's own text for a name without a label, if it has one: `Body` for `body`."""
    if name.startswith(_BEGINNING):
        return " ".join(word[:1].upper() + word[1:] for word in name.removeprefix(_BEGINNING).split("-"))
    return _KNOWN.get(name)
