"""Which findings an entry of the configuration hides."""

from pathlib import Path

import pytest

from connector_builder.checks.accepted import Accepted, Entry, Met, entry
from connector_builder.findings import Defect, Scope, Severity
from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.findings.fingerprint import identity
from tests.support.growth import calls

POINTER = "/paths/~1orders/get/parameters/2"


def diagnostic(
    rule: str = "R", file: str = "specs/a.yaml", pointer: str | None = POINTER, *, fixed: bool = False
) -> Diagnostic:
    defect = Defect(Location(file, 3, 1, 3, 5, "text"), "message")
    return Diagnostic(rule, Severity.ERROR, Scope.PLATFORM, defect, pointer and "d.json", pointer, fixed=fixed)


def hides(file: str | None, pointer: str | None, folder: Path | None = None) -> bool:
    accepted = Accepted((entry("R", folder or Path.cwd(), file, pointer),))
    kept, _ = accepted.without([diagnostic()], (), "", lambda _: True)
    return not kept


@pytest.mark.parametrize(
    ("file", "pointer", "hidden"),
    [
        ("specs/a.yaml", None, True),
        ("./specs/a.yaml", None, True),
        ("specs/*", None, True),
        ("**/a.yaml", None, True),
        ("**", None, True),
        ("specs/**", None, True),
        ("specs/[ab].y?ml", None, True),
        ("*.yaml", None, False),
        ("specs", None, False),
        ("specs/b.yaml", None, False),
        ("SPECS/a.yaml", None, False),
        (None, POINTER, True),
        (None, "/paths/*/get/parameters/*", True),
        (None, "/paths/**", True),
        (None, "/**/parameters/2", True),
        (None, "/paths/*", False),
        (None, "/paths/~1orders/get", False),
        ("specs/a.yaml", "/definitions/**", False),
        ("specs/b.yaml", "/paths/**", False),
    ],
)
def test_what_an_entry_hides(file: str | None, pointer: str | None, hidden: bool) -> None:
    assert hides(file, pointer) is hidden


def test_a_file_is_relative_to_the_configuration() -> None:
    assert hides("a.yaml", None, Path.cwd() / "specs")
    assert hides(f"{Path.cwd().name}/specs/a.yaml", None, Path.cwd().parent)
    assert not hides("specs/a.yaml", None, Path.cwd().parent)


def test_only_its_rule_and_what_can_be_ignored() -> None:
    everything = Accepted((Entry("R"),))
    found = [diagnostic(), diagnostic("S"), diagnostic(fixed=True), diagnostic(pointer=None)]
    kept, met = everything.without(found, (), "", lambda _: True)
    assert (kept, met) == (found[1:3], Met(frozenset({0}), frozenset({0})))


def test_an_entry_for_a_pointer_hides_nothing_that_has_none() -> None:
    found = [diagnostic(pointer=None)]
    assert Accepted((Entry("R", pointer=("**",)),)).without(found, (), "", lambda _: True)[0] == found


def test_an_entry_is_seen_where_its_file_was_checked_for_its_rule() -> None:
    accepted = Accepted((entry("R", Path.cwd(), "specs/*.yaml", None), Entry("R"), entry("S", Path.cwd(), "**", None)))
    _, met = accepted.without([], {"specs/a.yaml"}, "specs/a.yaml", lambda rule: rule == "R")
    assert met == Met(seen=frozenset({0, 1}), doubted=frozenset({2}))


def test_a_baseline_hides_as_many_as_it_has() -> None:
    known = diagnostic()
    accepted = Accepted((), {identity(known): 2, identity(diagnostic("S")): 3})
    kept, met = accepted.without([known, known, known, diagnostic("S")], {"specs/a.yaml"}, "", lambda _: True)
    assert (kept, met.gone) == ([known], {identity(known): 0, identity(diagnostic("S")): 2})
    _, met = accepted.without([], {"specs/b.yaml"}, "specs/b.yaml", lambda _: True)
    assert met.gone == {}
    _, met = accepted.without([], {"specs/b.yaml"}, "specs", lambda rule: rule == "S")
    assert met.gone == {identity(diagnostic("S")): 3}


def test_a_hostile_pattern_takes_linear_time() -> None:
    def work(size: int) -> None:
        accepted = Accepted((Entry("R", pointer=tuple(["**", "a"] * size)),))
        accepted.without([diagnostic(pointer="/a" * 200)], (), "", lambda _: True)

    assert calls(lambda: work(400)) < 3 * calls(lambda: work(200))
