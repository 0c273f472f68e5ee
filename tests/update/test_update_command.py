"""`import --update`: what is read and written, what is refused, and what is said."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from connector_builder.cli import program
from tests.support.imports.updating import API, Definition

Run = Callable[..., Result]
RECORD = "specs/.connector-builder/imports/pets.json"
NEXT = "next: review the changes in version control, and commit the record in .connector-builder with them"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory that no configuration lies above."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(here: Path) -> Run:
    """Runs the command in `here`."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(program, list(arguments), prog_name="connector-builder")

    return invoke


@pytest.fixture
def spec(run: Run, here: Path) -> Path:
    """A spec that was imported from pets.json."""
    write(here / "pets.json", API)
    assert run("import", "pets.json", "-o", "specs/pets.yaml").exit_code == 0
    return here / "specs/pets.yaml"


def write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8", newline="\n")


def changed(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def new_version(description: str = "Lists all pets.") -> Definition:
    api = deepcopy(API)
    api["paths"]["/pets"]["get"]["description"] = description
    return api


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class TestRecord:
    def test_import_writes_it_beside_the_spec(self, spec: Path, here: Path) -> None:
        record = json.loads((here / RECORD).read_text(encoding="ascii"))
        assert record == {"version": 1, "definition": API}
        assert sorted(contents(here / "specs")) == [".connector-builder/imports/pets.json", "pets.yaml"]

    def test_operations_and_schemas_have_lines(self, spec: Path, here: Path) -> None:
        lines = (here / RECORD).read_text(encoding="ascii").splitlines()
        assert [line.split(":")[0] for line in lines if line.startswith(" " * 6)] == [
            '      "/pets"',
            '        "get"',
            '        "post"',
            "      },",
            '      "/pets/{id}"',
            '        "delete"',
            "      }",
            '      "Pet"',
            '        "type"',
            '        "properties"',
            "      },",
            '      "Owner"',
        ]

    def test_no_secret_is_in_it(self, run: Run, here: Path) -> None:
        api = deepcopy(API)
        api["info"]["termsOfService"] = "https://pets.example/terms?sig=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MA%3D%3D"
        oauth = {"identityProvider": "oauth2", "clientId": "pets", "clientSecret": "NotARealSecret"}
        properties = {"connectionParameters": {"token": {"type": "oauthSetting", "oAuthSettings": oauth}}}
        write(here / "pets/apiDefinition.swagger.json", api)
        write(here / "pets/apiProperties.json", {"properties": properties})
        assert run("import", "pets", "-o", "specs/pets.yaml").exit_code == 0
        text = (here / RECORD).read_text(encoding="ascii")
        assert ("NotARealSecret" in text, "Zm9vYmFy" in text) == (False, False)

    def test_builds_beside_specs_do_not_take_it_for_theirs(self, run: Run, spec: Path, here: Path) -> None:
        assert run("build", "specs", "-o", "specs").exit_code == 0
        before = (here / RECORD).read_bytes()
        assert run("build", "specs", "-o", "specs").exit_code == 0
        assert (here / RECORD).read_bytes() == before


class TestUpdate:
    def test_what_it_writes_and_says(self, run: Run, spec: Path, here: Path) -> None:
        changed(spec, "ListPets:", "ListPets:  # ours")
        before = spec.read_text(encoding="utf-8")
        write(here / "new.json", new_version())
        result = run("import", "new.json", "--update", "-o", "specs/pets.yaml")
        assert (result.exit_code, result.stderr) == (0, "")
        assert result.stdout.splitlines()[-3:] == [
            "updated specs/pets.yaml from new.json: 1 change in 1 file",
            "  validate: 1 warning",
            NEXT,
        ]
        assert "note: the operation 'ListPets' was changed: 'description' [Updated]" in result.stdout
        after = before.replace("description: Lists pets.", "description: Lists all pets.")
        assert spec.read_text(encoding="utf-8") == after != before
        assert json.loads((here / RECORD).read_text(encoding="ascii"))["definition"] == new_version()

    def test_a_second_one_changes_no_byte(self, run: Run, spec: Path, here: Path) -> None:
        write(here / "new.json", new_version())
        assert run("import", "new.json", "--update", "-o", "specs/pets.yaml").exit_code == 0
        before = contents(here)
        result = run("import", "new.json", "--update", "-o", "specs/pets.yaml")
        said = "specs/pets.yaml stays as it is: nothing changed in new.json since the last import\n"
        assert (result.exit_code, result.stdout, contents(here)) == (0, said, before)

    def test_diff_writes_nothing(self, run: Run, spec: Path, here: Path) -> None:
        write(here / "new.json", new_version())
        before = contents(here)
        result = run("import", "new.json", "--update", "-o", "specs/pets.yaml", "--diff")
        assert (result.exit_code, contents(here)) == (0, before)
        assert result.stdout.splitlines()[-13:] == [
            "--- specs/pets.yaml",
            "+++ specs/pets.yaml (updated)",
            "@@ -4,7 +4,7 @@",
            " actions:",
            "   ListPets:",
            "     request: GET /pets?limit&kind",
            "-    description: Lists pets.",
            "+    description: Lists all pets.",
            "     parameters:",
            "       limit: {type: integer, description: How many.}",
            "       kind: {enum: [cat, dog]}",
            "would update specs/pets.yaml from new.json: 1 change in 1 file",
            "  validate: 1 warning",
        ]

    def test_a_conflict_is_named_once(self, run: Run, spec: Path, here: Path) -> None:
        changed(spec, "Lists pets.", "Lists our pets.")
        before = spec.read_bytes()
        write(here / "new.json", new_version())
        arguments = ("import", "new.json", "--update", "-o", "specs/pets.yaml", "--format", "json")
        result = run(*arguments)
        [finding] = json.loads(result.stdout)["findings"]
        assert (finding["rule"], finding["severity"], finding["file"], finding["line"]) == (
            "UpdateConflict", "warning", "specs/pets.yaml", 7,
        )  # fmt: skip
        assert finding["message"] == "'description' of 'GET /pets' changed in the API and here, in different ways"
        assert (result.exit_code, spec.read_bytes()) == (0, before)
        assert json.loads(run(*arguments).stdout)["findings"] == []

    @pytest.mark.parametrize("named", ["specs/pets", "specs/pets.yaml", "specs/../specs/pets.yaml"])
    def test_names_of_the_spec(self, run: Run, spec: Path, here: Path, named: str) -> None:
        write(here / "new.json", new_version())
        assert run("import", "new.json", "--update", "-o", named, "-q").exit_code == 0
        assert "description: Lists all pets." in spec.read_text(encoding="utf-8")

    def test_a_spec_that_became_a_folder(self, run: Run, spec: Path, here: Path) -> None:
        text = spec.read_text(encoding="utf-8")
        head, _, rest = text.partition("actions:\n")
        actions, _, end = rest.partition("schemas:\n")
        spec.unlink()
        main = here / "specs/pets/connector.yaml"
        (here / "specs/pets/actions").mkdir(parents=True)
        main.write_text(f"{head}schemas:\n{end}", encoding="utf-8", newline="\n")
        lines = "".join(line[2:] if line.strip() else line for line in actions.splitlines(keepends=True))
        (here / "specs/pets/actions/pets.yaml").write_text(lines, encoding="utf-8", newline="\n")
        write(here / "new.json", new_version())
        result = run("import", "new.json", "--update", "-o", "specs/pets", "--format", "json")
        assert json.loads(result.stdout)["imports"] == [
            {
                "source": "new.json",
                "spec": "specs/pets",
                "files": ["specs/pets/actions/pets.yaml"],
                "written": True,
                "operations": 3,
                "changes": 1,
                "conflicts": 0,
                "findings": json.loads(result.stdout)["imports"][0]["findings"],
            }
        ]
        assert "description: Lists all pets." in (here / "specs/pets/actions/pets.yaml").read_text(encoding="utf-8")

    def test_a_definition_alone_leaves_the_properties(self, run: Run, here: Path) -> None:
        write(here / "pets/apiDefinition.swagger.json", API)
        write(here / "pets/apiProperties.json", {"properties": {"iconBrandColor": "#123456", "capabilities": []}})
        (here / "pets/script.csx").write_bytes(b"public class Script : ScriptBase {}\n")
        assert run("import", "pets", "-o", "specs/pets").exit_code == 0
        write(here / "new.json", new_version())
        result = run("import", "new.json", "--update", "-o", "specs/pets", "--format", "json")
        assert [finding["rule"] for finding in json.loads(result.stdout)["findings"]] == ["Updated"]
        record = json.loads((here / RECORD).read_text(encoding="ascii"))
        assert record["properties"] == {"properties": {"iconBrandColor": "#123456", "capabilities": []}}
        assert list(record) == ["version", "definition", "properties", "script.csx"]

    def test_custom_code(self, run: Run, here: Path) -> None:
        write(here / "pets/apiDefinition.swagger.json", API)
        write(here / "pets/apiProperties.json", {"properties": {"iconBrandColor": "#123456", "scriptOperations": []}})
        script = here / "pets/script.csx"
        script.write_bytes(b"public class Script : ScriptBase {}\n")
        assert run("import", "pets", "-o", "specs/pets").exit_code == 0
        script.write_bytes(b"public class Script : ScriptBase { }\n")
        assert run("import", "pets", "--update", "-o", "specs/pets").exit_code == 0
        own = here / "specs/pets/script.csx"
        assert own.read_bytes() == script.read_bytes()
        own.write_bytes(script.read_bytes() + b"// ours\n")
        script.write_bytes(script.read_bytes() + b"// theirs\n")
        result = run("import", "pets", "--update", "-o", "specs/pets", "--format", "json")
        [finding] = json.loads(result.stdout)["findings"]
        assert (finding["rule"], finding["message"]) == (
            "UpdateConflict", "'script.csx' isn't the one of the source, and the spec's stays",
        )  # fmt: skip
        assert own.read_bytes() == b"public class Script : ScriptBase { }\n// ours\n"


class TestRefused:
    def refused(self, run: Run, here: Path, *arguments: str) -> tuple[int, str]:
        """Returns the exit status and the message of a run that writes nothing."""
        before = contents(here)
        result = run("import", *arguments)
        assert contents(here) == before
        return result.exit_code, result.stderr or result.stdout

    def test_no_record(self, run: Run, spec: Path, here: Path) -> None:
        (here / RECORD).unlink()
        status, said = self.refused(run, here, "pets.json", "--update", "-o", "specs/pets.yaml")
        assert (status, said.splitlines()) == (
            2,
            [
                "error: 'specs/pets.yaml' has no record of its last import, so what changed since isn't known",
                "help: name the Swagger or package that it was imported from: --base OLD",
            ],
        )

    def test_base_instead_of_a_record(self, run: Run, spec: Path, here: Path) -> None:
        (here / RECORD).unlink()
        write(here / "new.json", new_version())
        result = run("import", "new.json", "--update", "-o", "specs/pets.yaml", "--base", "pets.json")
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, NEXT)
        assert json.loads((here / RECORD).read_text(encoding="ascii"))["definition"] == new_version()

    @pytest.mark.parametrize(
        "content", [b"", b"[]", b"{}", b'{"version": 1}', b'{"version": 2, "definition": {}}', b'{"version": 1, "definition": {"swagger": "2.0"}}',
                    b'{"version": 1, "definition": []}', b'{"version": 1, "definition": {"swagger": "2.0", "info": {}, "paths": []}}', b"\xff", b"{" * 5000]
    )  # fmt: skip
    def test_a_record_that_is_none(self, run: Run, spec: Path, here: Path, content: bytes) -> None:
        (here / RECORD).write_bytes(content)
        status, said = self.refused(run, here, "pets.json", "--update", "-o", "specs/pets.yaml")
        assert status == 1
        assert said.startswith("specs/.connector-builder/imports/pets.json:1:")
        assert said.endswith("not updated: specs/pets.yaml\n")

    def test_a_record_of_another_connector(self, run: Run, spec: Path, here: Path) -> None:
        record = (here / RECORD).read_text(encoding="ascii")
        other = record.replace("/pets", "/cars").replace("Pets", "Cars").replace("Pet", "Car")
        (here / RECORD).write_text(other, encoding="ascii", newline="\n")
        status, said = self.refused(run, here, "pets.json", "--update", "-o", "specs/pets.yaml")
        assert (status, "seems to be another API" in said) == (1, True)

    def test_a_spec_with_an_error(self, run: Run, spec: Path, here: Path) -> None:
        changed(spec, "description: Lists pets.", "descripton: Lists pets.")
        write(here / "new.json", new_version())
        status, said = self.refused(run, here, "new.json", "--update", "-o", "specs/pets.yaml")
        assert status == 1
        assert "specs/pets.yaml:1:1: error: the spec has errors, so nothing is updated [NotUpdatable]" in said
        assert "'descripton'" in said

    def test_a_source_with_an_error(self, run: Run, spec: Path, here: Path) -> None:
        (here / "new.json").write_bytes(b'{"swagger": "2.0",')
        status, said = self.refused(run, here, "new.json", "--update", "-o", "specs/pets.yaml")
        assert (status, said.endswith("not updated: specs/pets.yaml\n")) == (1, True)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (("pets.json", "--update", "-o", "specs/other.yaml"), "there is no spec 'specs/other.yaml' to update"),
            (("pets.json", "--update", "--force", "-o", "specs/pets.yaml"), "--update keeps what SPEC says, and --force replaces it"),
            (("pets.json", "pets.json", "new.json", "--update", "-o", "specs/pets.yaml"), "there is no file or folder 'new.json'"),
            (("pets.json", "--diff", "-o", "specs/x.yaml"), "--diff is for --update"),
            (("pets.json", "--base", "pets.json", "-o", "specs/x.yaml"), "--base is for --update"),
            ((".", "--update", "-o", "specs/pets.yaml"), "--update takes one SOURCE for one SPEC"),
        ],
    )  # fmt: skip
    def test_misuse(self, run: Run, spec: Path, here: Path, arguments: tuple[str, ...], message: str) -> None:
        status, said = self.refused(run, here, *arguments)
        assert (status, said.split("\n", 1)[0]) == (2, f"error: {message}")

    def test_a_link_in_the_way(self, run: Run, spec: Path, here: Path) -> None:
        text = spec.read_bytes()
        spec.rename(here / "elsewhere.yaml")
        spec.symlink_to(here / "elsewhere.yaml")
        write(here / "new.json", new_version())
        status, _ = self.refused(run, here, "new.json", "--update", "-o", "specs/pets.yaml")
        assert (status, (here / "elsewhere.yaml").read_bytes()) == (2, text)


def test_the_fields_of_a_new_operation_are_short(run: Run, here: Path, spec: Path) -> None:
    api = deepcopy(API)
    schema = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}
    answer = {"200": {"description": "OK", "schema": {"type": "array", "items": schema}}}
    api["paths"]["/owners"] = {"get": {"operationId": "ListOwners", "summary": "List owners", "responses": answer}}
    write(here / "pets.json", api)
    assert run("import", "pets.json", "--update", "-o", "specs/pets.yaml").exit_code == 0
    text = spec.read_text(encoding="utf-8")
    assert "    request: GET /owners\n    response: [{name: string, age: int" in text
