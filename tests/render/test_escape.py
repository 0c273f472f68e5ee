import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from connector_builder.render.escape import Markdown, link, markdown
from tests.support.pages.render_packages import HOSTILE
from tests.support.properties import examples

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def shown(text: str) -> str:
    """What a reader sees of a text from input: its words and signs."""
    line = " ".join(text.split())
    return re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", "\ufffd", line)


def rendered(page: str, tag: str) -> str:
    """The text of the only element with a tag in a rendered page; it may hold no element itself."""
    found = re.findall(f"<{tag}>(.*?)</{tag}>", READER.render(page), re.DOTALL)
    assert len(found) == 1
    assert "<" not in found[0]
    return html.unescape(found[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_shows_as_it_is(text: str) -> None:
    assert rendered(f"{markdown(text)}\n", "p") == shown(text)
    assert rendered(f"# {markdown(text)}\n", "h1") == shown(text)
    assert rendered(f"- {markdown(text)}\n", "li") == shown(text)
    assert rendered(f"| A |\n| --- |\n| {markdown(text)} |\n", "td") == shown(text)


@examples(300)
@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("#*_[]()<>&|\\`~$-+=.!:/ \n0123w"), min_size=1))
def test_any_text_shows_as_it_is(text: str) -> None:
    if shown(text):
        assert rendered(f"x {markdown(text)} x\n", "p") == f"x {shown(text)} x"
        assert rendered(f"{markdown(text)}\n", "p") == shown(text)
        assert rendered(f"| A |\n| --- |\n| {markdown(text)} |\n", "td") == shown(text)
    assert "\n" not in markdown(text)
    markdown(text).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lists the runs of a flow, newest first.", "Lists the runs of a flow, newest first."),
        ("Contoso (Orders) - v1.0!", "Contoso (Orders) - v1.0!"),
        ("café 日本", "café 日本"),
        ("<script>", "&lt;script&gt;"),
        ("](http://x)", "\\](http\\://x)"),
        ("www.x.example", "www\\.x.example"),
        ("a | b\n\nc", "a \\| b c"),
        ("##vso[a]b", "\\#\\#vso\\[a\\]b"),
        ("1. one", "1\\. one"),
        ("- one", "\\- one"),
        ("it's $top", "it's \\$top"),
        ("a\x1b[31m\u202eb\x00", "a\ufffd\\[31m\ufffdb\ufffd"),
        ("half \ud83d", "half \ufffd"),
        ("\t \n", ""),
        (12, "12"),
    ],
)
def test_exact(text: object, expected: str) -> None:
    assert markdown(text) == expected


def test_markdown_is_not_escaped_again() -> None:
    once = markdown("a_b")
    assert markdown(once) == once == "a\\_b"
    assert markdown(once + "_c") == "a\\\\\\_b\\_c"  # what is put together is text again
    assert isinstance(once, Markdown)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://contoso.example", "<https://contoso.example>"),
        ("https://contoso.example:8443/a/b_c?d=e&f=%20", "<https://contoso.example:8443/a/b_c?d=e&f=%20>"),
        ("http://contoso.example", "http\\://contoso.example"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://user@contoso.example", "https\\://user@contoso.example"),
        ("https://contoso.example/>x", "https\\://contoso.example/&gt;x"),
        ("https://contoso.example/\n", "https\\://contoso.example/"),
        ("https://contoso.example/a b", "https\\://contoso.example/a b"),
        ("https://contoso.example/|", "https\\://contoso.example/\\|"),
    ],
)
def test_link(address: str, expected: str) -> None:
    assert link(address) == expected
