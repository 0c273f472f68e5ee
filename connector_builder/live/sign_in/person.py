"""The person at the terminal: what can be shown to them, and asked."""

from collections.abc import Callable
from typing import NamedTuple


class Person(NamedTuple):
    """`say` shows a line. `prompt` asks for a secret without an echo, `stdin` reads it from standard input; None if neither can."""

    say: Callable[[str], object] = str
    prompt: Callable[[str], str] | None = None
    stdin: Callable[[], str] | None = None
