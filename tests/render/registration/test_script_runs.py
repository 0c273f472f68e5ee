"""The script for bash runs: against a stand-in for `az` that knows what the script may call, and nothing else."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from connector_builder.render.registration import Registration, bash_script
from tests.render.registration.registrations import DEPLOYED, EVERYTHING, LOOKED_UP, OWN_API, PLAIN, SHARED

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("bash") is None, reason="the script is for bash"
)
AZ = """\
import json, os, sys
from pathlib import Path

store = Path(os.environ["STORE"])
state = json.loads(store.read_text(encoding="utf-8"))
words = sys.argv[1:]
options, verbs, last = {}, [], None
for word in words:
    if word.startswith("--"):
        last = word
        options[last] = []
    elif last:
        options[last].append(word)
    else:
        verbs.append(word)
one = {key: " ".join(values) for key, values in options.items()}
verb = " ".join(verbs)
app = next((app for app in state["apps"] if app["appId"] == one.get("--id")), None)
said = ""
if verb == "ad app list":
    assert one["--query"] == "[0].appId"
    name = one["--filter"].removeprefix("displayName eq '").removesuffix("'").replace("''", "'")
    said = next((app["appId"] for app in state["apps"] if app["displayName"] == name), "")
elif verb == "rest" and one["--method"] == "patch":
    id_ = one["--url"].removeprefix("https://graph.microsoft.com/v1.0/applications(appId='").removesuffix("')")
    body = json.loads(Path(one["--body"][1:]).read_text(encoding="utf-8"))
    app = next(app for app in state["apps"] if app["appId"] == id_)
    app["api"] = {**app.get("api", {}), **body["api"]}
elif verb == "rest":
    assert (one["--method"], one["--headers"]) == ("post", "Content-Type=application/json")
    assert one["--url"] == "https://graph.microsoft.com/v1.0/applications"
    body = json.loads(Path(one["--body"][1:]).read_text(encoding="utf-8"))
    said = f"app-{len(state['apps'])}"
    state["apps"].append({**body, "appId": said})
elif verb == "ad sp create":
    if state["slow"]:
        state["slow"] -= 1
        store.write_text(json.dumps(state), encoding="utf-8")
        sys.exit(1)
    app["principal"] = True
elif verb == "ad sp show":
    known = {"00000003-0000-0000-c000-000000000000": ("graph-id", "mail-id"), "api://orders": ("orders-id", "read-id")}
    said = known[one["--id"]][0 if one["--query"] == "appId" else 1]
elif verb == "ad app show":
    if one["--query"] == "requiredResourceAccess[].resourceAccess[].id":
        ids = [part["id"] for api in app.get("requiredResourceAccess", []) for part in api["resourceAccess"]]
        said = "\\n".join(ids)
    elif one["--query"].startswith("api."):
        name, key = {
            "api.oauth2PermissionScopes[].id": ("oauth2PermissionScopes", "id"),
            "api.preAuthorizedApplications[].appId": ("preAuthorizedApplications", "appId"),
        }[one["--query"]]
        said = "\\n".join(part[key] for part in app.get("api", {}).get(name, []))
    else:
        part, _, name = one["--query"].partition(".")
        said = "\\n".join(app.get(part, {}).get(name, []))
elif verb == "ad app update":
    if "--web-redirect-uris" in options:
        app["web"] = {"redirectUris": options["--web-redirect-uris"]}
    if "--public-client-redirect-uris" in options:
        app["publicClient"] = {"redirectUris": options["--public-client-redirect-uris"]}
    if "--identifier-uris" in options:
        app["identifierUris"] = options["--identifier-uris"]
    if "--is-fallback-public-client" in options:
        app["isFallbackPublicClient"] = True
elif verb == "ad app permission add":
    part = {"id": one["--api-permissions"].removesuffix("=Scope"), "type": "Scope"}
    app.setdefault("requiredResourceAccess", []).append({"resourceAppId": one["--api"], "resourceAccess": [part]})
elif verb == "ad app permission admin-consent":
    app["consent"] = True
elif verb == "ad app credential reset":
    assert "--append" in options
    said = "the-new-secret"
elif verb == "ad app federated-credential list":
    name = one["--query"].split("'")[1]
    said = "\\n".join(part["name"] for part in app.get("credentials", []) if part["name"] == name)
elif verb == "ad app federated-credential create":
    body = json.loads(Path(one["--parameters"][1:]).read_text(encoding="utf-8"))
    app.setdefault("credentials", []).append(body)
else:
    sys.exit(f"unknown: {words}")
store.write_text(json.dumps(state), encoding="utf-8")
if said:
    print(said)
"""


class Az:
    """A stand-in for the Azure CLI with its applications."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, folder / "state.json"
        (folder / "az.py").write_text(AZ, encoding="utf-8", newline="\n")
        program = folder / "az"
        program.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" "{folder}/az.py" "$@"\n', encoding="utf-8", newline="\n"
        )
        program.chmod(0o755)
        sleep = folder / "sleep"
        sleep.write_text("#!/bin/sh\n", encoding="utf-8", newline="\n")
        sleep.chmod(0o755)
        self.keep([])

    def keep(self, apps: list[dict[str, Any]], slow: int = 0) -> None:
        self.store.write_text(json.dumps({"apps": apps, "slow": slow}), encoding="utf-8")

    @property
    def apps(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.store.read_text(encoding="utf-8"))["apps"]
        return found

    def run(self, one: Registration) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}", "STORE": str(self.store)}
        bash = shutil.which("bash") or "bash"
        return subprocess.run(
            [bash], input=bash_script(one), env=environment, capture_output=True, encoding="utf-8", check=False
        )


@pytest.fixture
def az(tmp_path: Path) -> Az:
    return Az(tmp_path)


def test_an_application_is_created_and_a_second_run_changes_nothing(az: Az) -> None:
    first = az.run(EVERYTHING)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "the-new-secret\napplication (client) ID: app-0\n"
    (app,) = az.apps
    assert app["displayName"] == EVERYTHING.name
    assert app["signInAudience"] == "AzureADMultipleOrgs"
    assert app["principal"]
    assert app["consent"]
    assert app["web"] == {"redirectUris": [SHARED]}
    assert app["publicClient"] == {"redirectUris": ["http://localhost"]}
    looked_up = [(api["resourceAppId"], api["resourceAccess"][0]["id"]) for api in app["requiredResourceAccess"][1:]]
    assert looked_up == [("graph-id", "mail-id"), ("orders-id", "read-id")]
    assert az.run(EVERYTHING).returncode == 0
    assert az.apps == [app]


def test_the_api_of_the_on_behalf_of_login(az: Az) -> None:
    one = PLAIN._replace(on_behalf_of=True)
    assert az.run(one).returncode == 0
    (app,) = az.apps
    (scope,) = app["api"]["oauth2PermissionScopes"]
    entry = {"appId": "fe053c5f-3692-4f14-aef2-ee34fc081cae", "delegatedPermissionIds": [scope["id"]]}
    assert (scope["value"], app["identifierUris"]) == ("access_as_user", ["api://app-0"])
    assert app["api"]["preAuthorizedApplications"] == [entry]
    az.keep([{**app, "api": {"oauth2PermissionScopes": [scope]}}])  # a run that broke off
    assert (az.run(one).returncode, az.apps) == (0, [app])
    other = {**app, "api": {"oauth2PermissionScopes": [{"id": "mine"}]}}
    az.keep([other])
    done = az.run(one)
    assert (done.returncode, done.stderr, az.apps) == (
        0,
        "left to do: the application has an API of its own; allow fe053c5f-3692-4f14-aef2-ee34fc081cae to use it\n",
        [other],
    )


def test_an_application_that_exists_is_completed_and_keeps_what_it_has(az: Az) -> None:
    before = {
        "displayName": PLAIN.name,
        "appId": "mine",
        "web": {"redirectUris": ["https://a.example/x y", "https://b.example"]},
    }
    az.keep([before])
    assert az.run(PLAIN).stdout == "application (client) ID: mine\n"
    (app,) = az.apps
    assert app["web"]["redirectUris"] == [SHARED, "https://a.example/x y", "https://b.example"]
    assert [api["resourceAccess"][0]["id"] for api in app["requiredResourceAccess"]] == [
        one.id for one in PLAIN.permissions
    ]


def test_a_new_application_may_take_a_while_to_be_visible(az: Az) -> None:
    az.keep([], slow=3)
    assert az.run(PLAIN).returncode == 0
    assert az.apps[0]["principal"]


def test_after_a_deployment(az: Az) -> None:
    az.keep([{"displayName": "x", "appId": DEPLOYED.client, "web": {"redirectUris": [SHARED]}}])
    assert az.run(DEPLOYED).returncode == 0
    assert az.run(DEPLOYED).returncode == 0
    (app,) = az.apps
    assert app["web"]["redirectUris"] == list(DEPLOYED.redirects)
    assert [one["subject"] for one in app["credentials"]] == ["/eid1/c/pub/t/Ab/a/Cd/europe-002_x"]


def test_after_a_deployment_there_must_be_an_application(az: Az) -> None:
    result = az.run(DEPLOYED._replace(client=""))
    assert (result.returncode, result.stderr) == (1, "there is no application of this name\n")
    assert az.apps == []


@pytest.mark.parametrize("missing", [LOOKED_UP._replace(app_id="unknown"), OWN_API._replace(resource="api://unknown")])
def test_a_permission_that_cannot_be_found_stops_the_script(az: Az, missing: Any) -> None:
    assert az.run(PLAIN._replace(permissions=(missing,), consent=True)).returncode == 1
    assert "consent" not in az.apps[0]


def test_hostile_names_run_nothing(az: Az) -> None:
    name = "a '$(touch here)' `touch here` \"; touch here #"
    assert az.run(PLAIN._replace(name=name)).returncode == 0
    assert az.apps[0]["displayName"] == name
    assert not Path("here").exists()
