"""The page in a browser: what it shows, by keyboard alone, for screen readers, while files change, and with hostile texts."""

import copy
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api", reason="the tests of pages need Playwright: the dependency group 'pages'")

from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.ci import not_installed
from tests.support.pages.previews import KINDS, MARKUP, PROPERTIES, SPEC, hostile, package, site, spec
from tests.support.programs.browser import NotInstalledError, axe, browser, complaints

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def running() -> Iterator[Browser]:
    try:
        with browser() as one:
            yield one
    except NotInstalledError as error:
        not_installed(error)


@pytest.fixture
def open_page(running: Browser) -> Iterator[Open]:
    """Opens a page that must not report an error."""
    contexts = []
    errors: list[str] = []

    def open_(address: str, width: int = 1300, **options: Any) -> Page:
        context = running.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        page.goto(address)
        page.wait_for_selector("html[data-made]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Serves the preview of paths, and returns its address."""
    monkeypatch.chdir(tmp_path)
    ends = []

    def serve_(*paths: Path, link: str = "") -> str:
        server = site(*paths, link=link).serve(0)
        thread = threading.Thread(target=server.run)
        thread.start()
        ends.append((server, thread))
        return server.address

    yield serve_
    for server, thread in ends:
        server.stop()
        thread.join()


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a page in one file, of the connector with every kind of field."""
    folder = tmp_path_factory.mktemp("kinds")
    file = folder / "preview.html"
    file.write_bytes(site(package(folder / "kinds")).html())
    return file.as_uri()


def box(page: Page | Locator, label: str) -> Locator:
    """The text box with this label."""
    return page.get_by_role("textbox", name=re.compile(rf"^{re.escape(label)}( required)?$"))


def choice(page: Page, label: str) -> Locator:
    """The drop-down with this label."""
    return page.get_by_role("combobox", name=re.compile(rf"^{re.escape(label)}( required)?$"))


def labels(page: Page) -> list[str]:
    """The labels of the fields of the card, from top to bottom."""
    found = page.locator(".fields .label > label, .fields .label > .name").all_text_contents()
    return [text.replace("* required", "*") for text in found]


REQUIRED = [
    "Order ID*",
    "Buyer*",
    "Fast*",
    "Name*",
    "Due*",
    "Lines*",
    "Lines - 1",
    "lines SKU*",
    "lines Codes",
    "lines Codes - 1",
]
OTHERS = ["limit", "Folder", "Tags", "Tags - 1", "Text", "Content", "Owner ID", "Owner mail", "Free", "More", "Color"]


def test_the_card_of_both_designers(open_page: Open, kinds: str) -> None:
    page = open_page(f"{kinds}#/0/operation/SendKinds/flow")
    assert labels(page) == [*REQUIRED, "State", "Note"]
    expect(page.locator(".picker summary")).to_have_text("Showing 0 of 9")
    page.get_by_role("button", name="Show all").click()
    expect(page.locator(".picker summary")).to_have_text("Showing 9 of 9")
    assert labels(page) == [*REQUIRED, "State", "Note", *OTHERS]
    page.get_by_role("button", name="Remove parameter 'Folder' and its value").click()
    expect(page.locator(".picker summary")).to_have_text("Showing 8 of 9")
    page.get_by_role("button", name="Clear all").click()
    assert labels(page) == [*REQUIRED, "State", "Note"]
    page.get_by_role("button", name="Classic designer").click()
    expect(page.get_by_role("button", name="Show advanced options")).to_be_visible()
    # What others need comes first; what is advanced is behind the link.
    assert labels(page) == ["Order ID*", *REQUIRED[1:], "State", *OTHERS]
    page.get_by_role("button", name="Show advanced options").click()
    expect(page.get_by_role("button", name="Hide advanced options")).to_be_visible()
    assert "Note" in labels(page)
    assert "trace" not in page.locator(".fields").inner_text()
    assert "created" not in page.locator(".fields").inner_text()


def test_the_control_of_each_kind(open_page: Open, kinds: str) -> None:
    page = open_page(f"{kinds}#/0/operation/SendKinds/flow")
    page.get_by_role("button", name="Show all").click()
    options = choice(page, "State").locator("option").all_text_contents()
    assert options == ["", "Still open", "Done", "Enter custom value"]
    assert choice(page, "Fast").locator("option").all_text_contents() == ["", "Yes", "No", "Enter custom value"]
    buyer = page.locator("select", has=page.locator("optgroup"))
    assert buyer.locator("optgroup").get_attribute("label") == "From the sample of ListBuyers"
    assert buyer.locator("optgroup option").all_text_contents() == ["Ada", "Bob"]
    assert box(page, "Order ID").get_attribute("placeholder") == "The order."
    assert box(page, "Note").input_value() == "none"
    assert box(page, "Due").get_attribute("type") == "text"  # the designer has no date picker
    assert box(page, "Content").get_attribute("placeholder") == "File content"
    page.get_by_role("button", name="Show the picker of Folder").click()
    page.get_by_role("button", name="Alpha").click()
    expect(box(page, "Folder")).to_have_value("/a")
    tags = page.get_by_role("group", name="Tags", exact=True)
    tags.get_by_role("button", name="Add new item").click()
    box(tags, "Tags - 2").fill("blue")
    tags.get_by_role("button", name="Delete Tags - 1").click()
    expect(tags.get_by_role("button", name="Add new item")).to_be_focused()
    expect(box(tags, "Tags - 1")).to_have_value("blue")
    tags.get_by_role("button", name="Switch to input entire array").click()
    expect(box(tags, "Tags")).to_have_attribute("placeholder", "Enter an array")
    box(tags, "Tags").fill("[1")
    box(page, "Due").focus()
    expect(tags.get_by_text("Enter a valid JSON.")).to_be_visible()
    choice(page, "State").select_option(label="Enter custom value")
    page.get_by_label("Custom value of State").fill("half")
    page.get_by_role("button", name="Classic designer").click()
    expect(page.get_by_label("Custom value of State")).to_have_value("half")
    box(page, "limit").fill("many")
    box(page, "Order ID").fill("")
    box(page, "limit").focus()
    box(page, "Order ID").focus()
    expect(page.get_by_text("Enter a valid integer.")).to_be_visible()
    box(page, "limit").focus()
    expect(page.get_by_text("'Order ID' is required.")).to_be_visible()


def test_files_triggers_and_operations_without_fields(open_page: Open, kinds: str) -> None:
    page = open_page(f"{kinds}#/0/operation/Upload/flow")
    page.get_by_role("button", name="Show all").click()
    assert labels(page) == ["File*", "File (file name)"]
    page.get_by_role("link", name="When there is news").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("When there is news")
    expect(page.get_by_text("How often do you want to check for items?")).to_be_visible()
    expect(page.get_by_text("A run starts for each item of body.")).to_be_visible()
    expect(page.get_by_text("To see it work now, add an order.")).to_be_visible()
    expect(page.locator(".token-text")).to_have_text(["Item", "ID", "state"])
    page.get_by_role("link", name="Get old").click()
    expect(page.get_by_text("It has no fields.")).to_be_visible()
    expect(page.get_by_text("No dynamic content available")).to_be_visible()


def test_dynamic_content(open_page: Open, kinds: str) -> None:
    page = open_page(f"{kinds}#/0/operation/SendKinds/flow")
    first = ["Body", "Orders", "Orders Item", "Orders ID", "Orders state", "next"]
    expect(page.locator(".token-text")).to_have_text(first)
    page.get_by_role("button", name="See more (7)").click()
    expect(page.locator(".token-text")).to_have_text([*first, "Count of items"])
    page.get_by_label("Search dynamic content").fill("count")
    expect(page.locator(".token-text")).to_have_text(["Count of items"])
    assert "For each" not in page.locator(".token-list").inner_text()


def test_apps_agents_the_readme_and_the_connection(open_page: Open, kinds: str) -> None:
    page = open_page(f"{kinds}#/0/operation/SendKinds/app")
    signature = page.locator(".formula").inner_text()
    assert signature.startswith(
        "fx'Every Kind'.SendKinds(id, buyer, fast, name, due, lines, {limit: Decimal, state: Text,"
    )
    page.get_by_role("tab", name="Agent").click()
    expect(page.locator("tbody tr").first).to_contain_text("Dynamically fill with AI")
    expect(page.get_by_text("no description").first).to_be_visible()
    page.get_by_role("tab", name="README").click()
    expect(page.locator("thead th")).to_have_text(["Parameter", "Key", "Required", "Type", "Description"])
    expect(page.locator("tbody tr").first).to_have_text("Order IDidyesstringThe order.")
    page.get_by_role("link", name="Connection", exact=True).click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Connection")
    assert page.get_by_label("API key").get_attribute("type") == "password"
    assert page.get_by_label("Region").locator("option").all_text_contents() == ["", "Europe", "America"]
    expect(page.get_by_role("button", name="Create new")).to_be_visible()


def test_the_redirect_and_where_a_field_comes_from(open_page: Open, serve: Callable[..., str], tmp_path: Path) -> None:
    address = serve(spec(tmp_path / "my specs"), link="editor://open{path}:{line}:{column}")
    page = open_page(f"{address}#/0/operation/GetOrder/flow")
    page.get_by_role("button", name="Where 'Order ID' comes from").click()
    panel = page.locator(".origin")
    expect(panel.locator("pre")).to_have_text("parameters: {orderId: The number of the order.}")
    expect(panel.locator("dd", has_text="Order ID")).to_have_text("Order ID derived")
    page.get_by_role("button", name="Where this operation comes from").click()
    about = page.locator(".heading .origin")
    expect(about.locator("dt")).to_have_text(["ID", "Title", "Description"])
    expect(about.locator(".badge")).to_have_text(["written"] * 3)
    panel = page.locator(".field .origin")
    link = panel.get_by_role("link").first
    assert link.get_attribute("href") == f"editor://open{tmp_path.as_posix()}/my%20specs/orders.yaml:24:18"
    page.get_by_role("link", name="Connection", exact=True).click()
    expect(page.locator(".redirect")).to_have_text("https://global.consent.azure-apim.net/redirect")


def test_a_saved_file_shows_at_once_and_the_reader_stays_where_they_were(
    open_page: Open, serve: Callable[..., str], tmp_path: Path
) -> None:
    path = spec(tmp_path / "specs")
    page = open_page(f"{serve(path)}#/0/operation/ListOrders/flow", width=700)
    page.get_by_role("button", name="Classic designer").click()
    box(page, "Size").fill("7")
    page.get_by_role("button", name="Where 'Size' comes from").click()
    expect(page.locator(".origin")).to_be_visible()
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => window.scrollY > 100")
    box(page, "Size").focus()
    before = page.evaluate("window.scrollY")
    path.write_text(SPEC.replace("List all orders", "List the new orders"), encoding="utf-8")
    expect(page.get_by_role("heading", level=2)).to_have_text("List the new orders")
    expect(box(page, "Size")).to_have_value("7")
    expect(box(page, "Size")).to_be_focused()
    expect(page.locator(".origin")).to_be_visible()
    assert page.evaluate("window.scrollY") == before
    # An error shows in its place, and goes when it is gone.
    path.write_text(SPEC.replace("GET /orders/{orderId}", "GTE /orders/{orderId}"), encoding="utf-8")
    expect(page.get_by_text("GetOrder: broken, and so not shown here.")).to_be_visible()
    page.get_by_role("link", name="The findings say why").click()
    expect(page.locator("#stage .finding.error .where").first).to_contain_text("specs/orders.yaml:")
    path.write_text("connector: {\n", encoding="utf-8")
    expect(page.get_by_text("The files can't be read as they are now.")).to_be_visible()
    path.write_text(SPEC, encoding="utf-8")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()


def test_a_finding_is_at_its_field(open_page: Open, serve: Callable[..., str], tmp_path: Path) -> None:
    definition = copy.deepcopy(KINDS)
    definition["paths"]["/kinds/{id}"]["post"]["parameters"][1]["default"] = "many"
    page = open_page(f"{serve(package(tmp_path / 'kinds', definition))}#/0/operation/SendKinds/flow")
    field = page.locator(".field", has=box(page, "limit"))
    expect(field.locator(".finding")).to_contain_text("kinds/apiDefinition.swagger.json:")
    expect(field.locator(".finding .rule")).to_have_text("DefaultValueMustMatchType")


def test_by_keyboard_alone(open_page: Open, kinds: str) -> None:
    page = open_page(kinds)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to what is shown")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.get_by_label("Search operations").focus()
    page.keyboard.type("old")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Get old")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Search operations")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("Get old")
    page.get_by_role("tab", name="Flow").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Power Apps")).to_be_focused()
    expect(page.get_by_role("tab", name="Power Apps")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="README")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("tab", name="Power Apps")).to_have_attribute("aria-selected", "true")


def test_markup_in_every_text_stays_text(open_page: Open, serve: Callable[..., str], tmp_path: Path) -> None:
    folder = package(tmp_path / "kinds", hostile(KINDS), hostile(PROPERTIES))
    address = serve(folder)
    page = open_page(address)
    for operation in ("SendKinds", "WhenNews"):
        for tab in ("flow", "app", "agent", "readme"):
            page.goto(f"{address}#/0/operation/{operation}/{tab}")
            expect(page.get_by_role("tab", selected=True)).to_have_id(f"tab-{tab}")
            expect(page.get_by_role("heading", level=2)).to_contain_text(MARKUP)
    for other in ("connection", "findings"):
        page.goto(f"{address}#/0/{other}")
        expect(page.get_by_role("heading", level=2)).to_have_text(other.capitalize())
    page.wait_for_function("() => document.title.endsWith('Preview')")
    assert page.locator("img:not(.logo)").count() == 0
    assert page.locator("script").count() == 2


def test_many_operations(open_page: Open, serve: Callable[..., str], tmp_path: Path) -> None:
    definition = copy.deepcopy(KINDS)
    one = definition["paths"]["/old"]["get"]
    for number in range(450):
        definition["paths"][f"/old/{number}"] = {
            "get": {**one, "operationId": f"Get{number}", "summary": f"Get number {number}"}
        }
    page = open_page(serve(package(tmp_path / "kinds", definition)))
    assert page.locator("#operations a").count() == 203
    page.get_by_role("button", name="Show 200 more of 454").click()
    expect(page.locator("#operations a")).to_have_count(403)
    page.get_by_label("Search operations").fill("number 387")
    page.get_by_role("link", name="Get number 387").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Get number 387")


@pytest.mark.parametrize("live", [True, False])
def test_several_connectors(open_page: Open, serve: Callable[..., str], tmp_path: Path, *, live: bool) -> None:
    paths = package(tmp_path / "kinds"), spec(tmp_path / "specs")
    file = tmp_path / "preview.html"
    file.write_bytes(site(*paths).html())
    page = open_page(serve(*paths) if live else file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_have_text("Every Kind")
    page.get_by_label("Connector").select_option("specs/orders.yaml")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contoso Orders")
    expect(page.get_by_role("heading", level=2)).to_have_text("List all orders")


def test_dark_light_and_narrow(open_page: Open, kinds: str) -> None:
    page = open_page(kinds, width=360, color_scheme="dark")
    back = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(back) == "rgb(20, 23, 28)"
    page.get_by_role("button", name="Dark or light").click()
    assert page.evaluate(back) == "rgb(243, 244, 247)"
    for tab in ("Flow", "Power Apps", "Agent", "README"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("tab", name=tab)).to_have_attribute("aria-selected", "true")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
    expect(page.get_by_role("link", name="Get old")).to_be_hidden()
    page.get_by_role("button", name="Operations").click()
    page.get_by_role("link", name="Get old").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Get old")
    expect(page.get_by_label("Search operations")).to_be_hidden()


@pytest.mark.installs
def test_axe_finds_nothing(open_page: Open, kinds: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    cache: pytest.Cache | None = getattr(request.config, "cache", None)
    try:
        script = axe(tmp_path if cache is None else cache.mkdir("axe"))
    except NotInstalledError as error:
        not_installed(error)
    page = open_page(f"{kinds}#/0/operation/SendKinds/flow", color_scheme="light")
    page.get_by_role("button", name="Show all").click()
    page.get_by_role("button", name="Where 'Buyer' comes from").click()
    expect(page.locator(".origin")).to_be_visible()
    assert complaints(page, script) == []
    page.emulate_media(color_scheme="dark")
    assert complaints(page, script) == []
    for part in ("operation/SendKinds/app", "operation/WhenNews/agent", "connection", "findings"):
        page.goto(f"{kinds}#/0/{part}")
        expect(page.locator("#stage[data-shown]")).to_have_attribute("data-shown", part)
        assert complaints(page, script) == []
    page.set_viewport_size({"width": 360, "height": 800})
    page.get_by_role("button", name="Operations").click()
    page.evaluate("document.querySelector('main').append(document.createElement('img'))")
    assert [rule for rule, _ in complaints(page, script)] == ["image-alt"]
