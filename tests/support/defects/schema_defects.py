"""Defects of schemas, and of what parameters share with them: limits, defaults, enums, formats, references."""

from typing import Any

from connector_builder.findings import Pointer
from tests.support.defects.defects import (
    Change,
    Mutator,
    Spot,
    adds_field,
    field,
    fields,
    parameters,
    puts,
    references,
    responses,
    root,
    schemas,
)

_TEXT = {"type": "string"}
_NUMBERS = ("integer", "number")


def _plain(spot: Spot) -> bool:
    return "enum" not in spot.node and "format" not in spot.node and "x-ms-notification-url" not in spot.node


def _in_body(spot: Spot) -> bool:
    return spot.at[0] == "paths" and spot.at[3] == "parameters"


def _in_answer(spot: Spot) -> bool:
    return spot.at[0] == "paths" and spot.at[3] == "responses"


def _simple(*types: str) -> Any:
    """Makes the places of parameters of some types."""
    return parameters(
        "query",
        "path",
        "header",
        "formData",
        where=lambda spot: spot.node.get("type") in types and "items" not in spot.node,
    )


def _texts(key: str, value: Any, *steps: str | int, **more: Any) -> list[tuple[Any, Change]]:
    return [
        (fields("string", where=_plain), puts(key, value, *steps, **more)),
        (_simple("string"), puts(key, value, *steps, **more)),
    ]


def _rows(rule: str, pairs: list[tuple[Any, Change]]) -> list[Mutator]:
    return [Mutator(rule, places, change) for places, change in pairs]


def _objects(where: Any = lambda _: True) -> Any:
    return schemas("object", where=lambda spot: "properties" in spot.node and where(spot))


def _requires_unknown(spot: Spot) -> Pointer:
    names = spot.node.setdefault("required", [])
    names.append("zz")
    return (*spot.at, "required", len(names) - 1)


def _required_loop(spot: Spot) -> Pointer:
    spot.node["required"] = [*spot.node.get("required", []), "again"]
    return field(spot, "again", {"$ref": "#/" + "/".join(map(str, spot.at))})


def _read_only_required(spot: Spot) -> Pointer:
    spot.node["required"] = [*spot.node.get("required", []), "zz"]
    return field(spot, "zz", {"type": "string", "title": "Zz", "readOnly": True})


def _deep(levels: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"inner": schema}}
    return schema


def _wide(spot: Spot) -> Pointer:
    spot.root["definitions"]["Wide"] = {
        "type": "object",
        "properties": {f"f{n}": {"type": "string"} for n in range(600)},
    }
    spot.node["schema"] = {"$ref": "#/definitions/Wide"}
    return ("definitions", "Wide")


def _whole(spot: Spot) -> bool:
    return spot.at[0] == "definitions" and len(spot.at) == 2


def _alias(spot: Spot) -> Pointer:
    spot.root["definitions"]["Alias"] = {"$ref": spot.node["$ref"]}
    spot.node["$ref"] = "#/definitions/Alias"
    return ("definitions", "Alias", "$ref")


def _enum_names(change: Any) -> Change:
    def changed(spot: Spot) -> Pointer:
        place = change(spot.node["x-ms-enum-values"])
        return (*spot.at, "x-ms-enum-values", *(place if isinstance(place, tuple) else (place,)))

    return changed


def _other_value(names: list[Any]) -> int:
    names[0]["value"] = "opened"
    return 0


def _twice(names: list[Any]) -> int:
    names[1]["value"] = names[0]["value"]
    return 1


def _name_is_number(names: list[Any]) -> tuple[int, str]:
    names[1]["displayName"] = 1
    return 1, "displayName"


def _misspelt_name(names: list[Any]) -> int:
    names[1]["displayname"] = names[1].pop("displayName")
    return 1


def _no_name(names: list[Any]) -> int:
    del names[1]["displayName"]
    return 1


_named_values = parameters("query", where=lambda spot: "x-ms-enum-values" in spot.node)
_ENUM = parameters("query", where=lambda spot: "enum" in spot.node)
_WITH_ENUM = fields("string", where=lambda spot: "enum" in spot.node)

VALUES = [
    *_rows("JsonValueNotInEnum", [(fields("string", where=_plain), puts("type", "text")), (fields("integer"), puts("type", "int"))]),
    *_rows("MaxLengthMustBeGreaterThanOrEqualToZero", [(fields("string", where=lambda spot: _plain(spot) and "minLength" not in spot.node), puts("maxLength", -1)), (_simple("string"), puts("maxLength", -1))]),
    *_rows("MinLengthMustBeGreaterThanOrEqualToZero", _texts("minLength", -1)),
    *_rows("MinLengthShouldBeLessThanOrEqualToMaxLength", _texts("minLength", 50, maxLength=40)),
    *_rows("PatternShouldBeValidRegularExpression", _texts("pattern", "^[0-9")),
    *_rows("EnumMustContainAtLeastOneElement", _texts("enum", [])),
    *_rows("InvalidEnumValue", [(fields("integer"), puts("enum", ["1", "2"]))]),
    *_rows("ArrayDuplicateValue", [(fields("string", where=_plain), puts("enum", ["a", "a"], 1))]),
    *_rows("UnrecognizedTypeFormat", _texts("format", "guid")),
    *_rows("UnrecognizedTypeFormat", [(fields("integer"), puts("format", "date"))]),
    *_rows("DefaultValueMustMatchType", [(fields("integer"), puts("default", "7")), (_simple("integer"), puts("default", "7")), (_simple("string"), puts("default", 7))]),
    *_rows("DefaultValueIsNull", _texts("default", None)),
    *_rows("DefaultValueNotInEnum", [(_ENUM, puts("default", "Open")), (_WITH_ENUM, puts("default", "Sale"))]),
    *_rows("DefaultValueNotInFormat", [(fields("string", where=lambda spot: spot.node.get("format") == "date-time"), puts("default", "2016-01-01T06:30:30"))]),
    *_rows("DefaultValueOutsideLimits", [(_simple("integer"), puts("default", 0)), (fields("string", where=lambda spot: "maxLength" in spot.node), puts("default", ""))]),
    *_rows("DefaultValueIncomplete", [(_objects(lambda spot: spot.node.get("required") and not _in_body(spot)), puts("default", {}))]),
    *_rows("MultipleOfMustBeGreaterThanZero", [(schemas(*_NUMBERS), puts("multipleOf", 0)), (_simple("integer"), puts("multipleOf", 0))]),
    *_rows("ExclusiveMaximumRequiresMaximum", [(schemas(*_NUMBERS, where=lambda spot: "maximum" not in spot.node), puts("exclusiveMaximum", True))]),
    *_rows("ExclusiveMinimumRequiresMinimum", [(schemas(*_NUMBERS, where=lambda spot: "minimum" not in spot.node), puts("exclusiveMinimum", True))]),
    *_rows("MinimumShouldBeLessThanOrEqualToMaximum", [(schemas(*_NUMBERS), puts("minimum", 100, maximum=99)), (_simple("integer"), puts("minimum", 101))]),
    *_rows("MaxItemsMustBeGreaterThanOrEqualToZero", [(schemas("array", where=lambda spot: "minItems" not in spot.node), puts("maxItems", -1))]),
    *_rows("MinItemsMustBeGreaterThanOrEqualToZero", [(schemas("array"), puts("minItems", -1))]),
    *_rows("MinItemsShouldBeLessThanOrEqualToMaxItems", [(schemas("array"), puts("minItems", 10, maxItems=9))]),
    *_rows("MaxPropertiesMustBeGreaterThanOrEqualToZero", [(schemas("object"), puts("maxProperties", -1))]),
    *_rows("MinPropertiesMustBeGreaterThanOrEqualToZero", [(schemas("object"), puts("minProperties", -1))]),
    *_rows("SwaggerKeywordNotSupported", [(schemas("array"), puts("uniqueItems", True))]),
    *_rows("ExampleMustMatchSchema", [(fields("integer"), puts("example", "seventeen"))]),
    *_rows("InvalidEnumValue", [(schemas("boolean"), puts("enum", ["true", "false"]))]),
    Mutator("InvalidEnumValuesExtensionValue", _named_values, _enum_names(_other_value)),
    Mutator("DuplicateEnumValuesInExtension", _named_values, _enum_names(_twice)),
    Mutator("MissingEnumValuesDisplayName", _named_values, _enum_names(_no_name)),
    Mutator("MissingEnumValuesDisplayName", _named_values, _enum_names(_misspelt_name)),
    Mutator("InvalidEnumValuesExtensionValue", _named_values, _enum_names(_name_is_number)),
]  # fmt: skip
SCHEMAS = [
    Mutator("ArrayHasNoItems", _objects(), adds_field({"type": "array", "title": "Zz"})),
    Mutator("ArrayHasNoItems", fields("string", where=_plain), lambda spot: puts("type", "array")(spot)[:-1]),
    Mutator("RequiredPropertyArrayEmpty", _objects(lambda spot: "required" not in spot.node), puts("required", [])),
    Mutator("RequiredPropertyDefinitionMissing", _objects(), _requires_unknown),
    Mutator("RequiredPropertyNotOnObject", fields("string", where=_plain), puts("required", ["id"])),
    Mutator("KeyOfAnotherType", fields("string", where=_plain), puts("properties", {"id": {"type": "string"}})),
    Mutator("KeyOfAnotherType", fields("integer"), puts("items", {"type": "string"})),
    Mutator("SchemaTypeFileNotValid", _objects(), adds_field({"type": "file"}, "type")),
    Mutator("AllOfMustContainAtLeastOneElement", schemas("object"), puts("allOf", [])),
    Mutator("DiscriminatorMustBeARequiredStringProperty", _objects(), puts("discriminator", "zz")),
    Mutator("InvalidCustomEditorExtensionDictionaryValue", fields("string", where=_plain), puts("x-ms-editor", "dictionary")),
    Mutator("LabelEmpty", fields("string", "integer"), puts("title", "")),
    Mutator("InvalidStringBinaryProperty", _objects(), adds_field({"type": "string", "format": "binary"}, "format")),
    Mutator("RequiredReadOnlyPropertyNotAllowedAsInput", _objects(_in_body), _read_only_required),
    Mutator("RequiredLoopInSchemaNotAllowed", _objects(_whole), _required_loop),
    Mutator("SchemaTooDeep", responses(lambda spot: "$ref" not in spot.node and spot.at[1] in ("/ping", "/files")), puts("schema", _deep(40))),
    Mutator("BodySchemaCountExceedsMaxAllowed", responses(lambda spot: spot.at[1] in ("/ping", "/files")), _wide),
    Mutator("SchemaReferenceNotFound", references("definitions"), lambda spot: puts("$ref", spot.node["$ref"] + "s")(spot)),
    Mutator("SchemaReferenceNotValid", _objects(), adds_field({"$ref": "https://contoso.example/order.json"}, "$ref")),
    Mutator("JsonPointerNotValid", _objects(), adds_field({"$ref": "#Order"}, "$ref")),
    Mutator("SchemaRefLoopNotAllowed", references("definitions"), _alias),
    Mutator("AdditionalPropertyNotAllowedAdjacentToRef", references("definitions"), puts("title", "Another")),
    Mutator("SharedPartNotUsed", root, lambda spot: puts("Lost", {"type": "object"})(Spot(("definitions",), spot.root["definitions"], spot.root))),
    Mutator("AdditionalPropertyNotAllowed", schemas("object"), puts("propertys", {})),
    Mutator("FilterFunctionsPropertyEmpty", fields("string", where=lambda spot: _in_answer(spot) and _plain(spot)), puts("x-ms-capabilities", {"filterFunctions": []}, "filterFunctions")),
    Mutator("FilterFunctionsPropertyHasDuplicates", fields("string", where=lambda spot: _in_answer(spot) and _plain(spot)), puts("x-ms-capabilities", {"filterFunctions": ["eq", "eq"]}, "filterFunctions", 1)),
    Mutator("FilterFunctionsPropertyInInputSchema", fields("string", where=lambda spot: _in_body(spot) and _plain(spot)), puts("x-ms-capabilities", {"filterFunctions": ["eq"]}, "filterFunctions")),
]  # fmt: skip
MUTATORS = [*VALUES, *SCHEMAS]
