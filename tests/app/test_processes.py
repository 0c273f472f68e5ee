import os
import pickle
from pathlib import Path

import pytest

from connector_builder.app.shared import processes as many
from connector_builder.app.shared.misuse import Misuse
from connector_builder.app.shared.processes import Crash, each, where

ITEMS = list(range(many.WORTH))


def double(item: int) -> int:
    return item * 2


def process(_item: int) -> int:
    return os.getpid()


def fails_at_seven(item: int) -> int:
    if item == 7:
        raise KeyError("a secret")
    return item


def misused_at_seven(item: int) -> int:
    if item == 7:
        raise Misuse("message", "help")
    return item


def ends_at_seven(item: int) -> int:
    if item == 7:
        os._exit(1)
    return item


def test_few_items_are_done_here() -> None:
    assert list(each(double, ITEMS[: many.WORTH - 1], jobs=4)) == [item * 2 for item in ITEMS[: many.WORTH - 1]]
    assert set(each(process, ITEMS[:3], jobs=4)) == {os.getpid()}
    assert set(each(process, ITEMS, jobs=1)) == {os.getpid()}
    assert list(each(double, [])) == []


def test_many_items_are_done_elsewhere_in_order() -> None:
    assert os.getpid() not in set(each(process, ITEMS, jobs=2))
    assert list(each(double, ITEMS, jobs=2)) == [item * 2 for item in ITEMS]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_crash_names_the_item_and_shows_no_message(jobs: int) -> None:
    with pytest.raises(Crash) as caught:
        list(each(fails_at_seven, ITEMS, jobs=jobs))
    assert (caught.value.item, caught.value.where) == (
        "7",
        "KeyError in app/shared/processes.py:" + caught.value.where.split(":")[-1],
    )
    assert "fails_at_seven" in caught.value.details
    assert "a secret" not in caught.value.where


@pytest.mark.parametrize("jobs", [1, 2])
def test_misuse_is_handed_on(jobs: int) -> None:
    with pytest.raises(Misuse) as caught:
        list(each(misused_at_seven, ITEMS, jobs=jobs))
    assert (caught.value.message, caught.value.help) == ("message", "help")


def test_a_process_that_the_system_ends_is_no_defect_of_ours() -> None:
    with pytest.raises(Misuse) as caught:
        list(each(ends_at_seven, ITEMS, jobs=2))
    beginning, _, item = caught.value.message.partition(" at ")
    assert beginning == "the system ended a worker process"
    assert int(item.strip("'")) <= 7
    assert caught.value.help == (
        "the usual reason is too little memory: give the process more, or use fewer processes with --jobs 1"
    )


def test_exceptions_can_be_handed_between_processes() -> None:
    crash = pickle.loads(pickle.dumps(Crash("item", "where", "details")))
    assert (crash.item, crash.where, crash.details) == ("item", "where", "details")
    misuse = pickle.loads(pickle.dumps(Misuse("message", "help")))
    assert (misuse.message, misuse.help) == ("message", "help")


def test_where_an_error_came_from() -> None:
    assert where(ValueError("x")) == "ValueError"
    with pytest.raises(Misuse) as caught:
        many_misuse()
    assert where(caught.value).startswith("Misuse in app/shared/targets.py:")


def many_misuse() -> None:
    from connector_builder.app.shared.targets import find_targets

    find_targets([Path("nowhere at all")])
