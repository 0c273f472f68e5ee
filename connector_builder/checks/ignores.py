"""Reads ignore comments in YAML: `# connector-builder: ignore[RuleName] reason`, on the line or alone above it."""

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from connector_builder.checks.rules import IGNORE_NOT_VALID, IGNORE_UNUSED
from connector_builder.findings import Finding, Fix, Place, Rule, Text, TextEdit
from connector_builder.language.load import SUFFIXES
from connector_builder.patterns import regex
from connector_builder.source.node import MappingMarks, Marks, SequenceMarks, Span
from connector_builder.source.suggest import Suggestions
from connector_builder.source.yaml_reader import read_yaml

_COMMENT = regex(r"(?<!\S)#[ \t]*connector-builder[ \t]*:[ \t]*((ignore\b|[\w-]+(?=[ \t]*\[))[^\r\n]*)")
_LIST = regex(r"ignore[ \t]*\[([^\]\r\n]*)\]")
_NAME = regex(r"[^,\s]+(?:[ \t]+[^,\s]+)*")
MAX_COMMENTS = 10_000
"""The most comments of one text, and names in them. Nobody writes so many."""

_CURE = "write '# connector-builder: ignore[RuleName] reason'"


class Ignore(NamedTuple):
    """The name of a rule in a comment, its place, and the line whose findings it hides.

    `whole` is the comment with the white space before it, or its line if there is nothing else; None if it names other rules too.
    """

    rule: str
    place: Place
    line: int
    whole: Place | None


class Comments(NamedTuple):
    """The ignore comments of a text, and the findings about them."""

    ignores: list[Ignore]
    findings: list[Finding]
    suggestions: Suggestions


def without_ignored(
    findings: Sequence[Finding],
    texts: Iterable[Text],
    known: Mapping[str, Rule],
    not_run: Callable[[str], bool] = frozenset[str]().__contains__,
) -> list[Finding]:
    """Returns the findings that no comment hides, then the findings about the comments.

    `known` are all rules by name and alias. `not_run` tests the name of a rule for whether this run didn't check it: whether a comment for one of
    them hides anything is unknown. A `fixed` rule is never hidden. What a `told_once` rule says in several places is hidden
    in all of them by a comment at one.
    """
    read = [read_ignores(text, known) for text in texts]
    hides = {(ignore.place.text.path, ignore.line, ignore.rule): ignore for part in read for ignore in part.ignores}
    hidden = {
        index: ignore
        for index, finding in enumerate(findings if hides else ())
        if not finding.rule.fixed and (ignore := hides.get(_key(finding)))
    }
    used = set(hidden.values())
    once = {_told(findings[index]) for index in hidden if findings[index].rule.told_once}
    kept = [one for index, one in enumerate(findings) if index not in hidden and _told(one) not in once]
    for part in read:
        kept += part.findings
        kept += [_unused(ignore) for ignore in part.ignores if ignore not in used and not not_run(ignore.rule)]
    return kept


def read_ignores(text: Text, known: Mapping[str, Rule]) -> Comments:
    """Returns the ignore comments of a YAML text; none if the text isn't YAML or can't be read."""
    comments = Comments([], [], Suggestions())
    if text.path.suffix.lower() not in SUFFIXES or "connector-builder" not in text.content:
        return comments
    found = list(islice(_COMMENT.finditer(text.content), MAX_COMMENTS))
    root = read_yaml(text).root if found else None
    if root is None:
        return comments
    inside = _covered(found, root.marks, text)
    lines = _hidden_lines(text, found)
    for comment in found:
        if comment.start() not in inside:
            _names(text, comment, lines[comment.start()], known, comments)
    return comments


def _names(text: Text, comment: re.Match[str], line: int, known: Mapping[str, Rule], comments: Comments) -> None:
    names = _LIST.match(comment.group(1))
    whole = Place(text, comment.start(), comment.end(2))
    if comment.group(2) != "ignore":
        message = f"unknown word '{comment.group(2)}' in a comment for connector-builder"
        comments.findings.append(IGNORE_NOT_VALID.at(whole, message, help=_CURE))
        return
    if names is None:
        comments.findings.append(IGNORE_NOT_VALID.at(whole, "an ignore comment without a rule in brackets", help=_CURE))
        return
    start = comment.start(1) + names.start(1)
    listed = list(_NAME.finditer(names.group(1)))
    if not listed:
        comments.findings.append(IGNORE_NOT_VALID.at(whole, "an ignore comment that names no rule", help=_CURE))
    alone = _removable(text, comment) if len(listed) == 1 else None
    for name in listed:
        if len(comments.ignores) + len(comments.findings) >= MAX_COMMENTS:
            return
        place = Place(text, start + name.start(), start + name.end())
        rule = known.get(name.group())
        if rule is None:
            cure = comments.suggestions.of(name.group(), known) or "'connector-builder rules' lists them"
            comments.findings.append(IGNORE_NOT_VALID.at(place, f"there is no rule '{name.group()}'", help=cure))
        elif rule.fixed:
            message = f"'{rule.name}' can't be ignored"
            comments.findings.append(IGNORE_NOT_VALID.at(place, message, help="correct what it finds"))
        else:
            comments.ignores.append(Ignore(rule.name, place, line, alone))


def _removable(text: Text, comment: re.Match[str]) -> Place:
    """Returns what to remove of a text with a comment, its reason included: the line, if it contains nothing else."""
    content = text.content
    start, end = comment.start(), text.offset(text.position(comment.start())[0] + 1, 1)
    while start and content[start - 1] in " \t":
        start -= 1
    if start and content[start - 1] not in "\r\n":
        while end > comment.start() and content[end - 1] in "\r\n":
            end -= 1
    return Place(text, start, end)


def _hidden_lines(text: Text, comments: list[re.Match[str]]) -> dict[int, int]:
    """Returns the line that each comment is about: its own, or, if it stands alone, the next that isn't a comment."""
    about: dict[int, int] = {}
    by_line: dict[int, int] = {}
    last, _ = text.position(len(text.content))
    for comment in reversed(comments):  # from below, so that each of many in a row is looked at once
        first = line = text.position(comment.start())[0]
        while line < last and line not in by_line and text.line(line).lstrip().startswith("#"):
            line += 1
        about[comment.start()] = by_line[first] = by_line.get(line, line)
    return about


def _covered(comments: list[re.Match[str]], marks: Marks, text: Text) -> set[int]:
    """Returns the offsets of matches that are inside a quoted text or a block, and so aren't comments."""
    starts = [comment.start() for comment in comments]
    covered = set()
    for start, end in _spans(marks):
        if text.content[start : start + 1] in ("|", ">"):  # the header of a block may end in a comment
            start += len(re.split(r"[\r\n]", text.content[start:end], maxsplit=1)[0])
        covered.update(starts[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)])
    return covered


def _spans(marks: Marks) -> Iterator[Span]:
    """Yields the spans of all scalars, keys included."""
    if isinstance(marks, MappingMarks):
        yield from marks.keys.values()
        for value in marks.values.values():
            yield from _spans(value)
    elif isinstance(marks, SequenceMarks):
        for item in marks.items:
            yield from _spans(item)
    else:
        yield marks


def _key(finding: Finding) -> tuple[Path, int, str]:
    text = finding.place.text
    return text.path, text.position(finding.place.start)[0], finding.rule.name


def _told(finding: Finding) -> tuple[str, str | None, str]:
    return finding.rule.name, finding.document, finding.message


def _unused(ignore: Ignore) -> Finding:
    message = f"the comment hides nothing: '{ignore.rule}' finds nothing here"
    fix = None if ignore.whole is None else Fix("remove the comment", (TextEdit(ignore.whole, ""),))
    return IGNORE_UNUSED.at(ignore.place, message, help="remove it", fix=fix)
