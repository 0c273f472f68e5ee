"""Gets tokens from the Azure CLI, if somebody is signed in there.

Source: https://learn.microsoft.com/en-us/cli/azure/account#az-account-get-access-token
"""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

from connector_builder.live.errors import SignInRefused
from connector_builder.secrets.known import hide, masked

_SECONDS = 60
_SIGN_IN = "sign in there: az login --allow-no-subscriptions"


def has_azure_cli() -> bool:
    """Checks whether the Azure CLI is installed."""
    return _program() is not None


def azure_cli_token(audience: str, tenant: str) -> str:
    """Returns a token of the Azure CLI. Raises SignInRefused."""
    program = _program()
    if program is None:
        raise SignInRefused("the Azure CLI isn't installed", "choose another --method")
    return _asked(program, audience, tenant)


@cache
def _asked(program: str, audience: str, tenant: str) -> str:
    """Returns the token that the program gives. It takes a second, so it is asked once; an error isn't remembered."""
    command = [program, "account", "get-access-token", "--resource", audience, "--output", "json"]
    command += ["--tenant", tenant] if tenant else []
    try:
        done = subprocess.run(  # noqa: S603 - a list of words; the tenant is checked
            command, capture_output=True, timeout=_SECONDS, stdin=subprocess.DEVNULL, encoding="utf-8", errors="replace"
        )
    except subprocess.TimeoutExpired as error:
        raise SignInRefused("the Azure CLI doesn't answer", _SIGN_IN) from error
    except OSError as error:
        raise SignInRefused(f"the Azure CLI can't be started: {error.strerror}") from error
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        reason = masked(said[0].removeprefix("ERROR: "))[:500] if said else f"exit status {done.returncode}"
        raise SignInRefused(f"the Azure CLI gives no token: {reason}", _SIGN_IN)
    try:
        token = json.loads(done.stdout)["accessToken"]
    except (ValueError, KeyError, TypeError) as error:
        raise SignInRefused("the Azure CLI answers something else than a token", _SIGN_IN) from error
    return hide(str(token))


def _program() -> str | None:
    """Returns the program; on Windows, it is `az.cmd`. One in the current folder, which may be a stranger's, doesn't count."""
    found = shutil.which("az")
    return None if found is None or Path(found).resolve().parent == Path.cwd().resolve() else found
