"""The errors for what can't be done because the command line, the configuration or a named file is wrong, or a service."""

from pathlib import Path


class Misuse(Exception):  # noqa: N818 - the word of the contract: exit status 2
    """`message` says what is wrong, `help` what to do instead."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message, help)  # both, so that it can be pickled between processes
        self.message = message
        self.help = help


class Unreachable(Exception):  # noqa: N818 - the word of the contract: exit status 5
    """A service refused or couldn't be reached. `message` says why, `help` what to do; `name` is that of the document."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message, help)
        self.message = message
        self.help = help
        self.name = Path("document")
