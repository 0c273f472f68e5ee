import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.cli.commands.schema import PARTS
from connector_builder.language import json_schema
from connector_builder.language.load import SECTIONS

Run = Callable[..., Result]


def test_the_table_of_rules(run: Run) -> None:
    lines = run("rules").stdout.splitlines()
    assert [line.split()[0] for line in lines] == sorted(CATALOGUE)
    assert next(line for line in lines if line.startswith("KeyDuplicated ")).split(maxsplit=3)[1:] == [
        "error",
        "language",
        "A mapping has the same key twice.",
    ]


def test_one_rule(run: Run) -> None:
    result = run("rules", "keyduplicated")
    assert result.exit_code == 0
    assert result.stdout == (
        "KeyDuplicated (error, language)\n\n"
        "A mapping has the same key twice.\n\n"
        "Programs that read YAML or JSON keep one of the two and silently drop the other. Remove or rename one. In a spec this is\n"
        "an error. In the JSON files of a package it is a warning that you can ignore: the platform takes the last of the two.\n\n"
        "Bad:\n\n"
        "    actions:\n"
        "      GetOrder:\n"
        "        request: GET /orders/{order}\n"
        "        description: Returns one order.\n"
        "        description: Returns an order by its number.\n"
        "        ^^^^^^^^^^^ the key 'description' is given twice\n\n"
        "Good:\n\n"
        "    actions:\n"
        "      GetOrder:\n"
        "        request: GET /orders/{order}\n"
        "        description: Returns an order by its number.\n\n"
        "4 of 1,031 published connectors break it.\n"
        "'validate --fix' fixes some of what it finds.\n"
        "To ignore it in packages: --ignore KeyDuplicated. It can't be ignored in a spec.\n"
        "More: docs/rules.md#keyduplicated\n"
    )


def test_a_rule_that_is_not_there(run: Run) -> None:
    result = run("rules", "KeyDuplicate")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "error: there is no rule 'KeyDuplicate'\nhelp: did you mean 'KeyDuplicated'?\n"


def test_every_rule_is_explained_and_named_once() -> None:
    for name, rule in CATALOGUE.items():
        assert name == rule.name
        assert name.isalnum(), name
        assert rule.summary.endswith((".", ":")) or "`" in rule.summary, name
        assert len(rule.summary) < 140, name
    assert len({name.lower() for name in CATALOGUE}) == len(CATALOGUE)


def test_no_rule_is_registered_twice() -> None:
    from connector_builder.checks.rules import ENGINE_RULES
    from connector_builder.language import LANGUAGE_RULES
    from connector_builder.rules import RULES
    from connector_builder.source.rules import SOURCE_RULES

    names = [rule.name for rule in (*SOURCE_RULES, *LANGUAGE_RULES, *RULES, *ENGINE_RULES)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("part", SECTIONS)
def test_the_schema_of_a_part(part: str, run: Run) -> None:
    result = run("schema", "--part", part)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json_schema(part)


def test_there_is_a_schema_for_the_folders_of_a_spec_only(run: Run) -> None:
    assert PARTS == SECTIONS
    result = run("schema", "--part", "connector")
    assert (result.exit_code, result.stdout) == (2, "")


def test_the_schema(run: Run, here: Path) -> None:
    result = run("schema")
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout) == json_schema()
    assert result.stdout.isascii()
    assert result.stdout.endswith("}\n")


def test_a_rule_by_an_alias(run: Run) -> None:
    shown = run("rules", "propertymustberequired").stdout
    assert shown == run("rules", "InternalPropertyWithDefaultOptional").stdout
    assert "\n\nAlso called: PropertyMustBeRequired\n" in shown
    assert "\n12 of 1,013 published connectors break it.\n" in shown
