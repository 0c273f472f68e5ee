"""The errors of everything live. Each has the exit status of the command that it ends."""

from typing import ClassVar


class LiveError(Exception):
    """`message` says what happened, `help` what to do.

    `code` is the name that the service gave the error, such as `AADSTS65001` or `EnvironmentAccessDenied`, if it gave one.
    """

    exit_status: ClassVar[int] = 5

    def __init__(self, message: str, help: str | None = None, *, code: str | None = None) -> None:
        super().__init__(message, help, code)
        self.message = message
        self.help = help
        self.code = code


class NotInstalled(LiveError):  # noqa: N818 - what is wrong, as in Misuse
    """The libraries of the extra `live` are missing."""

    exit_status = 2


class WronglyAsked(LiveError):  # noqa: N818
    """An option, a variable of the environment or an answer at a prompt is wrong: nothing was sent."""

    exit_status = 2


class SignInRefused(LiveError):  # noqa: N818
    """Signing in is required, or was refused."""

    exit_status = 4


class ServiceRefused(LiveError):  # noqa: N818
    """A service answered with an error. `status` is that of HTTP, 0 if there was no answer."""

    def __init__(self, message: str, help: str | None = None, *, code: str | None = None, status: int = 0) -> None:
        super().__init__(message, help, code=code)
        self.status = status


class Unreachable(ServiceRefused):
    """A service can't be reached, or doesn't answer.

    `lost` says that it may have got the request, and done what it asks for: whoever repeats it looks first.
    """

    def __init__(self, message: str, help: str | None = None, *, lost: bool = False) -> None:
        super().__init__(message, help)
        self.lost = lost
