"""The page of all commands, from their own help."""

import inspect
import re

import click

from connector_builder.cli import program
from connector_builder.report import READERS

_INTRODUCTION = """\
# Commands

The tool is the command `connector-builder`, or `python -m connector_builder`. This page shows what each command prints with `--help`,
and below that what all commands have in common.

"""

_REST = """\
## Exit status

| status | means |
| --- | --- |
| 0 | the command is done, and no finding has the severity of `--fail-on` or a higher one |
| 1 | a finding has the severity of `--fail-on` or a higher one, `build --check` found a difference, `build` couldn't build a spec, or `import` couldn't import a connector |
| 2 | the command was called wrongly, or can't write: there is no such file, option or rule, or the disk is full |
| 3 | connector-builder has a defect: one line shows where, and `--verbose` shows the details |
| 4 | signing in is required, or was refused |
| 5 | a service refused, or can't be reached |
| 130 | Ctrl-C stopped the command; standard error says what had been written before, and what a service may have done |
| 143, 129 | SIGTERM or SIGHUP stopped the command, in the same way |

## Configuration

Write options that you use with every call into a file: `connector-builder.yaml`, or `pyproject.toml` under
`[tool.connector-builder]`. The tool reads the nearest such file, in the current folder or above it, up to the root of the repository.
Options on the command line win over the file. Paths are relative to the file, and must be in its folder.

```yaml
format: text
select: []                # names of rules
ignore: [TemplateUnused]  # names of rules, and entries: see Findings below
baseline: known.json
fail-on: warning
certification: false
vars-file: variables.yaml
jobs: 2
output: output            # of build
target: upload            # of build
minify: false             # of build
```

## Variables

The tool looks for the value of a variable in these places, and takes the first that it finds:

1. `--var NAME=VALUE`
2. `--vars-file`, a file with a YAML mapping
3. the environment variable `CONNECTOR_<NAME>`; the tool reads no other environment variable as one
4. the default in the spec, `${NAME:-default}`

A name after `--var` that no spec of the run uses is an error, with exit status 2 and before anything is written. A variables file may be there for several
specs. Its names are checked if all of `specs/` is in the run; otherwise only a name is an error that looks like a typo of a variable
that nothing sets.

## What validate checks

| PATH | checks |
| --- | --- |
| a spec: a YAML file with `connector`, or a folder with a connector.yaml | the spec, and the package that it compiles to |
| the folder of a package | its files; `settings.json` may give them other names |
| a file of a spec or of a package | the whole |
| another definition, in JSON or YAML | the definition |
| another folder | all specs and packages in it, and definitions named `*.swagger.json`, `swagger.yaml` or, in an unpacked solution, `*_openapidefinition.json` |
| `-` | standard input, as the file that `--stdin-filename` names; of a spec or a package, it is checked with the other files |

`--limits` also shows how much of each [limit of the platform](reference.md#limits-of-the-platform) a connector uses. Above 80 % that
is a note.

## Findings

Each finding has:

- a rule, which `connector-builder rules NAME` explains
- a severity: error, warning or note
- a scope, which shows what the defect breaks: language (the tool can't understand the spec), platform (saving or importing fails),
  certification, or practice

Without `--certification`, findings of the scope certification are warnings at most, and `build` doesn't report them.

To ignore a finding in a spec, write a comment on its line, or alone on the line above. The tool reports comments that hide nothing.
You can't ignore faults in the shape of a spec, secrets, or parts that can't be compiled.

```yaml
parameters:
  region: The region.     # connector-builder: ignore[TemplateUnused] the next version needs it
```

A package has no place for comments. In the configuration, `ignore` takes entries for it, and for specs: a rule, a `reason`, and
maybe a `file` and a `pointer`. The file is relative to the configuration, the pointer is that of a report. `*` stands for any part of a
step between two slashes, `**` for any number of steps. The tool reports entries that hide nothing in the files that it checked.

```yaml
ignore:
  - {rule: KeyDuplicated, file: packages/legacy/*.json, reason: the vendor writes it so}
  - {rule: SummaryMissing, pointer: /paths/~1internal~1*/**, reason: nobody sees these operations}
```

A baseline accepts what is there, so that only new findings count:

```
connector-builder validate packages --baseline known.json --write-baseline
connector-builder validate packages --baseline known.json
```

The first command writes the file, and the second one uses it. A baseline knows a finding by its rule, its file, and its place in the
built file, not by its line. A note names each finding that no longer occurs; `--write-baseline` removes it, and leaves the entries of
files that weren't checked. What can't be ignored can't be accepted.

`--format json` prints one object. Its findings are sorted by file, line, column and rule.

- Lines and columns count from 1, and columns count code points. `end_column` is one past the last column.
- `document` and `pointer` (RFC 6901) show the place in the built file, `related` shows other places that matter, and `help` shows what
  to do. A finding without one of these lacks its key.
- Several findings of one rule in one place become one finding. `count` shows how many they are, and `also` the messages of the others.
- What some rules find in many places of a document, such as a misspelt extension, becomes one finding at the first place. `count` shows how
  many they are.
- Reports as text show the first three findings of a rule in a file, and how many more there are. `--verbose` shows all.

```json
{
  "findings": [
    {
      "rule": "KeyUnknown",
      "severity": "error",
      "scope": "language",
      "message": "unknown key 'reqest' in 'operation'",
      "file": "specs/orders.yaml",
      "line": 8,
      "column": 5,
      "end_line": 8,
      "end_column": 11,
      "help": "did you mean 'request'?"
    }
  ],
  "summary": {
    "files": 1,
    "errors": 1,
    "warnings": 0,
    "notes": 0
  }
}
```

The other formats are for CI systems, and [the page on CI](ci.md) shows how to use them:

| `--format` | for |
| --- | --- |
FORMATS

`--report FORMAT=FILE` writes a further report, and may be repeated. The tool writes all reports, or none if one can't be written. In
SARIF and GitLab's format each finding has a fingerprint, which stays the same when lines move.
"""


def commands_page() -> str:
    """The page as Markdown: each command, then what all have in common."""
    sections = [_section(name, command) for name, command in program.commands.items()]
    formats = "\n".join(f"| `{name}` | {readers} |" for name, readers in READERS.items())
    return _INTRODUCTION + "".join(sections) + _REST.replace("FORMATS\n", f"{formats}\n")


def _section(name: str, command: click.Command) -> str:
    usage = " ".join(
        part.metavar or f"{part.name}".upper() for part in command.params if isinstance(part, click.Argument)
    )
    rows = "".join(_row(part) for part in command.params if isinstance(part, click.Option))
    return (
        f"## {name}\n\n```\nconnector-builder {name} [OPTIONS] {usage}".rstrip()
        + f"\n```\n\n{_prose(command.help or '')}\n\n| option | |\n| --- | --- |\n{rows}\n"
    )


def _prose(help_: str) -> str:
    """The text of a help, its examples (behind `\\b`, the mark of what isn't wrapped) as code."""
    paragraphs = re.split(r"\n{2,}", inspect.cleandoc(help_))
    return "\n\n".join(f"```\n{text[2:]}\n```" if text.startswith("\b") else text for text in paragraphs)


def _row(option: click.Option) -> str:
    names = ", ".join(sorted(option.opts, key=len)) + "".join(f" / {name}" for name in option.secondary_opts)
    return f"| `{names}{_value(option)}` | {option.help} |\n".replace("[|]", "\\|")


def _value(option: click.Option) -> str:
    """What follows an option: nothing, one of some words, or something that its metavar names."""
    if option.is_flag:
        return ""
    words = "[|]".join(option.type.choices) if isinstance(option.type, click.Choice) else option.metavar
    return f" {words}"
