"""Our scripts, compiled and run: what the service answers goes in, and what flows see comes out."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.programs.csharp import Answer, Compiler, NotInstalledError, Script, find

pytestmark = pytest.mark.installs

ROOT = Path(__file__).parents[2]
USGS = ROOT / "specs" / "usgs-earthquakes"
STARTER = ROOT / "templates" / "init" / "script"

SERVICE = "https://earthquake.usgs.gov/fdsnws/event/1/query"
FIND = f"{SERVICE}?minmagnitude=4.5&format=geojson"
POLL = f"{SERVICE}?minmagnitude=4.5&updatedafter=2026-01-30T08%3A00%3A00.001&format=geojson"


@pytest.fixture(scope="module")
def compiler(tmp_path_factory: pytest.TempPathFactory) -> Compiler:
    try:
        return find(tmp_path_factory.mktemp("custom_code"))
    except NotInstalledError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def usgs(compiler: Compiler) -> Script:
    return compiler.script(USGS / "script.csx")


@pytest.fixture(scope="module")
def starter(compiler: Compiler) -> Script:
    return compiler.script(STARTER / "script.csx")


def feature(**properties: Any) -> dict[str, Any]:
    """An earthquake as the service tells it: the one of the samples, with other `properties`."""
    report = {
        "mag": 5.2,
        "place": "40 km SW of Port Contoso",
        "time": 1769860800250,
        "updated": 1769861970040,
        "tz": None,
        "url": "https://earthquake.usgs.gov/earthquakes/eventpage/us7000abcd",
        "felt": None,
        "alert": "green",
        "status": "reviewed",
        "tsunami": 0,
        "sig": 416,
        "net": "us",
        "magType": "mww",
        "type": "earthquake",
        "title": "M 5.2 - 40 km SW of Port Contoso",
    }
    point = {"type": "Point", "coordinates": [166.5, -12.25, 35.5]}
    return {"type": "Feature", "properties": report | properties, "geometry": point, "id": "us7000abcd"}


def collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "metadata": {"count": len(features)}, "features": features})


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sample(name: str) -> str:
    """A sample of the spec, as the script writes it."""
    return compact(json.loads((USGS / "samples" / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("operation", ["FindEarthquakes", "WhenEarthquakeIsReported"])
def test_usgs_writes_the_list_that_the_sample_shows(usgs: Script, operation: str) -> None:
    assert usgs(operation, FIND, collection(feature())) == Answer(
        status=200, media_type="application/json", body=sample("earthquakes.json"), sent=[f"GET {FIND}"]
    )


def test_usgs_writes_the_earthquake_that_the_sample_shows(usgs: Script) -> None:
    answer = usgs("GetEarthquake", f"{SERVICE}?eventid=us7000abcd&format=geojson", json.dumps(feature()))
    assert (answer.status, answer.body) == (200, sample("earthquake.json"))


def test_usgs_polls_on_from_the_newest_report(usgs: Script) -> None:
    reports = [feature(updated=1769861970040), feature(updated=1769947199999), feature(updated=1769861970041)]
    found = json.loads(usgs("WhenEarthquakeIsReported", POLL, collection(*reports)).body)
    assert found["next"] == "2026-02-01T12:00:00.000"
    assert [one["updated"] for one in found["earthquakes"]] == [
        "2026-01-31T12:19:30.040Z",
        "2026-02-01T11:59:59.999Z",
        "2026-01-31T12:19:30.041Z",
    ]


@pytest.mark.parametrize(
    ("url", "expected"),
    [(POLL, "2026-01-30T08:00:00.001"), (FIND, "1970-01-01T00:00:00.000")],
    ids=["where it was", "at the first"],
)
@pytest.mark.parametrize(("status", "body"), [(200, collection()), (204, "")], ids=["empty", "no content"])
def test_usgs_polls_on_from_the_same_place_where_nothing_is_new(
    usgs: Script, url: str, expected: str, status: int, body: str
) -> None:
    answer = usgs("WhenEarthquakeIsReported", url, body, status)
    assert (answer.status, answer.body) == (200, compact({"earthquakes": [], "next": expected}))


def test_usgs_keeps_what_the_service_doesnt_know_and_texts_as_they_are(usgs: Script) -> None:
    title = "M ? - 2026-01-31T12:00:00Z, Île de l'Est"
    told = feature(mag=None, magType=None, alert=None, tsunami=None, title=title, time=-1)
    told["geometry"]["coordinates"][2] = None
    found = json.loads(usgs("FindEarthquakes", FIND, collection(told, feature(tsunami=1))).body)["earthquakes"]
    assert {name: found[0][name] for name in ("magnitude", "magnitudeType", "alert", "depth")} == {
        "magnitude": None,
        "magnitudeType": None,
        "alert": None,
        "depth": None,
    }
    assert (found[0]["title"], found[0]["time"]) == (title, "1969-12-31T23:59:59.999Z")
    assert [one["tsunami"] for one in found] == [False, True]


@pytest.mark.parametrize("status", [400, 404, 409, 503])
def test_usgs_lets_failures_pass(usgs: Script, status: int) -> None:
    answer = usgs("GetEarthquake", FIND, "Error: bad starttime", status)
    assert (answer.status, answer.body) == (status, "Error: bad starttime")


def test_the_starter_makes_a_list_of_the_rates(starter: Script) -> None:
    url = "https://rates.contoso.example/v1/rates/EUR"
    answer = starter("ListRates", url, '{"base": "EUR", "rates": {"USD": 1.08, "JPY": 162.5}}')
    assert (answer.status, answer.media_type, answer.sent) == (200, "application/json", [f"GET {url}"])
    assert json.loads(answer.body) == {"value": [{"currency": "USD", "rate": 1.08}, {"currency": "JPY", "rate": 162.5}]}
    assert json.loads(starter("ListRates", url, "{}").body) == {"value": []}
    assert starter("ListRates", url, "no such currency", 404).body == "no such currency"
