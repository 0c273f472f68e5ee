"""Regular expressions that are compiled late: every one is valid, and works as `re` has it."""

import copy
import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import connector_builder
from connector_builder import patterns
from connector_builder.patterns import regex


def test_a_pattern_is_compiled_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[tuple[str, int]] = []
    compile_ = re.compile

    def counted(text: str, flags: int = 0) -> re.Pattern[str]:
        compiled.append((text, flags))
        return compile_(text, flags)

    monkeypatch.setattr("connector_builder.patterns.re.compile", counted)
    word = regex("[a-z]+", re.IGNORECASE)
    assert compiled == []
    assert [word.findall("one TWO 3"), word.findall("4 five")] == [["one", "TWO"], ["five"]]
    assert compiled == [("[a-z]+", re.IGNORECASE)]


def test_it_has_what_a_pattern_has() -> None:
    word = regex(rb"(?P<first>[a-z])[a-z]*")
    assert word.groupindex == {"first": 1}
    match = word.fullmatch(b"one")
    assert match is not None
    assert match["first"] == b"o"
    assert copy.copy(word).sub(b"-", b"one two") == b"- -"


def test_every_pattern_of_the_package_is_valid() -> None:
    names = [one.name for one in walk_packages(connector_builder.__path__, "connector_builder.")]
    kept = [
        value
        for name in names
        if not name.endswith("__main__")
        for value in vars(import_module(name)).values()
        if isinstance(value, patterns._Lazy)
    ]
    assert len(kept) > 50
    assert all(isinstance(value.groups, int) for value in kept)
