"""The connector for cloud flows in the clouds of governments and of China: the files of variables beside its spec."""

import json

import pytest

from connector_builder.app.shared.variables import read_variables
from connector_builder.language import compile_spec
from connector_builder.package import Package
from tests.support.flow_manager import SPEC

# Host, place to sign in, resource and the service that paconn calls, of each cloud that has a file of variables.
CLOUDS = {
    "gcc": (
        "gov.api.flow.microsoft.us",
        "https://login.microsoftonline.com",
        "https://gov.service.flow.microsoft.us/",
        "https://gov.api.powerapps.us",
    ),
    "gcc-high": (
        "high.api.flow.microsoft.us",
        "https://login.microsoftonline.us",
        "https://high.service.flow.microsoft.us/",
        "https://high.api.powerapps.us",
    ),
    "dod": (
        "api.flow.appsplatform.us",
        "https://login.microsoftonline.us",
        "https://service.flow.appsplatform.us/",
        "https://api.apps.appsplatform.us",
    ),
    "china": (
        "api.powerautomate.cn",
        "https://login.partner.microsoftonline.cn",
        "https://service.powerautomate.cn/",
        "",
    ),
}


def test_every_cloud_has_a_file() -> None:
    assert {file.stem for file in SPEC.glob("clouds/*")} == CLOUDS.keys()


@pytest.mark.parametrize("cloud", CLOUDS)
def test_another_cloud_differs_in_its_addresses_alone(package: Package, cloud: str) -> None:
    host, login, resource, uploads = CLOUDS[cloud]
    variables = read_variables((), SPEC / "clouds" / f"{cloud}.yaml", {})
    reading = compile_spec(SPEC, variables)
    assert reading.findings == []
    assert reading.package is not None
    assert reading.package.settings == {"powerAppsUrl": uploads}
    other = {"definition": reading.package.definition, "properties": reading.package.properties}
    public = {"definition": package.definition, "properties": package.properties}
    text = (
        json.dumps(other)
        .replace(host, "api.flow.microsoft.com")
        .replace(resource, "https://service.flow.microsoft.com/")
    )
    assert json.loads(text.replace(login, "https://login.microsoftonline.com")) == public
    assert other["definition"]["host"] == host
    oauth = other["properties"]["properties"]["connectionParameters"]["token"]["oAuthSettings"]
    assert oauth["customParameters"]["loginUri"] == {"value": login}
    assert oauth["customParameters"]["resourceUri"] == {"value": resource}
    assert oauth["properties"]["AzureActiveDirectoryResourceId"] == resource
