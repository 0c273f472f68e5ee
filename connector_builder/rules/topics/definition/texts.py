"""Rules for the texts that certification checks: their length, words and characters."""

import re
import unicodedata

from connector_builder.findings import Fix, Scope, Severity
from connector_builder.findings.wording import listed, quoted
from connector_builder.platform.certification.requirements import (
    RESTRICTED_CHARACTERS,
    RESTRICTED_IN_DESCRIPTION,
    RESTRICTED_IN_TITLE,
)
from connector_builder.platform.swagger.objects import PARAMETERS
from connector_builder.platform.texts import DESCRIPTION, LABEL, TITLE
from connector_builder.rules.context import Context
from connector_builder.rules.node import Node
from connector_builder.rules.rule import Defects, rule

_CLOSING = ")]"
"""Characters that published titles end in besides letters and digits."""


@rule(Severity.ERROR, Scope.CERTIFICATION, "info", *PARAMETERS.values(), keys=("title", "x-ms-summary"))
def field_length_exceeded(node: Node, _: Context) -> Defects:
    """The connector's title has more than 30 characters, or the label of a parameter has more than 80.

    Longer texts are cut in the lists where people choose. Write a shorter one, and put the rest into the description.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/3407
    Published: 3 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders of Contoso for Wholesale Buyers", "description": "Reads and writes orders of buyers.",
              "version": "1.0"}}
    ```
    Finding: /info/title: the title has 38 characters

    ```json good
    {"info": {"title": "Contoso Orders", "description": "Reads and writes orders of buyers.", "version": "1.0"}}
    ```
    """
    if node.key == "title":
        if len(node.value) > (TITLE.most or 0):
            yield node.says(f"the title has {len(node.value)} characters", help=f"write at most {TITLE.most}")
    elif isinstance(node.value, str) and len(node.value) > LABEL:
        help_ = f"write at most {LABEL}, and put the rest into 'description'"
        yield node.says(f"the label has {len(node.value)} characters", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "info", keys="description", only_certification=True)
def field_length_not_in_range(node: Node, _: Context) -> Defects:
    """The connector's description has less than 30 or more than 500 characters.

    The description is what people read when they choose a connector. Say in a sentence or two what it does, and
    leave the rest to the documentation.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/550
    Published: 5 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"}}
    ```
    Finding: /info/description: the description has 13 characters

    ```json good
    {"info": {"title": "Orders", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    """
    length = len(node.value)
    if not DESCRIPTION.least <= length <= (DESCRIPTION.most or length):
        message = f"the description has {length} character{'' if length == 1 else 's'}"
        yield node.says(message, help=f"write {DESCRIPTION.least} to {DESCRIPTION.most}")


@rule(Severity.ERROR, Scope.CERTIFICATION, "operation", keys="summary")
def operation_summary_too_long(node: Node, _: Context) -> Defects:
    """The summary of an operation has more than 80 characters.

    The summary is the name of the action or trigger on its card. Write a short phrase, such as `List orders`, and put
    the rest into the description.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "description": "Lists orders.",
      "summary": "List the orders of one buyer, of all buyers of a country, or of a buyer in a country"}}}}
    ```
    Finding: /paths/~1orders/get/summary: the summary has 84 characters

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders",
      "description": "Lists the orders of one buyer, of all buyers of a country, or of a buyer in a country."}}}}
    ```
    """
    if len(node.value) > LABEL:
        help_ = f"write at most {LABEL}, and put the rest into 'description'"
        yield node.says(f"the summary has {len(node.value)} characters", help=help_)


@rule(Severity.ERROR, Scope.CERTIFICATION, "operation", keys="summary", fixable=True)
def restricted_characters_in_summary(node: Node, _: Context) -> Defects:
    r"""The summary of an operation contains one of `/ \\ < > * % & ?`.

    Certification accepts letters, digits and parentheses. Write words instead. The labels of inputs may contain
    these characters.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/1095
    Published: 0 of 1,013 connectors.

    ```json bad
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders & returns"}}}}
    ```
    Finding: /paths/~1orders/get/summary: certification refuses '&' in a summary

    ```json good
    {"paths": {"/orders": {"get": {"operationId": "ListOrders", "summary": "List orders and returns"}}}}
    ```
    """
    found = [character for character in RESTRICTED_CHARACTERS if character in node.value]
    if found:
        joined = node.value.replace(" & ", " and ")
        certain = not any(character in joined for character in RESTRICTED_CHARACTERS)
        help_ = "write 'and'" if found == ["&"] else "write words instead"
        fix = Fix(help_, (node.becomes(joined),)) if certain else None
        yield node.says(f"certification refuses {listed(found, 'and')} in a summary", help=help_, fix=fix)


@rule(Severity.ERROR, Scope.CERTIFICATION, "info", keys=("title", "description"), fixable=True)
def value_contains_restricted_words(node: Node, _: Context) -> Defects:
    """The connector's title or description contains a word that certification refuses.

    In a title, these are `API` and `Connector`; in a description, the names of products: Power Apps, Power Automate and
    Logic Apps. They say nothing about the service, and connectors work in all of these products. Only whole words
    count: `Rapid` contains none of them.

    Source: https://github.com/microsoft/PowerPlatformConnectors/issues/3407
    Published: 11 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders API", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    Finding: /info/title: certification refuses 'API' in a title

    ```json good
    {"info": {"title": "Rapid Orders", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    """
    words = RESTRICTED_IN_TITLE if node.key == "title" else RESTRICTED_IN_DESCRIPTION
    folded = node.value.casefold()
    for word in words:
        if word not in folded:  # most texts have none, and a pattern is slow to compile
            continue
        found = re.search(rf"(?<!\w){word}(?!\w)", node.value, re.IGNORECASE)
        if found:
            what = "a title" if node.key == "title" else "a description"
            help_ = (
                "name the service alone" if node.key == "title" else "say what the service does, without the product"
            )
            name = re.fullmatch(rf"(.*\w) {word}", node.value, re.IGNORECASE) if node.key == "title" else None
            fix = Fix(help_, (node.becomes(name[1]),)) if name else None
            yield node.says(f"certification refuses {quoted(found[0])} in {what}", help=help_, fix=fix)


@rule(Severity.WARNING, Scope.CERTIFICATION, "info", keys=("title", "description"))
def value_must_be_in_english(node: Node, _: Context) -> Defects:
    """The connector's title or description isn't in English, as far as its letters show.

    Certification requires English. The tool reports a text in which most letters aren't Latin; it can't recognise
    another language in Latin letters.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
    Published: 0 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Заказы", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    Finding: /info/title: the title isn't in English

    ```json good
    {"info": {"title": "Café Orders", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    """
    letters = [character for character in node.value if character.isalpha()]
    foreign = sum(not character.isascii() and not _is_latin(character) for character in letters)
    if foreign * 2 > len(letters):
        yield node.says(f"the {node.key} isn't in English", help="translate it")


@rule(Severity.ERROR, Scope.CERTIFICATION, "info", keys="title", fixable=True)
def value_must_end_with_alphanumeric(node: Node, _: Context) -> Defects:
    """The connector's title doesn't end with a letter or a digit.

    Leave the last character out. A closing parenthesis is fine.

    Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules
    Published: 0 of 1,013 connectors.

    ```json bad
    {"info": {"title": "Orders!", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    Finding: /info/title: the title ends with '!'

    ```json good
    {"info": {"title": "Orders (Europe)", "description": "Reads and writes the orders of a shop.", "version": "1.0"}}
    ```
    """
    if node.value and not (node.value[-1].isalnum() or node.value[-1] in _CLOSING):
        end = len(node.value)
        while end and not (node.value[end - 1].isalnum() or node.value[end - 1] in _CLOSING):
            end -= 1
        help_ = "end it with a letter or a digit"
        fix = Fix(help_, (node.becomes(node.value[:end]),)) if end else None
        yield node.says(f"the title ends with {quoted(node.value[-1])}", help=help_, fix=fix)


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN")
