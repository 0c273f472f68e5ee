"""What is checked when: counted, with an editor that does all work at once."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import pytest

from connector_builder.app.shared.targets import Target
from connector_builder.cancellation import Cancelled, cancellable, raise_if_cancelled
from connector_builder.checks.corrections import OnDemand
from connector_builder.checks.engine import Checks
from connector_builder.findings import Text
from connector_builder.findings.diagnostic import Diagnostic
from connector_builder.language.reuse import Reuse
from connector_builder.lsp.buffers import Buffers
from connector_builder.lsp.checking import Found, Setup, find, setup_of
from connector_builder.lsp.features import View
from connector_builder.lsp.runs import Runs
from connector_builder.lsp.workspace import Workspace
from tests.support.growth import calls

T = TypeVar("T")
SPEC = """\
connector: {title: Orders, description: Lists the orders of a shop., server: "https://api.contoso.example/v1"}
actions:
  ListOrders:
    request: GET /orders
    response: {sample: samples/order.json}
"""
MANY = 1000


class _Editor:
    """Notes what it is told. `before` is done in the middle of each check."""

    def __init__(self) -> None:
        self.shown: dict[str, list[str]] = {}
        self.told: list[str] = []
        self.order: list[str] = []
        self.before: Callable[[], None] = lambda: None

    def publish(self, path: Path, found: list[Diagnostic]) -> None:
        self.order.append(path.name)
        self.shown[path.name] = [one.rule for one in found]

    def tell(self, problem: str) -> None:
        self.told.append(problem)

    def away(self, work: Callable[[], T]) -> Awaitable[T]:
        async def worked() -> T:
            self.before()
            return work()

        return worked()


def _open(folder: Path, count: int) -> list[Path]:
    (folder / "samples").mkdir(exist_ok=True)
    (folder / "samples" / "order.json").write_text('{"id": 7}', encoding="utf-8", newline="\n")
    return [folder / f"spec-{number}.yaml" for number in range(count)]


async def _settled(workspace: Workspace, *paths: Path) -> None:
    for path in paths:
        await workspace.checked(path)


def test_a_thousand_open_specs_are_checked_once_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = _open(tmp_path, MANY)
    checked: list[str] = []

    def note(target: Target, _setup: Setup, _reuse: Reuse) -> Found:
        checked.append(target.path.name)
        return Found(target, [], OnDemand(), frozenset({target.path, tmp_path / "samples" / "order.json"}))

    setup = setup_of(tmp_path, {})
    monkeypatch.setattr("connector_builder.lsp.workspace.find", note)
    monkeypatch.setattr("connector_builder.lsp.workspace.setup_of", lambda _: setup)

    async def edit() -> None:
        workspace = Workspace(_Editor(), 0)
        for path in paths:
            workspace.changed(path, SPEC)
        while len(checked) < MANY:
            await asyncio.sleep(0)
        assert checked == [path.name for path in reversed(paths)], "what was opened last is seen first"
        del checked[:]
        workspace.changed(paths[500], f"{SPEC}#")
        workspace.on_disk([paths[500], tmp_path / "notes.txt"])
        found = await workspace.checked(paths[500])
        assert found is not None
        assert checked == ["spec-500.yaml"]
        workspace.on_disk([tmp_path / "samples" / "order.json"])
        while len(checked) < MANY + 1:
            await asyncio.sleep(0)
        assert len(set(checked)) == MANY

    asyncio.run(edit())


def test_typing_in_one_of_many_specs_costs_no_more_than_in_one_of_few(tmp_path: Path) -> None:
    paths = _open(tmp_path, MANY)

    async def cost(count: int) -> int:
        workspace = Workspace(_Editor(), 0)
        for path in paths[:count]:
            workspace.changed(path, "# not yet a spec\n")
        workspace.changed(paths[0], SPEC)
        await _settled(workspace, paths[0])

        def type_one() -> None:
            workspace.changed(paths[0], SPEC + "#")
            workspace.buffers.target(paths[0])

        return calls(type_one)

    few, many = asyncio.run(cost(10)), asyncio.run(cost(MANY))
    assert many < few * 1.2


def test_an_edit_of_an_open_sample_checks_the_specs_that_read_it(tmp_path: Path) -> None:
    (spec,) = _open(tmp_path, 1)
    sample = tmp_path / "samples" / "order.json"

    async def edit() -> None:
        editor = _Editor()
        workspace = Workspace(editor, 0)
        workspace.changed(spec, SPEC)
        await _settled(workspace, spec)
        for text, found in (('{"id": 7}', []), ("{", ["SyntaxNotValid"]), (None, [])):
            workspace.changed(sample, text)
            for _ in range(50):  # nobody asks for the spec
                await asyncio.sleep(0)
            assert editor.shown.get("order.json", []) == found

    asyncio.run(edit())


def test_a_file_of_a_package_that_is_open_is_there_although_it_is_gone_from_disk(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"apiDefinition": "d.json"}', encoding="utf-8")
    buffers = Buffers()
    buffers.put(tmp_path / "settings.json", '{"apiDefinition": "apiDefinition.swagger.json", "icon": "i.png"}')
    buffers.put(tmp_path / "apiDefinition.swagger.json", '{"swagger": "2.0"}')
    target = buffers.target(tmp_path / "apiDefinition.swagger.json")
    assert target is not None
    found = find(target, setup_of(tmp_path, {})._replace(checks=Checks(frozenset({"SettingsFileNotFound"}))), Reuse())
    assert [one.message for one in found.diagnostics] == ["there is no file 'i.png'"]


def test_a_change_on_disk_checks_what_depends_on_it(tmp_path: Path) -> None:
    first, second = _open(tmp_path, 2)

    async def edit() -> None:
        editor = _Editor()
        workspace = Workspace(editor, 0)
        workspace.changed(first, SPEC)
        workspace.changed(second, SPEC.replace("sample: samples/order.json", "fields: {id: int}"))
        await _settled(workspace, first, second)
        (tmp_path / "samples" / "order.json").write_text("{", encoding="utf-8", newline="\n")
        editor.shown.clear()
        workspace.on_disk([tmp_path / "samples" / "order.json"])
        await asyncio.sleep(0)
        await _settled(workspace, first, second)
        assert editor.shown == {"spec-0.yaml": [], "order.json": ["SyntaxNotValid"]}
        (tmp_path / "connector-builder.yaml").write_text("selekt: []\n", encoding="utf-8", newline="\n")
        editor.shown.clear()
        workspace.on_disk([tmp_path / "connector-builder.yaml"], names=True)
        while len(editor.shown) < 3:
            await asyncio.sleep(0)
        assert [problem.rpartition(": ")[2] for problem in set(editor.told)] == ["unknown key 'selekt'"]
        workspace.changed(first, None)
        while editor.shown["order.json"]:
            await asyncio.sleep(0)

    asyncio.run(edit())


def test_what_changed_meanwhile_is_never_shown(tmp_path: Path) -> None:
    (path,) = _open(tmp_path, 1)

    async def edit() -> None:
        editor = _Editor()
        workspace = Workspace(editor, 0)
        typed = iter([SPEC])

        def type_more() -> None:
            for text in typed:
                workspace.changed(path, text)

        editor.before = type_more
        workspace.changed(path, "connector: [")
        assert (found := await workspace.checked(path)) is None or found.diagnostics == []
        await _settled(workspace, path)
        assert editor.shown == {"spec-0.yaml": []}
        assert editor.order == ["spec-0.yaml"]

    asyncio.run(edit())


def test_the_target_that_changed_last_is_checked_first() -> None:
    async def run() -> list[str]:
        checked: list[str] = []

        async def check(key: str, signal: threading.Event) -> None:
            checked.append(key)
            if checked == ["c"]:
                runs.ask("a")
                assert not signal.is_set()
                runs.ask("c")
                assert signal.is_set()
            await asyncio.sleep(0)

        runs = Runs(0, check)
        for key in ("a", "b", "c"):
            runs.ask(key)
        while len(checked) < 4:
            await asyncio.sleep(0)
        return checked

    assert asyncio.run(run()) == ["c", "c", "a", "b"]


def test_a_defect_of_ours_is_told_and_the_next_check_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = _open(tmp_path, 1)

    def broken(*_: object) -> View:
        raise RuntimeError

    async def edit() -> None:
        editor = _Editor()
        workspace = Workspace(editor, 0)
        monkeypatch.setattr("connector_builder.lsp.workspace.view_of", broken)
        workspace.changed(path, SPEC)
        assert await workspace.checked(path) is not None
        while not editor.told:
            await asyncio.sleep(0)
        assert editor.told == [f"internal error: RuntimeError while checking {path}"]
        monkeypatch.undo()
        workspace.changed(path, SPEC.replace("GET", "GOT"))
        await _settled(workspace, path)
        assert editor.shown == {"spec-0.yaml": ["RequestNotValid"]}

    asyncio.run(edit())


def test_completion_uses_what_the_last_check_found(tmp_path: Path) -> None:
    (path,) = _open(tmp_path, 1)

    async def edit() -> None:
        workspace = Workspace(_Editor(), 0)
        workspace.changed(path, SPEC)
        await _settled(workspace, path)
        known = workspace.known(path)
        assert known is not None
        assert [use.name for use in known.names] == ["ListOrders"]
        assert known.built["apiDefinition.swagger.json"]["info"]["title"] == "Orders"
        workspace.changed(path, SPEC.replace("ListOrders", "X: ["))
        read = workspace.reuse.read
        again = workspace.known(path)
        assert again is not None
        assert (again.names, again.built) == (known.names, known.built)
        assert workspace.reuse.read == read, "no letter waits for a parser"
        workspace.changed(path, None)
        assert workspace.known(path) is None

    asyncio.run(edit())


def test_an_editor_that_goes_waits_for_no_check() -> None:
    async def run() -> list[str]:
        checked: list[str] = []

        async def check(key: str, signal: threading.Event) -> None:
            runs.stop()
            assert signal.is_set()
            checked.append(key)

        runs = Runs(0, check)
        for key in ("a", "b", "c"):
            runs.ask(key)
        while not checked:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        return checked

    assert asyncio.run(run()) == ["c"]


def test_work_that_nobody_wants_stops() -> None:
    signal = threading.Event()
    raise_if_cancelled()
    with cancellable(signal):
        raise_if_cancelled()
        signal.set()
        with pytest.raises(Cancelled):
            raise_if_cancelled()
    raise_if_cancelled()


class _After:
    """A signal that is set when it was looked at so many times."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_check_looks_all_the_time_whether_it_is_to_stop() -> None:
    main = Path(__file__).parents[2] / "specs" / "github-issues" / "connector.yaml"
    buffers = Buffers()
    buffers.put(main, main.read_text(encoding="utf-8"))
    target, setup = buffers.target(main), setup_of(main.parent, {})
    assert target is not None
    endless = _After(100_000)
    counted = []
    for signal in (endless, _After(1), _After(150), _After(300)):

        def work(signal: _After = signal) -> None:
            with suppress(Cancelled), cancellable(signal):
                find(target, setup, Reuse())

        counted.append(calls(work))
    assert 100_000 - endless.left > 350
    assert counted[1] < counted[2] < counted[3] < counted[0]
    assert counted[1] < counted[0] / 20


def test_what_is_kept_is_a_copy_and_bounded() -> None:
    reuse = Reuse(most=20)
    text = Text(Path("a.yaml"), "a: {b: [1, 2]}")
    first = reuse.document(text, 100)
    assert first.root is not None
    first.root.value["a"]["b"].append(3)
    second = reuse.document(Text(Path("b.yaml"), text.content), 100)
    assert second.root is not None
    assert (second.root.value, second.root.text.path, second.parts) == (
        {"a": {"b": [1, 2]}},
        Path("b.yaml"),
        first.parts,
    )
    assert reuse.document(text, 2).root is None, "a smaller budget is too small again"
    assert reuse.read == 2
    reuse.document(Text(Path("c.yaml"), "c: 1234567890"), 100)
    reuse.document(text, 100)
    assert reuse.read == 4, "the oldest goes first"
