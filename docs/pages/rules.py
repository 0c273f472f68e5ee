"""The page of all rules, from their docstrings."""

import re
from collections.abc import Iterable

from connector_builder.findings import Rule, Scope
from connector_builder.report.rule_facts import rule_facts

_SCOPES = {
    Scope.LANGUAGE: "the tool can't understand the spec or the file",
    Scope.PLATFORM: "saving or importing the connector fails, or the connector does something else than you mean",
    Scope.CERTIFICATION: "Microsoft sends a submission for certification back",
    Scope.PRACTICE: "the connector works, but not well",
    Scope.COMPATIBILITY: "flows and apps that people have built break or change; only `diff` finds these",
}
_INTRODUCTION = """\
# Rules

This page lists the rules that `connector-builder validate` and `build` check, and the kinds of change that `diff` finds. It is generated from the rules themselves, and the
examples are their tests. `connector-builder rules NAME` prints the same text for one rule.

- An example in JSON is a part of an apiDefinition.swagger.json or of an apiProperties.json. The lines below a bad example show what the
  rule finds, with its place as a JSON Pointer.
- An example in YAML is a spec. Some leave out their `connector`. The place of a finding is a line and a column.
- An example of a change is a pair of specs, `old.yaml` and `new.yaml`.

If Microsoft's own
[Swagger validator](https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-swagger-validator-rules)
finds the same defect, the rule has Microsoft's name. If two of Microsoft's rules find the same defect in one place, there is one rule
here; the other name is its alias, which `rules`, `--ignore`, `--select` and ignore comments accept. Below the examples, a number shows how
many of the connectors that Microsoft has published break the rule.

To ignore a rule everywhere, use `--ignore NAME`. To ignore it in one place of a spec, write
`# connector-builder: ignore[NAME] reason` there. You can't ignore rules that are marked *fixed*. To check only some rules,
and those that you can't ignore, use `--select NAME`. The tool reports at most a thousand findings of one rule in a package.

The scope of a rule shows what a defect breaks:
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
    text = _EXAMPLE.sub(_opening, rule.prose + "\n")
    text = _FINDING.sub(lambda finding: f"\n> `{finding[1] or '(the whole document)'}`: {finding[2]}\n", text)
    said = [*rule_facts(rule), *(["`validate --fix` fixes some of what it finds."] if rule.fixable else ())]
    facts = "\n" + "".join(f"- {fact}\n" for fact in said) if said else ""
    only = ", only with `--certification`" if rule.only_certification else ""
    return f"## {rule.name}\n\n*{rule.severity}, {rule.scope}{only}{fixed}*\n\n{text}{facts}"


def _opening(example: re.Match[str]) -> str:
    """What stands before the content of a block: that it is good or bad, and its file; for a further file of an example that alone."""
    language, kind, file = example.groups()
    further = example.string.endswith("```\n", 0, example.start())
    title = kind.capitalize() + (f", `{file}`" if file else "")
    before = f"\n`{file}`" if further else title
    return f"{before}:\n\n```{language if language in _LANGUAGES else 'text'}\n"
