import struct
import zlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from connector_builder.checks import engine
from connector_builder.checks.engine import Certification, Checks, examine, fails
from connector_builder.findings import Defect, Finding, Place, Pointer, Related, Rule, Scope, Severity, Text
from connector_builder.findings.diagnostic import Diagnostic, Location
from connector_builder.package import DEFINITION, PROPERTIES, Package, Reading
from connector_builder.rules import Hit
from connector_builder.source.rules import KEY_DUPLICATED

CONTENT = "a: one\nb: two\nc: three\n"
TEXT = Text(Path("x.yaml"), CONTENT)
PLAIN = Rule("Plain", Severity.WARNING, Scope.PRACTICE, "x")
BAD = Rule("Bad", Severity.ERROR, Scope.PLATFORM, "x")
CERTIFIED = Rule("Certified", Severity.ERROR, Scope.CERTIFICATION, "x")
LITTLE = Rule("Little", Severity.NOTE, Scope.CERTIFICATION, "x")
FIXED = Rule("Fixed", Severity.ERROR, Scope.LANGUAGE, "x", fixed=True)


def at(word: str) -> Place:
    start = CONTENT.index(word)
    return Place(TEXT, start, start + len(word))


def rules(findings: Iterable[Finding], checks: Checks) -> list[tuple[str, Severity]]:
    checked = examine(Reading(None, list(findings), [TEXT]), checks, is_spec=True)
    return [(found.rule, found.severity) for found in checked.diagnostics]


class Located:
    """Answers where a package asks, and notes how often."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[Pointer]]] = []

    def __call__(self, document: str, pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        pointers = list(pointers)
        self.asked.append((document, pointers))
        return {pointer: at(str(pointer[0])) if pointer else Place(TEXT) for pointer in pointers}


def with_hits(monkeypatch: pytest.MonkeyPatch, *hits: Hit) -> tuple[list[Diagnostic], Located]:
    located = Located()
    package = Package("x", Path("x.yaml"), {}, {}, located)
    monkeypatch.setattr(engine, "check_package", lambda _, **__: iter(hits))
    return examine(Reading(package, [], [TEXT]), Checks(), is_spec=True).diagnostics, located


def test_hits_become_diagnostics_and_each_document_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    diagnostics, located = with_hits(
        monkeypatch,
        Hit(
            BAD,
            DEFINITION,
            Defect(("two",), "second", "a cure", (Related((), "the file"), Related(("one",), "first used here"))),
        ),
        Hit(PLAIN, PROPERTIES, Defect(("three", 0), "third")),
        Hit(PLAIN, DEFINITION, Defect(("one",), "first")),
    )
    assert located.asked == [
        (DEFINITION, [("two",), (), ("one",), ("one",)]),
        (PROPERTIES, [("three", 0)]),
    ]
    assert [(found.rule, found.location.line, found.document, found.pointer) for found in diagnostics] == [
        ("Plain", 1, DEFINITION, "/one"),
        ("Bad", 2, DEFINITION, "/two"),
        ("Plain", 3, PROPERTIES, "/three/0"),
    ]
    second = diagnostics[1]
    assert (second.help, second.location) == ("a cure", Location("x.yaml", 2, 4, 2, 7, "b: two", 1))
    assert [(related.at.line, related.message) for related in second.related] == [
        (1, "the file"),
        (1, "first used here"),
    ]


def test_findings_of_one_rule_at_one_place_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    diagnostics, _ = with_hits(
        monkeypatch,
        *(Hit(BAD, DEFINITION, Defect(("one", number), "said")) for number in range(40)),
        Hit(BAD, DEFINITION, Defect(("one", "x"), "said otherwise")),
        Hit(PLAIN, DEFINITION, Defect(("one",), "said")),
    )
    assert [(found.rule, found.message, found.pointer, found.count, found.also) for found in diagnostics] == [
        ("Bad", "said", "/one/0", 41, ("said otherwise",)),
        ("Plain", "said", "/one", 1, ()),
    ]


def test_only_some_of_many_messages_are_carried(monkeypatch: pytest.MonkeyPatch) -> None:
    diagnostics, _ = with_hits(
        monkeypatch, *(Hit(BAD, DEFINITION, Defect(("one",), str(number))) for number in range(30))
    )
    assert (diagnostics[0].count, len(diagnostics[0].also)) == (30, engine.MAX_ALSO)


def test_they_are_sorted_by_file_line_column_and_rule() -> None:
    other = Text(Path("a.yaml"), "x: y\n")
    findings = [
        PLAIN.at(at("three"), "m"),
        PLAIN.at(at("one"), "m"),
        BAD.at(at("one"), "m"),
        PLAIN.at(Place(other), "m"),
    ]
    checked = examine(Reading(None, findings, [TEXT, other]), Checks(), is_spec=True)
    assert [(found.location.file, found.location.line, found.rule) for found in checked.diagnostics] == [
        ("a.yaml", 1, "Plain"),
        ("x.yaml", 1, "Bad"),
        ("x.yaml", 1, "Plain"),
        ("x.yaml", 3, "Plain"),
    ]
    assert checked.files == 2


@pytest.mark.parametrize(
    ("certification", "expected"),
    [
        (Certification.OWN, [("Bad", Severity.ERROR), ("Certified", Severity.ERROR), ("Little", Severity.NOTE)]),
        (Certification.WARNING, [("Bad", Severity.ERROR), ("Certified", Severity.WARNING), ("Little", Severity.NOTE)]),
        (Certification.HIDDEN, [("Bad", Severity.ERROR)]),
    ],
)
def test_what_only_certification_minds(certification: Certification, expected: list[tuple[str, Severity]]) -> None:
    findings = [rule.at(at("one"), "m") for rule in (BAD, CERTIFIED, LITTLE)]
    assert rules(findings, Checks(certification=certification)) == expected


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        (Checks(), ["Bad", "Fixed", "Plain"]),
        (Checks(select=frozenset({"Plain"})), ["Fixed", "Plain"]),
        (Checks(ignore=frozenset({"Plain"})), ["Bad", "Fixed"]),
        (Checks(ignore=frozenset({"Fixed", "Bad"})), ["Fixed", "Plain"]),
        (Checks(select=frozenset({"Plain", "Bad"}), ignore=frozenset({"Bad"})), ["Fixed", "Plain"]),
    ],
)
def test_select_and_ignore(checks: Checks, expected: list[str]) -> None:
    findings = [rule.at(at("one"), "m") for rule in (BAD, PLAIN, FIXED)]
    assert [rule for rule, _ in rules(findings, checks)] == expected


def test_a_comment_counts_as_used_though_its_rule_is_not_selected(tmp_path: Path) -> None:
    text = Text(Path("x.yaml"), "a: one # connector-builder: ignore[TemplateUnused]\n")
    from connector_builder.checks.catalogue import CATALOGUE

    finding = CATALOGUE["TemplateUnused"].at(Place(text, 3, 6), "m")
    for checks in (Checks(), Checks(select=frozenset({"IgnoreUnused"})), Checks(ignore=frozenset({"TemplateUnused"}))):
        assert examine(Reading(None, [finding], [text]), checks, is_spec=True).diagnostics == []


def test_a_comment_for_the_second_opinion_is_judged_where_it_is_asked() -> None:
    text = Text(Path("x.yaml"), "a: one # connector-builder: ignore[SecondOpinion]\n")
    reading = Reading(None, [], [text])
    assert examine(reading, Checks(), is_spec=True).diagnostics == []
    found = examine(reading, Checks(), is_spec=True, build=True).diagnostics
    assert [diagnostic.rule for diagnostic in found] == ["IgnoreUnused"]


def test_where_a_part_is_broken_no_comment_is_called_unused() -> None:
    text = Text(Path("x.yaml"), "a: one # connector-builder: ignore[SecondOpinion, IgnoreUnused, Zzz]\n")
    found = examine(Reading(None, [FIXED.at(Place(text, 3, 6), "m")], [text]), Checks(), is_spec=True, build=True)
    assert [diagnostic.rule for diagnostic in found.diagnostics] == ["Fixed", "IgnoreNotValid"]
    found = examine(Reading(None, [], [text]), Checks(), is_spec=True, build=True)
    assert [diagnostic.rule for diagnostic in found.diagnostics] == ["IgnoreUnused", "IgnoreUnused", "IgnoreNotValid"]


def test_no_message_shows_the_value_of_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    hit = Hit(BAD, DEFINITION, Defect(("one",), "it is hunter2", "not hunter2", (Related(("two",), "hunter2 here"),)))
    monkeypatch.setattr(engine, "check_package", lambda _, **__: iter([hit]))
    package = Package("x", Path("x.yaml"), {}, {}, Located())
    reading = Reading(package, [], [TEXT], lambda text: text.replace("hunter2", "${X}"))
    (found,) = examine(reading, Checks(), is_spec=True).diagnostics
    assert (found.message, found.help, found.related[0].message) == ("it is ${X}", "not ${X}", "${X} here")


def test_a_rule_of_packages_does_not_concern_specs() -> None:
    definition = {"swagger": "2.0"}
    package = Package(
        "x",
        Path("x"),
        definition,
        {"properties": {"stackOwner": "Contoso"}},
        lambda _, pointers: dict.fromkeys(pointers, Place(TEXT)),
    )
    found = {
        is_spec: {diagnostic.rule for diagnostic in examine(Reading(package), Checks(), is_spec=is_spec).diagnostics}
        for is_spec in (True, False)
    }
    assert found[False] - found[True] == {"StackOwnerPreventsUpload"}


def test_what_is_broken_in_a_spec_is_not_also_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    hits = [Hit(BAD, DEFINITION, Defect((word,), "it is missing")) for word in ("one", "two", "three")]
    monkeypatch.setattr(engine, "check_package", lambda _, **__: iter(hits))
    findings = [FIXED.at(at("one"), "it is broken"), PLAIN.at(at("two"), "it is odd")]
    reading = Reading(Package("x", Path("x.yaml"), {}, {}, Located()), findings, [TEXT])
    found = {
        is_spec: [
            (found.rule, found.location.line) for found in examine(reading, Checks(), is_spec=is_spec).diagnostics
        ]
        for is_spec in (True, False)
    }
    assert found[True] == [("Fixed", 1), ("Bad", 2), ("Plain", 2), ("Bad", 3)]
    assert found[False] == [("Bad", 1), ("Fixed", 1), ("Bad", 2), ("Plain", 2), ("Bad", 3)]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [(Severity.ERROR, "yyn"), (Severity.WARNING, "nyn"), (Severity.NOTE, "nnn"), (None, "nnn")],
)
def test_fail_on(severity: Severity | None, expected: str) -> None:
    found = Diagnostic("A", Severity.NOTE, Scope.PRACTICE, Defect(Location("x"), "m"))
    diagnostics = [] if severity is None else [found, replace(found, severity=severity)]
    assert "".join("ny"[fails(diagnostics, level)] for level in ("error", "warning", "never")) == expected


def png(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + b"\0\0\xff" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("icon", "expected"),
    [
        (png(100, 100), []),
        (png(100, 90), [("IconNotCertifiable", Severity.WARNING)]),
        (png(256, 256), [("IconNotCertifiable", Severity.WARNING)]),
        (b"GIF89a", [("IconNotValid", Severity.ERROR)]),
        (None, []),
    ],
)
def test_icons(icon: bytes | None, expected: list[tuple[str, Severity]]) -> None:
    package = Package("x", Path("x.yaml"), None, None, Located(), icon=icon, icon_place=at("two"))
    checked = examine(Reading(package, [], [TEXT]), Checks(), is_spec=True)
    assert [(found.rule, found.severity) for found in checked.diagnostics] == expected


def test_a_rule_that_is_told_once_is_one_finding_at_the_first_place(monkeypatch: pytest.MonkeyPatch) -> None:
    once = Rule("Once", Severity.NOTE, Scope.PRACTICE, "x", told_once=True)
    diagnostics, _ = with_hits(
        monkeypatch,
        Hit(once, DEFINITION, Defect(("three",), "same")),
        Hit(once, DEFINITION, Defect(("one",), "same", "the first help")),
        Hit(once, DEFINITION, Defect(("two",), "same")),
        Hit(once, DEFINITION, Defect(("two",), "another")),
        Hit(once, PROPERTIES, Defect(("two",), "same")),
    )
    assert [(one.location.line, one.message, one.count, one.places, one.document) for one in diagnostics] == [
        (1, "same", 3, 3, DEFINITION),
        (2, "another", 1, 1, DEFINITION),
        (2, "same", 1, 1, PROPERTIES),
    ]
    assert (diagnostics[0].pointer, diagnostics[0].help) == ("/one", "the first help")


def test_what_only_uploads_mind_is_silent_for_certification() -> None:
    properties = {"properties": {"stackOwner": "Contoso"}}
    package = Package("x", Path("x"), None, properties, lambda _, pointers: dict.fromkeys(pointers, Place(TEXT)))
    found = {certification: rules_of(package, Checks(certification=certification)) for certification in Certification}
    assert found[Certification.WARNING] == [("StackOwnerPreventsUpload", Severity.NOTE)]
    assert "StackOwnerPreventsUpload" not in dict(found[Certification.OWN])


def rules_of(package: Package, checks: Checks) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in examine(Reading(package), checks, is_spec=False).diagnostics]


def test_a_key_given_twice_is_a_warning_in_a_package_and_can_be_ignored() -> None:
    def found(checks: Checks, *, is_spec: bool) -> list[tuple[str, Severity]]:
        reading = Reading(None, [KEY_DUPLICATED.at(at("one"), "twice")], [TEXT])
        return [(one.rule, one.severity) for one in examine(reading, checks, is_spec=is_spec).diagnostics]

    ignoring = Checks(ignore=frozenset({"KeyDuplicated"}))
    assert found(Checks(), is_spec=False) == [("KeyDuplicated", Severity.WARNING)]
    assert found(ignoring, is_spec=False) == []
    assert found(ignoring, is_spec=True) == [("KeyDuplicated", Severity.ERROR)]
