"""Reference pages."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from connector_builder.app.docs import page_for
from connector_builder.package.read import read_package
from connector_builder.render.reference.writing import Entry, index, written
from connector_builder.render.web import Anchors, address, data_address, policy
from tests.support.corpus import PARTS, connectors, needs_corpus
from tests.support.hostile.hostile_pages import hostile, structure
from tests.support.pages.reference_packages import whole
from tests.support.pages.render_packages import HOSTILE, bare

GOLDEN = Path(__file__).parent / "golden/reference"
BOTH = ("markdown", "html")
KEYS = {
    "responses", "200", "201", "204", "404", "headers", "examples", "delete", "metadata", "allowSharing", "enum",
    "x-ms-notification-content", "x-ms-notification-url", "x-ms-api-annotation", "replacement", "x-ms-dynamic-schema", "default",
    "x-ms-enum-values", "displayName", "allowedValues", "text", "Line", "Person", "/orders", "/orders/{id}",
}  # fmt: skip
VALUES = {
    "string", "integer", "number", "boolean", "array", "object", "path", "query", "header", "body", "single", "batch", "uuid", "int32",
    "binary", "date-time", "#/definitions/Line", "#/definitions/Person", "true", "url", "value",
}  # fmt: skip


def files(package: Any) -> dict[str, str]:
    return {name: content.decode() for name, content in written(page_for(package), BOTH).items()}


class Elements(HTMLParser):
    """The elements of a page with their attributes, ids and targets of links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, frozenset[str]]] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found.append((tag, frozenset(given)))
        self.ids += [given["id"] or ""] if "id" in given else []
        self.targets += [given["href"] or ""] if "href" in given else []


@pytest.mark.parametrize("name", ["README.md", "index.html"])
def test_exact_page(name: str, golden: Callable[[Path, bytes], None]) -> None:
    golden(GOLDEN / name, written(page_for(whole()), BOTH)[name])


def test_only_the_formats_that_are_wanted() -> None:
    assert list(written(page_for(whole()), ("html",))) == ["index.html"]
    assert list(index([], ("markdown",))) == ["README.md"]


def test_every_link_leads_to_a_heading() -> None:
    page = Elements(files(whole())["index.html"])
    assert [target for target in page.targets if target.startswith("#") and target[1:] not in page.ids] == []
    assert [name for name, number in Counter(page.ids).items() if number > 1] == []


@needs_corpus
@pytest.mark.parametrize("part", PARTS)
def test_every_link_of_published_connectors_leads_to_a_heading(part: int) -> None:
    for folder in connectors(part):
        package = read_package(folder).package
        if package is not None:
            page = Elements(files(package)["index.html"])
            assert [one for one in page.targets if one.startswith("#") and one[1:] not in page.ids] == []
            assert len(page.ids) == len({*page.ids})


def test_links_of_markdown_lead_to_the_anchors_that_code_hosts_make() -> None:
    page = files(whole())["README.md"]
    headings = [re.sub(r"\\(.)", r"\1", line.lstrip("# ")) for line in page.splitlines() if re.match("#+ ", line)]
    anchors = Anchors()
    made = {anchors.of(heading) for heading in headings}
    targets = re.findall(r"\]\(#([^)]*)\)", page)
    assert len(targets) == 19
    assert [target for target in targets if target not in made] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_input_never_becomes_markup(text: str) -> None:
    attack, harmless = (files(hostile(whole(), one, keys=KEYS, values=VALUES)) for one in (text, "harmless"))
    assert Elements(attack["index.html"]).found == Elements(harmless["index.html"]).found
    # The text may be a part of a link's target, which a table of elements shows: without it, they are the same.
    elements = [
        [re.sub('href="[^"]*"', "", one) for one in structure(page["README.md"])] for page in (attack, harmless)
    ]
    assert elements[0] == elements[1]


def test_a_page_loads_nothing_and_runs_nothing() -> None:
    page = files(whole())["index.html"]
    assert {tag for tag, _ in Elements(page).found} & {"script", "link", "iframe", "object", "form", "base"} == set()
    style = page.partition("<style>")[2].partition("</style>")[0]
    assert f'content="{policy(style)}"' in page
    assert "url(" not in style
    assert "@import" not in style


@pytest.mark.parametrize(
    "definition",
    [
        None,
        [],
        {},
        {"info": 3, "paths": {"/x": {"get": {"responses": 1, "parameters": {}}}}},
        {"definitions": {"A": 1}},
    ],
)
def test_any_definition_has_a_page(definition: Any) -> None:
    assert files(bare(definition, None))["README.md"].startswith("# ")


def test_a_schema_in_a_circle_ends() -> None:
    tree = {"type": "object", "properties": {"below": {"type": "array", "items": {"$ref": "#/definitions/Tree"}}}}
    answer = {"description": "OK", "schema": {"$ref": "#/definitions/Tree"}}
    paths = {"/t": {"get": {"operationId": "GetTree", "responses": {"200": answer}}}}
    page = files(bare({"paths": paths, "definitions": {"Tree": tree, "Loop": {"$ref": "#/definitions/Loop"}}}, None))
    assert "| below | below | array of [Tree](#tree) |  |" in page["README.md"]


def test_secrets_arent_on_a_page() -> None:
    package = bare({"info": {"title": "T", "description": "key: ghp_" + "a1B2" * 9}}, None)
    assert "a1B2" not in files(package)["README.md"]


def test_index() -> None:
    entries = [Entry("b", "B <i>", "Second", "1.0", 2, 0), Entry("a", "a", "First", "2.0", 0, 1)]
    pages = {name: content.decode() for name, content in index(entries, BOTH).items()}
    assert pages["README.md"] == (
        "# Connectors\n\n"
        "| Connector | Description | Version | Actions | Triggers |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| [a](a/README.md) | First | 2\\.0 | 0 | 1 |\n"
        "| [B &lt;i&gt;](b/README.md) | Second | 1\\.0 | 2 | 0 |\n"
    )
    assert '<a href="a/index.html">a</a>' in pages["index.html"]
    assert '<a href="b/index.html">B &lt;i&gt;</a>' in pages["index.html"]


@pytest.mark.parametrize(
    ("headings", "anchors"),
    [
        (["Get order", "Get order", "Get order 1"], ["get-order", "get-order-1", "get-order-1-1"]),
        (["Über (V2) & more!", "a_b-c", "", ""], ["über-v2--more", "a_b-c", "", "-1"]),
        (["x-1", "x", "x"], ["x-1", "x", "x-2"]),
    ],
)
def test_anchors(headings: list[str], anchors: list[str]) -> None:
    made = Anchors()
    assert [made.of(heading) for heading in headings] == anchors


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("https://contoso.example/a?b=c", "https://contoso.example/a?b=c"),
        ("javascript:alert(1)", ""),
        ("https://a b", ""),
        ('https://a"onclick="x', ""),
        ("help@contoso.example", "mailto:help@contoso.example"),
        ("data:text/html,x", ""),
    ],
)
def test_what_a_link_may_lead_to(text: str, target: str) -> None:
    assert address(text) == target


def test_icon_is_in_the_page() -> None:
    assert data_address(None) == data_address(b"<svg/>") == ""
    package = whole()
    package.icon = b"\x89PNG\r\n\x1a\n"
    assert '<img src="data:image/png;base64,iVBORw0KGgo=" alt=""' in files(package)["index.html"]
