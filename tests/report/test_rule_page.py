"""The page of one rule: examples with each finding in its place."""

from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.findings import Rule, Scope, Severity
from connector_builder.report.rule_page import rule_page


def test_a_finding_stands_below_what_it_is_about() -> None:
    rule = Rule(
        "Bad",
        Severity.NOTE,
        Scope.PRACTICE,
        """Something is bad.

See [the page](https://contoso.example).

Source: https://contoso.example/bad
Published: 0 of 1,013 connectors.

```json bad
{"paths": {"/a": {
  "get": [1, 22]}}}
```
Finding: /paths/~1a/get/1: 22 is too much
Finding: : all is bad

```yaml bad file=a.yaml
icon: b.png
```
```svg bad file=b.png
<svg/>
```
Finding: 1:7: it is SVG
Finding: b.png:1:1: no picture
""",
        aliases=("Worse",),
    )
    assert (
        rule_page(rule)
        == """\
Bad (note, practice)

Something is bad.

See the page (https://contoso.example).

Bad:

    {"paths": {"/a": {
    ^ all is bad
      "get": [1, 22]}}}
                 ^^ 22 is too much

Bad, a.yaml:

    icon: b.png
          ^^^^^ it is SVG

b.png:

    <svg/>
    ^ no picture

Also called: Worse
Source: https://contoso.example/bad
None of 1,013 published connectors breaks it.
To ignore it: --ignore Bad, or at its place in a spec: # connector-builder: ignore[Bad] reason
More: docs/rules.md#bad
"""
    )


def test_no_page_shows_marks_of_markdown_or_of_the_terminal() -> None:
    for rule in CATALOGUE.values():
        page = rule_page(rule)
        assert [mark for mark in ("```", "Finding:", "\x1b") if mark in page] == [], rule.name
        assert "\x1b[1m" in rule_page(rule, colour=True), rule.name
