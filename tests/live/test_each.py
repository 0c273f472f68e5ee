"""The pace, the record and the order of the calls for a list; no clock is read."""

from pathlib import Path
from typing import Any

import pytest

from connector_builder.app.live.call.each import Done, One, Outcome, Pace, State, read_items, run
from connector_builder.app.live.call.prepared import value_at
from connector_builder.app.live.call.sending import Answered
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.rates import rate_of
from connector_builder.live.errors import SignInRefused
from connector_builder.live.messages import Request as Sent
from connector_builder.platform.requests import Request
from connector_builder.platform.requests.answers import Described


def ones(count: int) -> list[One]:
    return [
        One(number, {}, Request("A", "POST", "https://a.example", f"/{number}", ())) for number in range(1, count + 1)
    ]


def answer(request: Request) -> Answered:
    return Answered(Sent("POST", request.url, "a"), 204, 0.0, {}, b"", None, False, Described("204", None, ()))


def test_a_rate_spaces_the_beginnings() -> None:
    now, slept = [10.0], list[float]()

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(4.0, clock=lambda: now[0], sleep=sleep)
    for _ in range(3):
        pace.wait()
    now[0] += 5
    pace.wait()
    assert slept == [0.25, 0.25]
    Pace(0).wait()


@pytest.mark.parametrize(("text", "rate"), [("5", 5.0), ("5/s", 5.0), ("90/m", 1.5), ("36/h", 0.01)])
def test_rates(text: str, rate: float) -> None:
    assert rate_of(text).per_second == rate


@pytest.mark.parametrize("text", ["", "0", "-1", "5/d", "x/s", "nan", "inf"])
def test_what_is_no_rate(text: str) -> None:
    with pytest.raises(Misuse, match="isn't a rate"):
        rate_of(text)


def test_the_first_call_is_alone_and_all_are_done_once() -> None:
    called: list[str] = []
    stepped: list[Outcome] = []

    def call(request: Request) -> Answered:
        called.append(request.target)
        return answer(request)

    summary = run(ones(20), call, Done(None), Pace(0), 4, stepped.append)
    assert called[0] == "/1"
    assert sorted(called) == sorted(f"/{number}" for number in range(1, 21))
    assert [one.one.number for one in summary.outcomes] == list(range(1, 21))
    assert (len(stepped), summary.is_good) == (20, True)


def test_the_same_request_is_sent_once() -> None:
    called: list[str] = []

    def call(request: Request) -> Answered:
        called.append(request.target)
        return answer(request)

    summary = run([*ones(2), *ones(1)], call, Done(None), Pace(0), 1, lambda _: None)
    assert called == ["/1", "/2"]
    assert summary.counts == {State.DONE: 2, State.TWICE: 1}


def test_a_refused_sign_in_ends_it() -> None:
    def call(request: Request) -> Answered:
        raise SignInRefused("no")

    summary = run(ones(3), call, Done(None), Pace(0), 2, lambda _: None)
    assert [one.state for one in summary.outcomes] == [State.FAILED, State.NOT_SENT, State.NOT_SENT]
    assert isinstance(summary.stopped, SignInRefused)


def test_the_record_has_no_value_and_is_written_at_once(tmp_path: Path) -> None:
    path = tmp_path / "list.done"
    done = Done(path)
    first, second = ones(2)
    done.add(first)
    assert (path.read_text(encoding="ascii"), len(first.key)) == (f"{first.key}\n", 64)
    assert (first in Done(path), second in Done(path)) == (True, False)
    path.write_bytes(b"\xff")
    with pytest.raises(Misuse, match="can't be read as a record of calls"):
        Done(path)


@pytest.mark.parametrize(
    ("content", "items"),
    [
        ('[1, {"a": 2}]', [1, {"a": 2}]),
        ('{"value": [1], "nextLink": "x"}', [1]),
        ('{"runs": [1, 2], "count": 2}', [1, 2]),
        ('{"a": 1}', [{"a": 1}]),
        ('{"a": 1}\n\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ("", []),
    ],
)
def test_lists(content: str, items: list[Any]) -> None:
    assert read_items("-", lambda _: content.encode()) == items


@pytest.mark.parametrize("content", [b"\xff", b'{"a": 1}\n{', b"[" * 100_000])
def test_what_is_no_list(content: bytes) -> None:
    with pytest.raises(Misuse):
        read_items("-", lambda _: content)


@pytest.mark.parametrize(
    ("path", "value"),
    [("a.b", "1"), ("c.d", "x"), ("c", '{"d": "y"}'), ("missing", None), ("a.b.c", None), ("n", None)],
)
def test_fields_of_items(path: str, value: str | None) -> None:
    assert value_at({"a": {"b": 1}, "c.d": "x", "c": {"d": "y"}, "n": None}, path) == value
    assert value_at("text", ".") == "text"
