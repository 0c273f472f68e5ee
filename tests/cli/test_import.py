import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import connector_builder.app.import_
from connector_builder.language import MAIN, Variables, compile_folder
from connector_builder.language.decompile.model import MAX_FILE, Imported, NotProven
from connector_builder.package import Package, Reading
from connector_builder.source.folder import InMemory
from tests.support.cli_specs import SPEC

Run = Callable[..., Result]
DEFINITION = "apiDefinition.swagger.json"
PROPERTIES = "apiProperties.json"
SMALL = {"connector.yaml": SPEC.encode()}
MESSAGE = (
    "this is a defect of connector-builder: please open an issue with the output of the same command with --verbose"
)


@pytest.fixture
def package(run: Run, spec: Path, here: Path) -> Path:
    """The package of a spec."""
    assert run("build", "-q").exit_code == 0
    return here / "output/orders"


def compiled(contents: dict[str, bytes]) -> Reading:
    return compile_folder(InMemory(Path("imported"), contents), MAIN, Variables())


@pytest.fixture
def imported(monkeypatch: pytest.MonkeyPatch) -> Imported:
    """What every package is imported as, whatever it holds."""
    given = Imported(SMALL, 12, 30, 120, compiled(SMALL))
    monkeypatch.setattr(connector_builder.app.import_, "import_package", lambda _package: given)
    return given


def changed(path: Path, change: Callable[[Any], object]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, indent=2), encoding="utf-8", newline="\n")


def files(folder: Path) -> list[str]:
    """The names of all files in a folder, but for the records of imports."""
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in names if ".connector-builder/imports/" not in name)


def test_what_is_built_and_imported_builds_the_same(run: Run, package: Path, here: Path) -> None:
    result = run("import", "output/orders", "-o", "new/orders.yaml", "--from", "package")
    assert (result.exit_code, result.stderr) == (0, "")
    before = {name: (package / name).read_bytes() for name in (DEFINITION, PROPERTIES)}
    assert files(here / "new") == ["orders.yaml"]
    path = here / "new/orders.yaml"
    assert run("build", "new", "-o", "again", "-q").exit_code == 0
    assert {name: (here / "again/orders" / name).read_bytes() for name in before} == before
    assert path.name.startswith("orders")


class TestPlaces:
    def test_a_file(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        result = run("import", "output/orders", "-o", "new/a.yaml")
        assert (result.exit_code, result.stdout.splitlines()) == (
            0,
            [
                "imported output/orders to new/a.yaml: 12 operations, 120 lines of JSON became 30 (25 %)",
                "next: connector-builder build new/a.yaml",
            ],
        )
        assert files(here / "new") == ["a.yaml"]
        assert (here / "new/a.yaml").read_bytes() == SPEC.encode()

    def test_a_folder(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        result = run("import", "output/orders", "-o", "new/a")
        assert result.stdout.startswith("imported output/orders to new/a: 12 operations")
        assert files(here / "new") == ["a/connector.yaml"]

    @pytest.mark.parametrize("more", [{"icon.png": b"\x89PNG"}, {"connector.yaml": SPEC.encode() + b"#" * MAX_FILE}])
    def test_a_file_that_is_not_enough(
        self, run: Run, package: Path, here: Path, imported: Imported, more: dict[str, bytes]
    ) -> None:
        imported.files = SMALL | more
        result = run("import", "output/orders", "-o", "new/a.yaml")
        assert result.stdout.startswith("imported output/orders to new/a: 12 operations")
        assert files(here / "new") == [f"a/{name}" for name in sorted(imported.files)]

    @pytest.mark.parametrize("output", ["specs/orders.yaml", "specs/orders"])
    def test_what_is_there_stays(self, run: Run, package: Path, here: Path, imported: Imported, output: str) -> None:
        before = {name: (here / name).read_bytes() for name in files(here)}
        result = run("import", "output/orders", "-o", output)
        assert (result.exit_code, result.stdout, result.stderr) == (
            2,
            "",
            "error: 'specs/orders.yaml' is there already\nhelp: name another place with -o, or replace it with --force\n",
        )
        assert {name: (here / name).read_bytes() for name in files(here)} == before

    def test_force(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        assert run("import", "output/orders", "-o", "specs/orders", "--force").exit_code == 0
        assert files(here / "specs") == ["orders/connector.yaml"]
        (here / "specs/orders/notes.md").write_text("mine", encoding="utf-8")
        result = run("import", "output/orders", "-o", "specs/orders.yaml", "--force")
        assert result.stdout.splitlines()[1] == "  still there from before: specs/orders/notes.md"
        assert files(here / "specs") == ["orders.yaml", "orders/notes.md"]

    def test_force_spares_what_is_no_spec(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        before = files(here)
        for output in ("output", "output/orders", "specs"):
            result = run("import", "output/orders", "-o", output, "--force")
            assert (result.exit_code, "isn't a spec, so that --force doesn't replace it" in result.stderr) == (2, True)
        assert files(here) == before

    def test_beside_what_was_downloaded(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        before = {name: (here / name).read_bytes() for name in files(here)}
        result = run("import", "output/orders", "-o", "output/orders.yaml")
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (
            0,
            "next: connector-builder build output/orders.yaml",
        )
        assert {name: (here / name).read_bytes() for name in files(here)} == {
            **before,
            "output/orders.yaml": SPEC.encode(),
        }
        again = run("import", "output/orders", "-o", "output/orders.yaml")
        assert (again.exit_code, again.stderr.splitlines()[0]) == (2, "error: 'output/orders.yaml' is there already")
        assert run("import", "output/orders", "-o", "output/orders.yaml", "--force").exit_code == 0

    def test_a_folder_beside_what_was_downloaded(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        before = files(here)
        imported.files = SMALL | {"icon.png": b"\x89PNG"}
        result = run("import", "output/orders", "-o", "output/orders.yaml")
        assert result.stdout.splitlines()[-1] == "next: connector-builder build output/orders-spec"
        new = ["output/orders-spec/connector.yaml", "output/orders-spec/icon.png"]
        assert files(here) == sorted([*before, *new])
        again = run("import", "output/orders", "-o", "output/orders.yaml")
        assert (again.exit_code, again.stderr.splitlines()[0]) == (2, "error: 'output/orders-spec' is there already")
        (here / "output/orders-spec/notes.md").write_text("mine", encoding="utf-8")
        result = run("import", "output/orders", "-o", "output/orders.yaml", "--force")
        assert result.stdout.splitlines()[1] == "  still there from before: output/orders-spec/notes.md"

    def test_several_beside_what_was_downloaded(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        assert run("import", "output", "-o", "output").exit_code == 0
        assert (here / "output/orders.yaml").read_bytes() == SPEC.encode()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["nowhere", "-o", "x.yaml"], "there is no file or folder 'nowhere'"),
            (["specs", "-o", "x.yaml"], "'specs' contains nothing that can be imported"),
            (["output", "-o", "x.yaml"], "'x.yaml' is one spec, and there may be several"),
            (["output/orders", "-o", ".x.yaml"], "'.x.yaml' can't be the name of a spec"),
        ],
    )
    def test_misuse(self, run: Run, package: Path, here: Path, arguments: list[str], message: str) -> None:
        before = files(here)
        result = run("import", *arguments)
        assert (result.exit_code, result.stdout, result.stderr.splitlines()[0]) == (2, "", f"error: {message}")
        assert files(here) == before

    def test_options_are_needed(self, run: Run) -> None:
        assert run("import").exit_code == 2

    def test_a_place_is_needed(self, run: Run, package: Path) -> None:
        result = run("import", "output/orders")
        assert (result.exit_code, result.stderr) == (
            2,
            "error: the spec has no place\nhelp: name it: -o specs/my-connector.yaml\n",
        )


class TestSeveral:
    def test_names_and_sums(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        (here / "output/other name").mkdir()
        (here / "output/other name" / DEFINITION).write_bytes((package / DEFINITION).read_bytes())
        result = run("import", "output", "-o", "new")
        assert (result.exit_code, result.stdout.splitlines()) == (
            0,
            [
                "imported output/orders to new/orders.yaml: 12 operations, 120 lines of JSON became 30 (25 %)",
                "imported output/other name to new/other-name.yaml: 12 operations, 120 lines of JSON became 30 (25 %)",
                "imported 2 of 2: 24 operations, 240 lines of JSON became 60 (25 %)",
                "next: connector-builder build new",
            ],
        )
        assert files(here / "new") == ["orders.yaml", "other-name.yaml"]

    def test_a_folder_of_one_is_still_a_folder(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        assert run("import", "output", "-o", "new").exit_code == 0
        assert files(here / "new") == ["orders.yaml"]

    def test_what_cannot_be_imported_is_left_out(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        (here / "broken.json").write_text('{"openapi": "3.0.0"}', encoding="utf-8")
        result = run("import", "broken.json", "output", "-o", "new")
        assert (result.exit_code, result.stderr) == (1, "")
        assert result.stdout.splitlines() == [
            "broken.json:1:1: error: there is no operation to import [NotImportable]",
            '   1 | {"openapi": "3.0.0"}',
            "     | ^",
            "",
            "not imported: broken.json",
            "imported output/orders to new/orders.yaml: 12 operations, 120 lines of JSON became 30 (25 %)",
            "imported 1 of 2: 12 operations, 120 lines of JSON became 30 (25 %)",
            "next: connector-builder build new",
        ]
        assert files(here / "new") == ["orders.yaml"]

    def test_nothing_at_all(self, run: Run, here: Path) -> None:
        (here / "broken.json").write_text("{", encoding="utf-8")
        result = run("import", "broken.json", "-o", "new/x.yaml")
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "not imported: broken.json")
        assert not (here / "new").exists()

    def test_none_is_written_over_another(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        (here / "specs/orders").mkdir()
        result = run("import", "output", "-o", "specs")
        assert (result.exit_code, result.stderr.splitlines()) == (
            2,
            [
                "error: 'specs/orders', 'specs/orders.yaml' are there already",
                "help: name another place with -o, or replace them with --force",
            ],
        )


class TestReport:
    def test_all_there_is_to_say(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        imported.plain = [f"/paths/~1{letter}" for letter in "abcdef"]
        imported.files = {"connector.yaml": SPEC.replace("Lists the orders.", "List").encode(), "script.csx": b""}
        imported.files["connector.yaml"] += b"policies: [{nonsense: 1}]\nschemas: {A: {type: nonsense}}\n"
        imported.reading = compiled(imported.files)
        result = run("import", "output/orders", "-o", "new/a")
        assert result.stdout.splitlines()[:2] == [
            "imported output/orders to new/a: 12 operations, 120 lines of JSON became 30 (25 %), 2 files",
            "  plain Swagger: /paths/~1a, /paths/~1b, /paths/~1c and 3 more",
        ]
        assert result.stdout.splitlines()[3:] == [
            "to see what validate finds: connector-builder validate new/a",
            "next: correct the errors, then build; to build anyway: connector-builder build new/a --fail-on never",
        ]
        found = run("validate", "new/a").stdout.splitlines()[-1].partition(" in ")[0]
        assert result.stdout.splitlines()[2] == f"  validate: {found}"
        assert "2 errors" in found
        verbose = run("import", "output/orders", "-o", "new/b", "--verbose")
        assert verbose.stdout.splitlines()[1] == f"  plain Swagger: {', '.join(imported.plain)}"

    def test_counts_as_validate_does_here(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        imported.files = {"connector.yaml": SPEC.encode() + b"parameters: {unused: Unused.}\n"}
        imported.reading = compiled(imported.files)
        assert "  validate: 1 warning" in run("import", "output/orders", "-o", "new/a").stdout
        (here / "connector-builder.yaml").write_text("ignore: [TemplateUnused]\n", encoding="utf-8")
        assert "  validate:" not in run("import", "output/orders", "-o", "new/b").stdout

    def test_quiet(self, run: Run, package: Path, imported: Imported) -> None:
        assert run("import", "output/orders", "-o", "new/a", "-q").output == ""

    def test_names_are_escaped(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        imported.plain = ["/paths/\x1b[31m"]
        result = run("import", "output/orders", "-o", "new/a b")
        assert "\x1b" not in result.output
        assert result.stdout.splitlines()[1:] == [
            r"  plain Swagger: /paths/\x1b[31m",
            'next: connector-builder build "new/a b"',
        ]

    def test_json(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        imported.plain = ["/paths/~1a"]
        (here / "broken.json").write_text('{"openapi": "3.0.0"}', encoding="utf-8")
        result = run("import", "broken.json", "output/orders", "-o", "new", "--format", "json")
        assert result.exit_code == 1
        report = json.loads(result.stdout)
        assert [finding["rule"] for finding in report["findings"]] == ["NotImportable"]
        assert report["imports"] == [
            {"source": "broken.json", "spec": None},
            {
                "source": "output/orders",
                "spec": "new/orders.yaml",
                "files": ["new/orders.yaml"],
                "operations": 12,
                "lines": 30,
                "lines_before": 120,
                "plain": ["/paths/~1a"],
                "findings": {"errors": 0, "warnings": 0, "notes": 0},
            },
        ]
        assert report["summary"] == {"files": 2, "errors": 1, "warnings": 0, "notes": 0}
        assert list(report) == ["findings", "imports", "summary"]
        assert result.stderr.splitlines()[0] == "not imported: broken.json"


class TestDefectsOfOurs:
    def test_not_proven(self, run: Run, package: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def unproven(_package: Package) -> Imported:
            raise NotProven(["/paths/~1orders/get"])

        monkeypatch.setattr(connector_builder.app.import_, "import_package", unproven)
        result = run("import", "output/orders", "-o", "new/a.yaml")
        assert (result.exit_code, result.stdout) == (3, "not imported: output/orders\n")
        assert result.stderr.splitlines() == [
            "error: internal error at 'output/orders': the spec doesn't build what was read: /paths/~1orders/get",
            f"help: {MESSAGE}",
        ]
        assert not (here / "new").exists()

    @pytest.mark.parametrize("name", ["../x", "/x", "con.yaml", "a\\b", ".hidden/x"])
    def test_no_file_has_a_name_that_leads_elsewhere(
        self, run: Run, package: Path, here: Path, imported: Imported, name: str
    ) -> None:
        imported.files = {**SMALL, name: b""}
        before = files(here)
        assert run("import", "output/orders", "-o", "new/a").exit_code == 3
        assert files(here) == before

    def test_the_others_are_imported(
        self, run: Run, package: Path, here: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def failing(package: Package) -> Imported:
            if package.name == "orders":
                raise KeyError("secret")
            return Imported(SMALL, 1, 2, 4, compiled(SMALL))

        (here / "pets.json").write_bytes((package / DEFINITION).read_bytes())
        monkeypatch.setattr(connector_builder.app.import_, "import_package", failing)
        result = run("import", "output/orders", "pets.json", "-o", "new", "--format", "json")
        assert result.exit_code == 3
        assert files(here / "new") == ["pets.yaml"]
        line, *_ = [line for line in result.stderr.splitlines() if line.startswith("error")]
        assert line.startswith("error: internal error at 'output/orders': KeyError in app/import_/__init__.py:")
        assert "secret" not in result.output
        defect = json.loads(result.stdout)["imports"][0]
        assert defect == {"source": "output/orders", "spec": None, "defect": line.split("': ", 1)[1]}
        verbose = run("import", "output/orders", "-o", "new/x", "--verbose")
        assert "KeyError: 'secret'" in verbose.stderr


class TestRepair:
    def test_offered_and_done(self, run: Run, package: Path, here: Path) -> None:
        path = package / DEFINITION
        path.write_text(
            path.read_text(encoding="utf-8").replace('"info": {', '"info": { // who\n', 1), encoding="utf-8"
        )
        result = run("import", "output/orders", "-o", "new/a.yaml")
        assert (result.exit_code, "help: --repair mends this" in result.stdout) == (1, True)
        result = run("import", "output/orders", "-o", "new/a.yaml", "--repair")
        assert result.exit_code == 0
        assert result.stdout.splitlines()[0].endswith(": note: a comment was removed [Mended]")
        assert files(here / "new") == ["a.yaml"]

    def test_rules_are_explained(self, run: Run) -> None:
        for rule in ("NotImportable", "Mended", "SecretLeftOut", "PartLeftOut"):
            assert run("rules", rule).exit_code == 0


class TestHostile:
    @pytest.mark.parametrize(
        "name", ["../x", "..", "CON", "a/../../b", "/etc/passwd", "C:\\x", "con.yaml", "a\nb", "a" * 500, "\u202e"]
    )
    def test_names_as_paths(self, run: Run, package: Path, here: Path, name: str) -> None:
        def rename(definition: Any) -> None:
            definition["paths"]["/orders"]["get"]["operationId"] = name
            definition["definitions"] = {name: {"type": "string"}}

        changed(package / DEFINITION, rename)
        outside = files(here)
        result = run("import", "output/orders", "-o", "new/a")
        assert result.exit_code == 0, result.output
        assert [file for file in files(here) if not file.startswith("new/a/")] == outside
        assert (
            run("build", "new/a", "-o", "again", "--fail-on", "never", "--target", "certification", "-q").exit_code == 0
        )
        assert json.loads((here / "again/a" / DEFINITION).read_bytes())["definitions"] == {name: {"type": "string"}}

    def test_a_secret_is_shown_nowhere(self, run: Run, package: Path, here: Path) -> None:
        key = "c66c5dad395c4ec6"

        def leak(definition: Any) -> None:
            definition["info"]["description"] = f"See https://x.example/a?sig={key} please, dear reader of this."

        changed(package / DEFINITION, leak)
        result = run("import", "output/orders", "-o", "new/a.yaml")
        assert result.exit_code == 0
        assert (
            "the query parameter 'sig' contains a secret: REDACTED is imported instead [SecretLeftOut]" in result.stdout
        )
        assert key not in result.output
        assert key not in (here / "new/a.yaml").read_text(encoding="utf-8")

    def test_a_journal_of_a_stranger(self, run: Run, package: Path, here: Path, imported: Imported) -> None:
        staging = here / ".connector-builder/staging"
        (staging / "old").mkdir(parents=True)
        (staging / "old/0").write_bytes(b"planted")
        moves = [{"name": ".git/hooks/pre-commit", "old": True, "new": None}]
        (staging / "journal.json").write_text(
            json.dumps({"version": 1, "folders": [], "moves": moves}), encoding="utf-8"
        )
        result = run("import", "output/orders", "-o", "a.yaml")
        assert (result.exit_code, "isn't the journal of a run" in result.stderr) == (2, True)
        assert not (here / ".git/hooks").exists()


ORDERS: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Orders", "description": "Reads orders.", "version": "1.0"},
    "servers": [{"url": "https://api.contoso.example"}],
    "paths": {
        "/orders": {
            "get": {
                "operationId": "ListOrders",
                "tags": ["Orders"],
                "parameters": [
                    {"name": "tag", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}}
                ],
                "responses": {"200": {"description": "OK"}},
            },
            "post": {"operationId": "CreateOrder", "responses": {"201": {"description": "OK"}}},
        }
    },
}


class TestOtherFormats:
    def test_each_change_has_its_class(self, run: Run, here: Path) -> None:
        (here / "orders.json").write_text(json.dumps(ORDERS), encoding="utf-8")
        report = json.loads(run("import", "orders.json", "-o", "orders.yaml", "--format", "json").stdout)
        assert [(one["rule"], one["change"], one["pointer"]) for one in report["findings"]] == [
            ("OneValue", "narrowed", "/paths/~1orders/get/parameters/0")
        ]

    def test_the_list_is_a_selection(self, run: Run, here: Path) -> None:
        (here / "orders.json").write_text(json.dumps(ORDERS), encoding="utf-8")
        listed = run("import", "orders.json", "--list").stdout.splitlines()
        assert listed == ["GET /orders   # ListOrders, tag:Orders", "POST /orders  # CreateOrder"]
        (here / "chosen.txt").write_text(listed[1], encoding="utf-8")
        assert run("import", "orders.json", "-o", "orders.yaml", "--select", "chosen.txt").exit_code == 0
        text = (here / "orders.yaml").read_text(encoding="utf-8")
        assert ("CreateOrder" in text, "ListOrders" in text) == (True, False)

    def test_a_selection_that_cannot_be_read(self, run: Run, here: Path) -> None:
        (here / "orders.json").write_text(json.dumps(ORDERS), encoding="utf-8")
        result = run("import", "orders.json", "-o", "orders.yaml", "--select", "none.txt")
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("error: 'none.txt' can't be read: ")

    def test_a_wrong_server(self, run: Run, here: Path) -> None:
        (here / "orders.json").write_text(json.dumps(ORDERS), encoding="utf-8")
        result = run("import", "orders.json", "-o", "orders.yaml", "--server", "api.contoso.example")
        assert (result.exit_code, result.stderr) == (
            2,
            "error: 'api.contoso.example' isn't the address of a server\nhelp: write it like https://api.contoso.example/v1\n",
        )
