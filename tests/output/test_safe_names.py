import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector_builder.output import safe_names, safe_slug
from connector_builder.source.names import is_portable, is_slug
from tests.support.properties import examples


@pytest.mark.parametrize(
    "name",
    ["ListFlows", "list_flows", "list-flows", "v1.ListFlows", "_", "7", "a..b", "x" * 80, "console", "com10", "lpt"],
)
def test_a_name_that_every_system_takes_stays(name: str) -> None:
    assert safe_names([name]) == {name: name}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Get flow", "Get-flow-c38504d4"),
        ("../x", "x-d6b96a97"),
        ("/etc/passwd", "etc-passwd-74acf318"),
        ("..\\x", "x-ff867350"),
        ("C:\\x", "C-x-520186e2"),
        ("..", "5ec1f7e7"),
        ("", "e3b0c442"),
        ("-rf", "rf-686c39ac"),
        (".git", "git-4d0a4dff"),
        ("end.", "end-2e18562d"),
        ("end ", "end-41b53546"),
        ("a\x00b\x1b[31m\n", "a-b-31m-c2745fc8"),
        ("Größe", "Gr-e-aedc3f80"),
        ("流", "d526fa64"),
        ("half\ud83d", "half-faddb12f"),
        ("CON", "_CON-a3dbc4b6"),
        ("nul", "_nul-99e62427"),
        ("Com1.list", "_Com1.list-cfef4ec2"),
        ("aux.", "_aux-8c04f93a"),
        ("x" * 81, "x" * 80 + "-4d1f7bb8"),
    ],
)
def test_any_other_name_is_marked_by_a_hash_of_itself(name: str, safe: str) -> None:
    assert safe_names([name]) == {name: safe}


def test_names_that_differ_in_case_alone_are_both_marked_whatever_their_order() -> None:
    expected = {"GetRun": "GetRun-ecc94585", "getrun": "getrun-69ba66c9", "Other": "Other"}
    assert safe_names(["GetRun", "getrun", "Other"]) == expected
    assert safe_names(["Other", "getrun", "GetRun"]) == expected


def test_one_name_twice_is_one_name() -> None:
    assert safe_names(["A", "A"]) == {"A": "A"}


def test_a_name_that_looks_like_the_marked_one_of_another_stays_distinct() -> None:
    marked = safe_names(["a b"])["a b"]
    safe = safe_names(["a b", marked])
    assert safe[marked].startswith(f"{marked}-")
    assert len({text.lower() for text in safe.values()}) == 2


def test_names_whose_short_hashes_are_equal_stay_distinct(monkeypatch: pytest.MonkeyPatch) -> None:
    from connector_builder.source import names

    real = names._digest
    monkeypatch.setattr(names, "_digest", lambda text, digits: "0" * 8 if digits == 8 else real(text, digits))
    safe = safe_names(["a b", "a?b", "a-b"])
    assert safe == {"a b": f"a-b-{real('a b', 64)}", "a?b": f"a-b-{real('a?b', 64)}", "a-b": "a-b"}


ODD_NAMES = st.lists(st.text() | st.sampled_from(["CON", "con", "nul.x", "../x", "a", "A", "á", "a\u0301", "x" * 300]))


@examples(200)
@given(ODD_NAMES)
def test_all_names_are_portable_and_no_two_are_equal_without_case(names: list[str]) -> None:
    safe = safe_names(names)
    assert list(safe) == list(dict.fromkeys(names))
    assert all(is_portable(f"samples/{text}.default.json") for text in safe.values())
    assert len({text.lower() for text in safe.values()}) == len(safe)
    assert safe == {name: safe_names(reversed(names))[name] for name in safe}


@pytest.mark.parametrize(
    ("stem", "slug"),
    [
        ("power-automate-management", "power-automate-management"),
        ("Power_Automate (v2)", "power-automate-v2"),
        ("  a  ", "a"),
        ("Größe", "grosse"),
        ("Café", "cafe"),
        (unicodedata.normalize("NFD", "Café"), "cafe"),
        ("流れ", "connector-9f6e121f"),
        ("", "connector-e3b0c442"),
        ("---", "connector-cb3f91d5"),
        ("../..", "connector-0cfd1c96"),
        ("CON", "con-connector"),
        ("com1.v2", "com1-v2"),
        ("x" * 64, "x" * 64),
        ("x" * 65, "x" * 64 + "-9537c5fd"),
    ],
)
def test_slug(stem: str, slug: str) -> None:
    assert safe_slug(stem) == slug
    assert is_slug(slug)


@examples(200)
@given(st.text())
def test_every_text_gives_a_slug(stem: str) -> None:
    assert is_slug(safe_slug(stem))


@pytest.mark.parametrize(
    "name",
    ["", "/x", "x/", "a//b", "../x", "a/../b", "./x", "C:x", "a\\b", "a b", "NUL", "a/con.json", "x.", "é", "x" * 200],
)
def test_a_name_that_some_system_does_not_take_is_not_portable(name: str) -> None:
    assert not is_portable(name)


@pytest.mark.parametrize("slug", ["", "A", "a--b", "-a", "a-", "con", "a.b", "..", "a/b", "é", "a\n"])
def test_no_other_text_is_a_slug(slug: str) -> None:
    assert not is_slug(slug)


@pytest.mark.parametrize("stem", ["café", "приём", "café " * 20])
def test_a_slug_is_the_same_in_every_normal_form(stem: str) -> None:
    forms = {unicodedata.normalize(form, stem) for form in ("NFC", "NFD")}
    assert len(forms) == 2
    assert len({safe_slug(form) for form in forms}) == 1
