"""The page of all commands, from their own help."""

import inspect
import re

import click

from connector_builder.cli import program

_INTRODUCTION = """\
# Commands

`connector-builder`, also `python -m connector_builder`. This page is generated from the commands' own `--help`.

"""

_REST = """\
## Exit status

| status | means |
| --- | --- |
| 0 | done, and nothing was found at or above `--fail-on` |
| 1 | something was found, `build --check` found a difference, or `import` had to leave something out |
| 2 | the command was misused, or can't write: no such file, an unknown option or rule, a full disk |
| 3 | a defect of connector-builder: one line says where, `--verbose` all of it |
| 130 | stopped by Ctrl-C |

## Configuration

What is given with every call may stand in a file instead: in `connector-builder.yaml`, or in `pyproject.toml` under
`[tool.connector-builder]`. The nearest one counts, in the current folder or above it, up to the root of the repository; the
command line wins over it. Paths are relative to the file and lie in its folder.

```yaml
format: text
select: []                # names of rules
ignore: [TemplateUnused]
fail-on: warning
certification: false
vars-file: variables.yaml
jobs: 2
output: output            # of build
target: upload            # of build
minify: false             # of build
```

## Variables

The first that has the name wins of `--var NAME=VALUE`, `--vars-file` (a YAML mapping), the environment variable
`CONNECTOR_<NAME>`, and the default in the spec. No other environment variable is ever read.

A name after `--var` that no spec of the run uses is an error, with exit status 2 and before anything is written. A variables file may be there for several
specs. Its names are checked if all of `specs/` is in the run; otherwise only a name is an error that looks like a typo of a variable
that nothing sets.

## Findings

Each has the name of its rule, which `connector-builder rules NAME` explains; a severity: error, warning, note; and a scope, which
says who minds: language (the spec itself), platform (saving or importing fails), certification, practice. What only certification
minds is a warning at most, and nothing to `build`, without `--certification`.

A finding in a spec is ignored by a comment on its line, or alone on the line above; one that hides nothing is reported. The
shape of a spec, secrets, and what can't be compiled can't be ignored.

```yaml
parameters:
  region: The region.     # connector-builder: ignore[TemplateUnused] the next version needs it
```

`--format json` prints one object, sorted by file, line, column and rule. Lines and columns count from 1, columns in code points, `end_column` is one past the
last. `document` and `pointer` (RFC 6901) are the place in the built file, `related` other places that matter, `help` the cure; each is there
where there is one. Findings of one rule at one place are one, with their `count`, and under `also` what the others said.

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
"""


def commands_page() -> str:
    """The page as Markdown: each command, then what all have in common."""
    sections = [_section(name, command) for name, command in program.commands.items()]
    return _INTRODUCTION + "".join(sections) + _REST


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
