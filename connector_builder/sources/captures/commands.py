"""Finds the commands of a text that send requests: those of curl, and those of PowerShell."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from connector_builder.sources.captures import curl, powershell, shell_words
from connector_builder.sources.captures.call import Call


class Sent(NamedTuple):
    """Where a command begins and ends in a text, and its calls, whose place is the number of the command."""

    start: int
    end: int
    calls: Callable[[int], Iterator[Call]]


def commands(text: str) -> list[Sent]:
    """Returns the commands of a text in their order. What is a part of another one, such as a text, is none of its own."""
    found = [Sent(one.start, one.end, partial(powershell.calls_of, one)) for one in powershell.requests(text)]
    found += [Sent(one.start, one.end, partial(curl.calls_of, one)) for one in shell_words.commands(text)]
    apart: list[Sent] = []
    for one in sorted(found, key=lambda sent: sent.start):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return apart


def calls_in(text: str) -> list[Call]:
    """Returns the calls of all commands of a text."""
    return [call for index, one in enumerate(commands(text)) for call in one.calls(index)]
