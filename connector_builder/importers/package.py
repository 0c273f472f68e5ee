"""A package to a spec that is proven: compiled, and the same as what was read."""

from typing import Any

from connector_builder.findings import Pointer
from connector_builder.importers.draft import PLAIN, Draft, Part
from connector_builder.importers.layout import spec_files
from connector_builder.importers.model import Imported, NotProven
from connector_builder.importers.proof import differences
from connector_builder.importers.secrets import without_secrets
from connector_builder.importers.spec import spec_of
from connector_builder.package import Package
from connector_builder.package.canonical import definition_bytes, properties_bytes
from connector_builder.render.files import drawn_icon
from connector_builder.source.pointers import format_pointer
from connector_builder.spec import Variables, compile_contents

ROUNDS = 4
"""How often a longer form is tried for what differs; each time a part differs it takes the next, and there are two."""


def import_package(package: Package) -> Imported:
    """The spec of a package. Raises NotProven where none compiles back to it, which is a defect of ours."""
    properties = without_secrets(package.properties) if isinstance(package.properties, dict) else None
    draft = Draft(package.definition, properties, script=package.script is not None, settings=package.settings)
    draft.icon = package.icon is not None and package.icon != drawn_icon(package)
    pointers: list[Pointer] = []
    for _ in range(ROUNDS):
        contents = spec_files(spec_of(draft), package.script, package.icon if draft.icon else None)
        pointers = _wrong(package, draft, contents)
        if not pointers:
            return _imported(package, draft, contents)
        if not _longer(draft, pointers):
            break
    raise NotProven([format_pointer(pointer) for pointer in pointers])


def _wrong(package: Package, draft: Draft, contents: dict[str, bytes]) -> list[Pointer]:
    """Where what the files compile to differs from the package; pointers into apiProperties begin with `properties`."""
    built = compile_contents(package.source, contents, Variables()).package
    if built is None:
        return [()]
    pointers = list(differences(package.definition, built.definition))
    if draft.properties is not None:
        pointers += differences(draft.properties, built.properties, ("",))
    if (draft.icon and built.icon != package.icon) or built.script != package.script:
        pointers.append(("files",))
    return pointers


def _longer(draft: Draft, pointers: list[Pointer]) -> bool:
    """Raises the parts that differ to the next longer form; False where none of them can be."""
    raised = False
    for part in {_part(pointer) for pointer in pointers} - {None}:
        assert part is not None
        level = draft.level(part)
        if level < PLAIN:
            draft.levels[part] = level + 1
            raised = True
    return raised


def _part(pointer: Pointer) -> Part | None:
    steps = tuple(map(str, pointer))
    if steps[:1] == ("paths",) and len(steps) > 2:
        return steps[:3]
    return steps[:2] if len(steps) > 1 and steps[0] in ("definitions", "parameters", "responses") else None


def _imported(package: Package, draft: Draft, contents: dict[str, bytes]) -> Imported:
    before = definition_bytes(package.definition).count(b"\n")
    if draft.properties is not None:
        before += properties_bytes(draft.properties).count(b"\n")
    texts = [content for name, content in contents.items() if name.endswith(".yaml")]
    paths: Any = package.definition.get("paths")
    operations = sum(one[0] == "paths" for one in draft.levels) if isinstance(paths, dict) else 0
    return Imported(contents, operations, sum(text.count(b"\n") for text in texts), before, draft.plain)
