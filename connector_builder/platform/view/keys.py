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
    for character, code in _CODES:
        name = name.replace(character, code)
    return name


def known_title(name: str) -> str | None:
    """Returns the designer's own text for a name without a label, if it has one: `Body` for `body`."""
    if name.startswith(_BEGINNING):
        return " ".join(word[:1].upper() + word[1:] for word in name.removeprefix(_BEGINNING).split("-"))
    return _KNOWN.get(name)
