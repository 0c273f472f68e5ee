"""English nouns in names: each of `orders` is an order."""

import re

_PLURAL = re.compile(r"(?P<ies>[^aeiou]ies)$|(?P<es>(?:ss|sh|ch|x|z|tus)es)$|(?P<s>[^sui]s)$", re.IGNORECASE)
_LEAST = 3
"""The fewest letters of a plural, such as `ids`."""


def singular(word: str) -> str:
    """Returns a noun's singular by its ending: `orders` is order, `policies` policy, `boxes` box, `status` itself."""
    if word[-2:].isupper():  # an abbreviation, such as TLS
        return word
    if word.lower() == "people":
        return word[0] + "erson"
    found = _PLURAL.search(word) if len(word) >= _LEAST else None
    if found is None:
        return word
    if found["ies"]:
        return f"{word[:-3]}y"
    return word[:-2] if found["es"] else word[:-1]
