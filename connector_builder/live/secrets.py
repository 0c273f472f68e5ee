"""Gets secrets from the environment, a prompt or standard input; never from an option or a file of this program."""

from collections.abc import Callable, Mapping, Sequence

from connector_builder.live.errors import WronglyAsked
from connector_builder.secrets.known import hide

MOST = 100_000
"""The most characters of a secret: a private key is shorter."""


def secret(
    what: str,
    variables: Sequence[str],
    environment: Mapping[str, str],
    *,
    prompt: Callable[[str], str] | None = None,
    stdin: Callable[[], str] | None = None,
) -> str:
    """Returns a secret, and hides it from all output.

    Args:
        what: its name for people, such as `client secret`.
        variables: the names of variables; the first that is set counts.
        environment: the variables of the environment.
        prompt: asks a person without an echo; None if nobody is there.
        stdin: reads standard input, if the user says that the secret is there; it counts before all else.

    Raises WronglyAsked if there is none.
    """
    if stdin is not None:
        value = stdin().strip("\r\n")
        source = "standard input"
    else:
        name = next((name for name in variables if environment.get(name)), None)
        if name is not None:
            value, source = environment[name], f"the variable {name}"
        elif prompt is not None:
            value, source = prompt(what), "the prompt"
        else:
            raise WronglyAsked(f"the {what} is missing", f"set the variable {variables[0]}")
    if not value or len(value) > MOST:
        raise WronglyAsked(f"the {what} of {source} is {'empty' if not value else 'too long'}")
    return hide(value)
