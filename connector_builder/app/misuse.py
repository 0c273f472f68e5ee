"""What the user asked for can't be done: the command line, the configuration or the named files are wrong."""


class Misuse(Exception):  # noqa: N818 - the word of the contract: exit status 2
    """`message` says what is wrong, `help` what to do instead."""

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message, help)  # both, or a process couldn't hand it on
        self.message = message
        self.help = help
