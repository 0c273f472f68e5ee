"""Calls an operation once for each item of a list: some at a time, no faster than allowed, and each item only once.

What succeeded is recorded in a file, so that a second run goes on where the first stopped. The file has no value of any
item: only hashes of the requests.
"""

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from connector_builder.app.live.call.prepared import NotSent, Prepared, Told, fields_of, read_file
from connector_builder.app.live.call.sending import Answered
from connector_builder.app.shared.misuse import Misuse
from connector_builder.live.errors import LiveError, ServiceRefused, Unreachable
from connector_builder.platform.requests import Request
from connector_builder.secrets.known import hidden

MAX_ITEMS = 100_000
_TOLD = 20


class State(StrEnum):
    """How the call of one item ended."""

    DONE = "done"
    BEFORE = "done before"
    FAILED = "failed"
    UNKNOWN = "unknown"
    TWICE = "twice in the list"
    NOT_SENT = "not sent"


@dataclass(frozen=True, slots=True)
class One:
    """An item with its request. `number` counts from 1."""

    number: int
    item: Any
    request: Request

    @property
    def key(self) -> str:
        """Returns a hash of the request, which says nothing about its values."""
        parts = (self.request.operation, self.request.verb, self.request.url, repr(self.request.headers))
        content = "\n".join(parts).encode("utf-8", "replace") + b"\n" + (self.request.body or b"")
        return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an item: its answer, or the reason why there is none."""

    one: One
    state: State
    answer: Answered | None = None
    reason: str = ""
    status: int = 0
    error: LiveError | None = None


@dataclass(slots=True)
class Summary:
    """The result of a run. `stopped` is the error that ended it early."""

    outcomes: list[Outcome] = field(default_factory=list)
    stopped: LiveError | None = None

    @property
    def counts(self) -> Counter[State]:
        return Counter(one.state for one in self.outcomes)

    @property
    def is_good(self) -> bool:
        return self.stopped is None and not {State.FAILED, State.UNKNOWN, State.NOT_SENT} & self.counts.keys()


def read_items(name: str, stdin: Callable[[int], bytes]) -> list[Any]:
    """Returns the items of a file, `-` for standard input: a JSON array, an object with one list, or JSON lines.

    Raises Misuse.
    """
    try:
        content = stdin(100 * 1024 * 1024) if name == "-" else read_file(name)
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Misuse(f"--each: '{name}' isn't UTF-8") from None
    except ValueError as reason:
        raise Misuse(f"--each {reason}") from None
    found = _parsed(text, name)
    if len(found) > MAX_ITEMS:
        raise Misuse(f"--each: '{name}' has more than {MAX_ITEMS:,} items", "split it")
    return found


def _parsed(text: str, name: str) -> list[Any]:
    try:
        data = json.loads(text)
    except RecursionError:
        raise Misuse(f"--each: '{name}' is too deep") from None
    except ValueError:
        return list(_lines(text, name))
    if isinstance(data, dict):
        lists = [one for one in data.values() if isinstance(one, list)]
        return data["value"] if isinstance(data.get("value"), list) else lists[0] if len(lists) == 1 else [data]
    return data if isinstance(data, list) else [data]


def _lines(text: str, name: str) -> Iterator[Any]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError):
                help_ = "write a JSON array, or one JSON value on each line"
                raise Misuse(f"--each: line {number} of '{name}' isn't JSON", help_) from None


def requests_of(prepared: Prepared, found: Sequence[Any]) -> list[One]:
    """Returns the requests of all items. Raises NotSent with what is wrong with any: then none is sent."""
    if found and not fields_of(prepared.given):
        help_ = "name a field of the items in braces, such as run={name}"
        raise NotSent([Told("", "no value has a field of the items, so that all calls would be the same", help_)])
    made, told = list[One](), list[Told]()
    for number, item in enumerate(found, 1):
        try:
            made.append(One(number, item, prepared.request(item)))
        except NotSent as error:
            told += [one._replace(message=f"item {number}: {one.message}") for one in error.told]
    if told:
        more = len(told) - _TOLD
        raise NotSent([*told[:_TOLD], *([Told("", f"and {more} more problems")] if more > 0 else [])])
    return made


class Done:
    """The record of the requests that succeeded: a file with a hash on each line; nothing is kept without a file."""

    def __init__(self, path: Path | None) -> None:
        """Reads the record. Raises Misuse if it can't be read."""
        self._path, self._lock = path, threading.Lock()
        try:
            text = path.read_text(encoding="ascii") if path is not None and path.exists() else ""
        except (OSError, UnicodeDecodeError):
            raise Misuse(f"'{path}' can't be read as a record of calls", "name another file with --done") from None
        self._keys = set(text.split())

    def __contains__(self, one: One) -> bool:
        return one.key in self._keys

    def add(self, one: One) -> None:
        """Adds a request, at once, so that a run that is killed has recorded it. Raises Misuse."""
        with self._lock:
            self._keys.add(one.key)
            if self._path is not None:
                try:
                    with self._path.open("a", encoding="ascii", newline="\n") as file:
                        file.write(f"{one.key}\n")
                except OSError as error:
                    raise Misuse(f"'{self._path}' can't be written: {error.strerror}") from error


class Pace:
    """Lets calls begin no faster than a rate, in calls per second; 0 for any."""

    def __init__(
        self, rate: float, *, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._gap, self._clock, self._sleep = 1 / rate if rate else 0.0, clock, sleep
        self._next, self._lock = 0.0, threading.Lock()

    def wait(self) -> None:
        """Waits until the next call may begin."""
        if self._gap:
            with self._lock:
                now = self._clock()
                begin = max(now, self._next)
                self._next = begin + self._gap
            if begin > now:
                self._sleep(begin - now)


def run(
    ones: Iterable[One],
    call: Callable[[Request], Answered],
    done: Done,
    pace: Pace,
    jobs: int,
    step: Callable[[Outcome], object],
) -> Summary:
    """Calls for each item, at most `jobs` at a time, and `step` with each outcome.

    The first call is alone, so that a person signs in only once. A refused sign-in ends the run.
    """
    summary = Summary()
    left: dict[str, One] = {}
    for one in ones:
        if one in done or one.key in left:
            _ended(Outcome(one, State.BEFORE if one in done else State.TWICE), summary, step)
        else:
            left[one.key] = one
    queue, running = iter(left.values()), set[Future[Outcome]]()
    if (first := next(queue, None)) is not None:
        _ended(_called(first, call, done, pace), summary, step)
    with ThreadPoolExecutor(jobs) as pool:
        while summary.stopped is None:
            while len(running) < jobs and (following := next(queue, None)) is not None:
                running.add(pool.submit(_called, following, call, done, pace))
            if not running:
                break
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                _ended(future.result(), summary, step)
        for future in running:
            _ended(future.result(), summary, step)
        for one in queue:
            _ended(Outcome(one, State.NOT_SENT, reason="the run ended before"), summary, step)
    summary.outcomes.sort(key=lambda outcome: outcome.one.number)
    return summary


def _ended(outcome: Outcome, summary: Summary, step: Callable[[Outcome], object]) -> None:
    summary.outcomes.append(outcome)
    if outcome.error is not None and outcome.error.exit_status != ServiceRefused.exit_status:
        summary.stopped = outcome.error  # the others would end in the same way
    step(outcome)


def _called(one: One, call: Callable[[Request], Answered], done: Done, pace: Pace) -> Outcome:
    pace.wait()
    try:
        with hidden(one.request.passwords):  # only for this call: there may be 100,000 of them
            answer = call(one.request)
    except Unreachable as error:
        return Outcome(one, State.UNKNOWN if error.lost else State.FAILED, reason=error.message, error=error)
    except LiveError as error:
        return Outcome(one, State.FAILED, reason=error.message, error=error)
    if answer.error is not None:
        return Outcome(one, State.FAILED, answer, answer.error.message, answer.status, answer.error)
    done.add(one)
    return Outcome(one, State.DONE, answer, status=answer.status)
