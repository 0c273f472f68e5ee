"""The page of all rules, from their docstrings."""

import re
from collections.abc import Iterable

from connector_builder.findings import Rule, Scope

_SCOPES = {
    Scope.LANGUAGE: "the spec itself can't be understood",
    Scope.PLATFORM: "saving or importing the connector fails, or does something else than meant",
    Scope.CERTIFICATION: "a submission for certification is sent back",
    Scope.PRACTICE: "it works, but not well",
}
_INTRODUCTION = """\
# Rules

What `connector-builder validate` and `build` look for. This page is generated from the rules themselves, whose examples are
their tests. An example in JSON is the part of an apiDefinition.swagger.json, or of an apiProperties.json, that matters; below a bad one
stands what is found, with its place as a JSON Pointer. An example in YAML is a spec, without its `connector` where that doesn't matter; its
findings have a line and a column.

Where Microsoft's own
[Swagger validator](https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules)
knows the same defect, the rule has its name. Where two of its names say the same of one place, there is one.

A rule is left out by `--ignore NAME`, or at one place of a spec by `# connector-builder: ignore[NAME] reason`; the rules that are
marked *fixed* can't be. `--select NAME` looks for nothing else. Of one rule at most a thousand findings in a package are
told.

The scope says who minds:
"""
_EXAMPLE = re.compile(r"```(\w+) (bad|good)(?: [\w-]+)*(?: file=(\S+))?\n")
_LANGUAGES = {"json", "yaml", "csharp", "svg"}
"""Languages of blocks that Markdown knows; others, such as bytes and sizes, are text."""
_FINDING = re.compile(r"^Finding: (\S*): (.*)\n", re.MULTILINE)


def rules_page(rules: Iterable[Rule]) -> str:
    """The page as Markdown: a table, then each rule by name."""
    listed = sorted(rules, key=lambda rule: rule.name)
    scopes = "".join(f"- `{scope}`: {meaning}\n" for scope, meaning in _SCOPES.items())
    table = "".join(_row(rule) for rule in listed)
    head = f"{_INTRODUCTION}\n{scopes}\n| Rule | Severity | Scope | Finds |\n| --- | --- | --- | --- |\n{table}"
    return "\n".join([head, *(_section(rule) for rule in listed)])


def _row(rule: Rule) -> str:
    summary = rule.summary.replace("|", "\\|")
    return f"| [{rule.name}](#{rule.name.lower()}) | {rule.severity} | {rule.scope} | {summary} |\n"


def _section(rule: Rule) -> str:
    fixed = ", fixed" if rule.fixed else ""
    text = _EXAMPLE.sub(_opening, rule.doc.strip() + "\n")
    text = _FINDING.sub(lambda finding: f"\n> `{finding[1] or '(the whole document)'}`: {finding[2]}\n", text)
    return f"## {rule.name}\n\n*{rule.severity}, {rule.scope}{fixed}*\n\n{text}"


def _opening(example: re.Match[str]) -> str:
    """What stands before the content of a block: that it is good or bad, and its file; for a further file of an example that alone."""
    language, kind, file = example.groups()
    further = example.string.endswith("```\n", 0, example.start())
    title = kind.capitalize() + (f", `{file}`" if file else "")
    before = f"\n`{file}`" if further else title
    return f"{before}:\n\n```{language if language in _LANGUAGES else 'text'}\n"
