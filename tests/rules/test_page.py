"""The page of rules: complete, readable, fresh."""

from pathlib import Path

from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.findings import Rule, Scope, Severity
from connector_builder.rules import RULES
from docs.pages.rules import rules_page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
RULE = Rule(
    "SomethingWrong",
    Severity.WARNING,
    Scope.PRACTICE,
    """Something a|b is wrong.

Why it matters.

Source: https://contoso.example/rules
Published: 1 of 1,013 connectors.

```json bad
{"a": 1}
```
Finding: /a: 'a' is wrong
Finding: : all is wrong

```json good apiProperties
{"a": 2}
```""",
    fixed=True,
    aliases=("SomethingBad",),
)


def test_a_rule_has_a_row_and_a_section() -> None:
    page = rules_page([RULE])
    assert "\n| [SomethingWrong](#somethingwrong) | warning | practice | Something a\\|b is wrong. |\n" in page
    assert page.endswith("""\
## SomethingWrong

*warning, practice, fixed*

Something a|b is wrong.

Why it matters.

Bad:

```json
{"a": 1}
```

> `/a`: 'a' is wrong

> `(the whole document)`: all is wrong

Good:

```json
{"a": 2}
```

- Also called: SomethingBad
- Source: https://contoso.example/rules
- 1 of 1,013 published connectors breaks it.
""")


def test_rules_stand_by_name() -> None:
    headings = [line for line in rules_page(reversed(RULES)).splitlines() if line.startswith("## ")]
    assert headings == [f"## {name}" for name in sorted(rule.name for rule in RULES)]


def test_the_page_in_the_docs_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(CATALOGUE.values()), "run 'python docs/make.py'"
