"""The page of all errors, from the table that `explain` reads."""

import re

from connector_builder.platform.service_errors import EXPLANATIONS, Area, Explanation

_INTRODUCTION = """\
# Errors of the sign-in and of the services

This page lists what the sign-in and the services of Power Platform answer when something is wrong: what it means, the usual causes, the most
frequent first, and what to do. It is generated from the table that the command `explain` reads, which works without a network:

```
connector-builder explain AADSTS65001
connector-builder explain EnvironmentAccessDenied --spec specs/my-connector
connector-builder explain < answer.json
```

Without a code, `explain` reads a whole answer from standard input, and finds the codes in it: JSON, HTML, the address that a sign-in returned to,
or any text. If nothing is piped in, it lists all codes. It never prints the answer itself, which may contain a token. `--spec` adds the values of your spec, such as its resource beside the
audiences that a message names.

Microsoft asks programs not to depend on the numbers of the sign-in, which may change: this page is for people. Some answers have no
code; then the name in small letters is ours. How sure an explanation is:

- *Microsoft documents it*: the linked page says so.
- *Open-source clients handle it*: programs with tests, some of them Microsoft's, handle the error so.
- *Users report it*: issues and articles describe it; it may not always be so.

We have tried none of them against the live services.

"""
_WORD = re.compile(r"[^a-z0-9_ -]")


def errors_page() -> str:
    """The page as Markdown: a table of all codes, then each code, by service."""
    areas = [area for area in Area if any(one.area is area for one in EXPLANATIONS)]
    contents = "".join(_contents(area) for area in areas)
    return _INTRODUCTION + contents + "\n".join(_section(area) for area in areas)


def _of(area: Area) -> list[Explanation]:
    return [one for one in EXPLANATIONS if one.area is area]


def _contents(area: Area) -> str:
    rows = "".join(f"| [{one.code}](#{_anchor(one)}) | {one.title} |\n" for one in _of(area))
    return f"{area}:\n\n| Code | Means |\n| --- | --- |\n{rows}\n"


def _anchor(one: Explanation) -> str:
    return _WORD.sub("", one.code.lower()).replace(" ", "-")


def _section(area: Area) -> str:
    return f"## {area}\n\n" + "\n".join(_explanation(one) for one in _of(area))


def _explanation(one: Explanation) -> str:
    statuses = f", status {' or '.join(map(str, one.statuses))}" if one.statuses else ""
    title = one.title[0].upper() + one.title[1:]
    evidence = one.evidence[0].upper() + one.evidence[1:]
    lines = [f"### {one.code}", "", f"{title}. *{evidence}{statuses}.*", "", one.meaning, ""]
    lines += ["Usual causes:", "", *_numbered(one.causes), "", "What to do:", "", *_numbered(one.cures), ""]
    if one.sources:
        lines += ["More: " + ", ".join(f"<{source}>" for source in one.sources), ""]
    return "\n".join(lines)


def _numbered(texts: tuple[str, ...]) -> list[str]:
    if len(texts) == 1:
        return [texts[0]]
    return [f"{number}. {text}" for number, text in enumerate(texts, 1)]
