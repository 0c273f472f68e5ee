"""Each rule that says it has a fix mends a bad example of its docs: in a package and in a spec, and nothing else in it.

`fixes.txt` lists every line that the fixes change; a run with `--update` and `-n 0` writes it.
"""

from difflib import unified_diff
from pathlib import Path

import pytest

from connector_builder.app.fix import mend
from connector_builder.app.shared.targets import find_targets
from connector_builder.checks.catalogue import CATALOGUE
from connector_builder.checks.engine import Checks
from connector_builder.checks.rules import ENGINE_RULES
from connector_builder.findings import Rule, Text
from connector_builder.language import Variables
from connector_builder.language.compile import context
from connector_builder.language.update.rules import UPDATE_RULES
from connector_builder.source.yaml_reader import read_yaml
from connector_builder.sources.rules import IMPORT_RULES
from connector_builder.sources.solution_rules import SOLUTION_RULES
from tests.app.test_fix import DEFECTS
from tests.support.examples.mending import Case, cases

VALIDATED = [
    rule
    for rule in CATALOGUE.values()
    if rule not in {*ENGINE_RULES, *IMPORT_RULES, *UPDATE_RULES, *SOLUTION_RULES} and rule.verdicts is None
]
"""What `validate` finds in a spec or a package."""
SEEDED = {rule for rule, _, _ in DEFECTS} | {"FieldPathNotValid"}
"""Rules about the text of a spec, whose docs explain a case without a fix; `test_fix.py` seeds and mends others."""
ONLY_IN_PACKAGES = {
    "ByteOrderMarkPreventsUpload": "build writes the files of a package",
    "DocumentNotSwagger": "a spec is another kind of document",
    "ReadmeEmpty": "build writes the README",
    "ReadmeHeadingMissing": "build writes the README",
    "ReadmeMissing": "build writes the README",
    "SecretInPackage": "SecretInSpec is the rule of specs",
    "SettingsFileNotFound": "build writes settings.json",
    "SettingsKeyNotKnown": "build writes settings.json",
    "SettingsNotAnObject": "build writes settings.json",
    "SpecificationVersionIncorrect": "build writes 'swagger: \"2.0\"'",
    "StackOwnerPreventsUpload": "build writes stackOwner only where it is asked for",
    "TextNotAscii": "build writes ASCII",
    "BasePathRepeatedInPaths": "BasePathRepeated is the rule of specs",
    "ExpressionNotValid": "PolicyNotValid is the rule of specs",
    "ExpressionParameterNotFound": "NameNotFound is the rule of specs",
    "OAuthFlowNotSupported": "AuthNotValid is the rule of specs",
    "OAuthTemplateNotValid": "NameNotFound is the rule of specs",
    "ParameterSetNameNotUnique": "AuthNotValid is the rule of specs",
    "PolicyOperationNotFound": "NameNotFound is the rule of specs",
    "PollingReturnsNoList": "TriggerNotValid is the rule of specs",
    "WebhookOperationsMissingNotificationUrlProperty": "TriggerNotValid is the rule of specs",
}
"""The rules that no spec can break, and why."""
FIXES = Path(__file__).with_name("fixes.txt")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(context, "MAX_SCHEMAS", 500)  # the example of 50,000 is as wrong with fewer
    (tmp_path / ".git").mkdir()  # no configuration above it counts
    return tmp_path


@pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same
@pytest.mark.exhaustive
@pytest.mark.parametrize("rule", VALIDATED, ids=lambda rule: rule.name)
def test_the_fixes_of_its_examples(rule: Rule, folder: Path, request: pytest.FixtureRequest) -> None:
    listed = list(cases(rule, folder))
    of_specs = [case for case in listed if case.what.endswith("spec")]
    if rule.name in ONLY_IN_PACKAGES:
        assert not any(case.found for case in of_specs), "no spec can break it"
    if rule.fixable and rule.name != "TextCut":
        for case in of_specs:
            _check_comments(case)
    fixed = [case for case in listed if case.is_fixed]
    assert rule.fixable == bool(fixed or rule.name in SEEDED), "'fixable' isn't what the examples show"
    lines = [line for case in fixed for line in (f"{rule.name}, {case.what}", *case.lines, "")]
    expected = _expected()
    if request.config.getoption("--update"):
        expected[rule.name] = lines
        whole = "\n".join(line for one in VALIDATED for line in expected.get(one.name, ()))
        FIXES.write_bytes(whole.encode())
    assert lines == expected.get(rule.name, [])


def test_half_of_what_a_spec_can_break_has_a_fix_there() -> None:
    in_specs = {name for name, lines in _expected().items() if any(line.endswith(" spec") for line in lines)}
    assert in_specs <= {rule.name for rule in VALIDATED}
    assert 2 * len(in_specs | SEEDED) >= len(VALIDATED) - len(ONLY_IN_PACKAGES)


def _expected() -> dict[str, list[str]]:
    """Returns the lines of `fixes.txt` by rule."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in FIXES.read_text(encoding="utf-8").split("\n") if FIXES.exists() else ():
        if line and not line.startswith(" "):
            name = line.partition(",")[0]
        found.setdefault(name, []).append(line)
    return found


def _check_comments(case: Case) -> None:
    """Checks that a fix keeps the comments of a spec. The files stay as they are."""
    main = case.path / "connector.yaml" if case.path.is_dir() else case.path
    if main.suffix != ".yaml":
        return
    written = main.read_bytes()
    before = _commented(written.decode())
    main.write_text(before, encoding="utf-8", newline="\n")
    for change in mend(find_targets([case.path])[0], Variables(), Checks(select=frozenset([case.rule]))).changes:
        if change.path.name == main.name:
            after = change.after.decode()
            lost = [part for part in before.split() if part.startswith("#line") and f"{part}\n" not in after]
            diff = list(unified_diff(_plain(before), _plain(after), n=0))[2:]
            removed, added = (sum(line[0] == sign for line in diff) for sign in "-+")
            assert len(lost) <= max(removed - added, 0)
    main.write_bytes(written)


def _commented(text: str) -> str:
    """Returns a YAML text with a comment at the end of each line that can have one."""
    lines = text.splitlines()
    every = "\n".join(f"{line}  #line{index}" if line.strip() else line for index, line in enumerate(lines)) + "\n"
    if _value(every) == _value(text):
        return every
    for index, line in enumerate(lines):
        changed = [*lines[:index], f"{line}  #line{index}", *lines[index + 1 :]]
        if line.strip() and _value("\n".join(changed)) == _value("\n".join(lines)):
            lines = changed
    return "\n".join(lines) + "\n"


def _value(text: str) -> object:
    root = read_yaml(Text(Path("spec.yaml"), text)).root
    return None if root is None else root.value


def _plain(text: str) -> list[str]:
    return [line.partition("  #line")[0] for line in text.splitlines()]
