import pytest

from connector_builder.live.retries import is_passing, pause

DATE = "Sat, 01 Jan 2000 00:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 4.0),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 0 "}, 0.0),
        ({"retry-after": "Sat, 01 Jan 2000 00:01:30 GMT", "date": DATE}, 90.0),
        ({"retry-after": DATE, "date": "Sat, 01 Jan 2000 00:01:30 GMT"}, 0.0),
        ({"retry-after": "Sat, 01 Jan 2000 00:01:30 GMT"}, 4.0),
        ({"retry-after": "Sat, 01 Jan 2000 00:01:30", "date": DATE}, 4.0),
        ({"retry-after": "soon"}, 4.0),
        ({"retry-after": "-5"}, 4.0),
        ({"retry-after": "\u0663"}, 4.0),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert pause(2, headers) == seconds


def test_what_may_be_sent_again() -> None:
    statuses = (200, 400, 401, 403, 404, 408, 409, 425, 429, 500, 501, 502, 503, 504)
    assert [s for s in statuses if is_passing(s, may_repeat=True)] == [408, 425, 429, 500, 502, 503, 504]
    assert [s for s in statuses if is_passing(s, may_repeat=False)] == [429]
