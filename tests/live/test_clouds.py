from urllib.parse import urlsplit

import pytest

from connector_builder.live.clouds import CLOUDS, VARIABLES, Cloud, cloud_named, is_safe, scope_of
from connector_builder.live.errors import WronglyAsked

FLOWS = {
    "public": "https://service.flow.microsoft.com/",
    "gcc": "https://gov.service.flow.microsoft.us/",
    "gcc-high": "https://high.service.flow.microsoft.us/",
    "dod": "https://service.flow.appsplatform.us/",
    "china": "https://service.powerautomate.cn/",
}
POWER_APPS = {
    "public": "https://service.powerapps.com/",
    "gcc": "https://gov.service.powerapps.us/",
    "gcc-high": "https://high.service.powerapps.us/",
    "dod": "https://service.apps.appsplatform.us/",
    "china": "https://service.powerapps.cn/",
}


def test_the_audiences_of_each_cloud() -> None:
    assert {name: cloud.flow.audience for name, cloud in CLOUDS.items()} == FLOWS
    assert {name: cloud.power_apps.audience for name, cloud in CLOUDS.items()} == POWER_APPS
    assert {name: cloud.admin.audience for name, cloud in CLOUDS.items()} == POWER_APPS


@pytest.mark.parametrize("cloud", CLOUDS.values(), ids=CLOUDS)
def test_every_base_url_is_one(cloud: Cloud) -> None:
    urls = [cloud.login, cloud.authority, *(service.url for service in cloud.services)]
    for url in urls:
        parts = urlsplit(url)
        assert (parts.scheme, parts.path, parts.query, url) == ("https", "", "", f"https://{parts.hostname}")
    assert cloud.dataverse == ""
    assert cloud.digits == (2 if cloud.name == "public" else 1)


def test_no_two_clouds_share_a_host_of_power_platform() -> None:
    hosts = [cloud.power_apps.url for cloud in CLOUDS.values()] + [cloud.admin.url for cloud in CLOUDS.values()]
    assert len(set(hosts)) == len(hosts)


def test_the_scope_of_an_audience_with_a_slash_has_two() -> None:
    assert scope_of("https://service.powerapps.com/") == "https://service.powerapps.com//.default"
    assert scope_of("https://apihub.azure.com") == "https://apihub.azure.com/.default"


def test_variables_replace_base_urls_and_never_audiences() -> None:
    given = {name: f"http://127.0.0.1:{port}/" for port, name in enumerate(VARIABLES, 8000)}
    cloud, before = cloud_named("public", given), CLOUDS["public"]
    assert cloud.login == "http://127.0.0.1:8000"
    assert cloud.power_apps.url == "http://127.0.0.1:8001"
    assert cloud.dataverse == "http://127.0.0.1:8006"
    assert cloud.authority == before.authority
    assert [one.audience for one in cloud.services] == [one.audience for one in before.services]


def test_an_empty_variable_replaces_nothing() -> None:
    assert cloud_named("dod", {"CB_URL_LOGIN": ""}) == CLOUDS["dod"]


@pytest.mark.parametrize(
    "url", ["api.contoso.example", "http://api.contoso.example", "https://", "https://a:b@c.example", "https://c.example?x=1", "https://[", "ftp://c.example"]
)  # fmt: skip
def test_a_variable_without_a_base_url(url: str) -> None:
    with pytest.raises(WronglyAsked) as raised:
        cloud_named("public", {"CB_URL_POWER_APPS": url})
    assert raised.value.message == "the variable CB_URL_POWER_APPS contains no base URL"
    assert raised.value.exit_status == 2


def test_an_unknown_cloud() -> None:
    with pytest.raises(WronglyAsked) as raised:
        cloud_named("gcc-hihg", {})
    assert (raised.value.message, raised.value.help) == ("there is no cloud 'gcc-hihg'", "did you mean 'gcc-high'?")
    with pytest.raises(WronglyAsked) as raised:
        cloud_named("mars", {})
    assert raised.value.help == "the clouds are public, gcc, gcc-high, dod, china"


def test_tokens_go_by_tls_or_to_this_machine() -> None:
    assert [
        is_safe(url) for url in ("https://a.example", "http://127.0.0.1:1/x", "http://localhost", "http://[::1]:5")
    ] == [True] * 4
    assert [
        is_safe(url) for url in ("http://a.example", "http://127.0.0.1.a.example", "https://[", "", "file:///x")
    ] == [False] * 5
