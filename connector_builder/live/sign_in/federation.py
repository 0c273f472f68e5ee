"""Gets the assertion by which a pipeline signs in without a secret.

Sources: https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/about-security-hardening-with-openid-connect,
https://learn.microsoft.com/en-us/rest/api/azure/devops/distributedtask/oidctoken/create, and for files
https://learn.microsoft.com/en-us/azure/aks/workload-identity-overview.
"""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from connector_builder.live.errors import SignInRefused
from connector_builder.live.http import Session
from connector_builder.live.messages import JSON, Request
from connector_builder.secrets.known import hide

GITHUB = ("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN")
DEVOPS = ("SYSTEM_OIDCREQUESTURI", "SYSTEM_ACCESSTOKEN")
FILE = "AZURE_FEDERATED_TOKEN_FILE"
CONNECTIONS = ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID")
_MOST = 100_000


def is_federated(environment: Mapping[str, str]) -> bool:
    """Checks whether a pipeline can give an assertion."""
    return bool(_all(GITHUB, environment) or _all(DEVOPS, environment) or environment.get(FILE))


def assertion(environment: Mapping[str, str], session: Session, audience: str) -> str:
    """Returns the assertion of GitHub Actions, Azure DevOps or a file. Raises SignInRefused, and what a request raises."""
    if _all(GITHUB, environment):
        url, token = (environment[name] for name in GITHUB)
        url += f"{'&' if '?' in url else '?'}audience={quote(audience, safe='')}"
        headers = {"Authorization": f"Bearer {hide(token)}"}
        answer = session.ask(Request("GET", url, "GitHub Actions", headers=headers)).mapping()
        return _found(answer.get("value"), "GitHub Actions", "give the job 'permissions: id-token: write'")
    if _all(DEVOPS, environment):
        url, token = (environment[name] for name in DEVOPS)
        connection = next((environment[name] for name in CONNECTIONS if environment.get(name)), "")
        if not connection:
            raise SignInRefused("no service connection is named", f"set the variable {CONNECTIONS[0]} to its id")
        url += f"?api-version=7.1&serviceConnectionId={quote(connection, safe='')}"
        headers = {"Authorization": f"Bearer {hide(token)}", "Content-Type": JSON}
        request = Request("POST", url, "Azure DevOps", headers=headers, content=b"", repeatable=True)
        return _found(session.ask(request).mapping().get("oidcToken"), "Azure DevOps", "check the service connection")
    if environment.get(FILE):
        try:
            with Path(environment[FILE]).open(encoding="utf-8") as file:
                return _found(file.read(_MOST).strip(), f"the file of {FILE}", None)
        except (OSError, ValueError) as error:
            raise SignInRefused(f"the file that {FILE} names can't be read") from error
    help_ = f"in GitHub Actions, give the job 'permissions: id-token: write'; in Azure DevOps, map {DEVOPS[1]}; else set {FILE}"
    raise SignInRefused("nothing here gives an assertion for a federated credential", help_)


def _all(names: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    return all(environment.get(name) for name in names)


def _found(value: object, who: str, help: str | None) -> str:
    if not isinstance(value, str) or not value:
        raise SignInRefused(f"{who} gives no assertion", help)
    return hide(value)
