"""Each rule that says it has a fix mends a bad example of its docs: in a package and in a spec, and nothing else in it.

`fixes.txt` lists every line that the fixes change; a run with `--update` writes it.
"""

from collections.abc import Callable
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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()  # no configuration above it counts
    return tmp_path


@pytest.mark.no_cover  # tracing doubles the time of what is large; other tests reach the same
def test_the_fixes_of_all_examples(folder: Path, golden: Callable[[Path, bytes], None]) -> None:
    lines, wrong, in_specs = [], [], set(SEEDED)
    for rule in VALIDATED:
        listed = list(cases(rule, folder))
        broken = any(case.found for case in listed if case.what.endswith("spec"))
        wrong += [f"{rule.name} in a spec"] if broken and rule.name in ONLY_IN_PACKAGES else []
        fixed = [case for case in listed if case.is_fixed]
        in_specs |= {rule.name for case in fixed if case.what.endswith("spec")}
        if bool(fixed or rule.name in SEEDED) != rule.fixable:
            wrong.append(rule.name)
        for case in fixed:
            lines += [f"{rule.name}, {case.what}", *case.lines, ""]
    assert wrong == [], "'fixable' of these rules isn't what their examples show"
    assert 2 * len(in_specs) >= len(VALIDATED) - len(ONLY_IN_PACKAGES), "half of what a spec can break has a fix there"
    golden(Path(__file__).parent / "fixes.txt", "\n".join(lines).encode())


@pytest.mark.parametrize(
    "rule", [rule for rule in VALIDATED if rule.fixable and rule.name != "TextCut"], ids=lambda rule: rule.name
)
def test_a_fix_keeps_the_comments_of_a_spec(rule: Rule, folder: Path) -> None:
    for case in list(cases(rule, folder)):
        main = case.path / "connector.yaml" if case.path.is_dir() else case.path
        if case.what.endswith("spec") and main.suffix == ".yaml":
            _check_comments(case, main)


def _check_comments(case: Case, main: Path) -> None:
    before = _commented(main.read_text(encoding="utf-8"))
    main.write_text(before, encoding="utf-8", newline="\n")
    for change in mend(find_targets([case.path])[0], Variables(), Checks(select=frozenset([case.rule]))).changes:
        if change.path.name == main.name:
            after = change.after.decode()
            lost = [part for part in before.split() if part.startswith("#line") and f"{part}\n" not in after]
            diff = list(unified_diff(_plain(before), _plain(after), n=0))[2:]
            removed, added = (sum(line[0] == sign for line in diff) for sign in "-+")
            assert len(lost) <= max(removed - added, 0)


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
