"""Updates a spec: merges three packages, edits the texts, and proves that the edited spec builds the merged package."""

from dataclasses import replace
from typing import Any

from connector_builder.findings import Finding, Place, Pointer, Severity, Text
from connector_builder.language import Variables, compile_folder
from connector_builder.language.decompile import import_package
from connector_builder.language.decompile.model import Unsayable
from connector_builder.language.decompile.proof import definition_differences, properties_differences
from connector_builder.language.load import load
from connector_builder.language.shape import Shape
from connector_builder.language.update.alignment import Documents
from connector_builder.language.update.editing import Editing
from connector_builder.language.update.forms import Forms
from connector_builder.language.update.model import NotUpdatable, Updated
from connector_builder.language.update.rules import NOT_UPDATABLE
from connector_builder.language.update.target import Target, merged
from connector_builder.language.update.telling import tell
from connector_builder.language.update.texts import Placeholders, Texts
from connector_builder.language.variables import variables_as_written
from connector_builder.package import Package, Reading
from connector_builder.platform.data.differences import same
from connector_builder.platform.swagger.operations import operations
from connector_builder.source.edits import Uncertain
from connector_builder.source.folder import Folder, Over
from connector_builder.source.pointers import format_pointer

ROUNDS = 8
"""The most trials: each part has five levels, and the top level three."""
_NAMED = 3


def update_spec(folder: Folder, main: str, base: Package, new: Package) -> Updated:
    """Returns the spec in a folder with what changed between two packages, as `update_spec` of the package says."""
    imported = import_package(base).reading
    own, words = _compiled(folder, main, imported)
    assert own.package is not None
    now = Documents.of(own.package)
    if new.properties is None:  # a definition alone says nothing about what apiProperties contain
        new = replace(new, properties=base.properties)
    unchanged = same(base.definition, new.definition) and same(base.properties, new.properties)
    source = imported if unchanged else import_package(new).reading
    target = merged(_documents(imported), now, _documents(source))
    texts = Texts(folder, main)
    checked = Shape(Variables(words.values)).check(load(folder, main).root or texts.root)
    script = own.package.script is not None
    forms = Forms(now, checked, script=script)
    after = Forms(target.documents, checked, script=script, own=forms, sampled=new.sampled)
    try:
        editing = Editing(texts, checked, forms, after, target.schemas, words)
        files, gone, reading = _proven(editing, folder, main, target, words)
    except Unsayable as reason:
        raise _not_written(texts, f"'{reason}' in apiProperties") from None
    before = {name: texts.roots[name].text.content.encode() for name in (*files, *gone)}
    files = {name: content for name, content in files.items() if content != before[name]}
    updated = Updated(files, frozenset(gone), before, reading)
    updated.operations = sum(1 for _ in operations(target.documents.definition))
    updated.findings = tell(editing, target, reading, now)
    return updated


def _compiled(folder: Folder, main: str, imported: Reading) -> tuple[Reading, Placeholders]:
    """Compiles the spec with words instead of its variables; where a word has no place, with their defaults.

    Returns the words too. Raises NotUpdatable for a spec with errors that it didn't have when it was imported.
    """
    loaded = load(folder, main)
    written = variables_as_written(root.value for root in loaded.roots)
    words = Placeholders(written, loaded.texts)
    reading, errors = _with_errors(folder, main, words, imported)
    if written and errors:
        words = words.without([name for name, text in written.items() if ":-" in text])
        reading, errors = _with_errors(folder, main, words, imported)
    if reading.package is not None and not errors:
        return reading, words
    place = Place.whole(reading.texts[0] if reading.texts else Text(loaded.path, ""))
    help_ = "mend what 'connector-builder validate' finds, then update"
    raise NotUpdatable([NOT_UPDATABLE.at(place, "the spec has errors, so nothing is updated", help=help_), *errors])


def _with_errors(folder: Folder, main: str, words: Placeholders, imported: Reading) -> tuple[Reading, list[Finding]]:
    reading = compile_folder(folder, main, Variables(words.values))
    known = {(finding.rule.name, finding.message) for finding in imported.findings}
    errors = (finding for finding in reading.findings if finding.rule.severity is Severity.ERROR)
    return reading, [finding for finding in errors if (finding.rule.name, finding.message) not in known]


def _documents(reading: Reading) -> Documents:
    """Returns the documents of an imported package as its spec compiles to them: with all that is derived."""
    assert reading.package is not None
    return Documents.of(reading.package)


def _proven(
    editing: Editing, folder: Folder, main: str, target: Target, words: Placeholders
) -> tuple[dict[str, bytes], set[str], Reading]:
    """Returns the files that build the merged package, those that go, and what the spec compiles to.

    Raises NotUpdatable if no edits do.
    """
    pointers: list[Pointer] = [()]
    for _ in range(ROUNDS):
        try:
            files, gone = editing.trial()
        except Uncertain:
            break
        reading = compile_folder(Over(files, folder, gone), main, Variables(words.values))
        pointers = wrong(target, reading.package)
        if not pointers:
            _keeps_variables(editing, reading)
            return files, gone, reading
        if not editing.coarser(pointers):
            break
    named = ", ".join(format_pointer(at) or "the layout of a file" for at in pointers[:_NAMED])
    raise _not_written(editing.texts, named)


def _not_written(texts: Texts, named: str) -> NotUpdatable:
    message = f"what changed can't be written into this spec: {named}"
    help_ = "make this change by hand and update again, or import the source to another place and compare"
    return NotUpdatable([NOT_UPDATABLE.at(Place.whole(texts.root.text), message, help=help_)])


def _keeps_variables(editing: Editing, reading: Reading) -> None:
    """Raises NotUpdatable if a variable would go that only the spec's own text has, and not the package."""
    before = variables_as_written(root.value for root in editing.texts.roots.values())
    lost = sorted(before.keys() - (reading.variables or frozenset()) - editing.variables.values.keys())
    if lost:
        message = f"the API changed a value that the spec writes with the variable '{lost[0]}'"
        help_ = "change it in the spec by hand, then update again"
        raise NotUpdatable([NOT_UPDATABLE.at(Place.whole(editing.texts.root.text), message, help=help_)])


def wrong(target: Target, built: Package | None) -> list[Pointer]:
    """Returns the pointers to where a package differs from the merged one; the order of names doesn't count."""
    if built is None:
        return [()]
    found = list(definition_differences(target.documents.definition, built.definition, ordered=()))
    wanted: Any = target.documents.properties
    return found + list(properties_differences(wanted, built.properties))
