"""Real packages and the specs imported from them have the same findings, but for what a spec can't have."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.ci import IN_CI
from tests.support.corpus import PARTS, connectors, needs_corpus
from tests.support.hostile.hostile_cli import import_, validate

pytestmark = [needs_corpus, pytest.mark.no_cover]
ONE_IN = 1 if settings().max_examples >= 1000 else 3 if IN_CI else 8
"""One connector of so many in a part is imported, and validated twice: it takes a quarter of a second."""

NEVER_IN_SPECS = {
    "StackOwnerPreventsUpload": "build writes stackOwner only where it is asked for",
    "TextNotAscii": "a spec is text of people, and build writes what JSON needs",
    "KeyDuplicated": "the import keeps the last of the two keys, as the platform does",
    "SecretInPackage": "the import leaves secrets out",
    "ByteOrderMarkPreventsUpload": "the import writes files without it",
    "EncodingNotValid": "the import writes UTF-8",
}
"""The rules that find nothing in the spec of a package, and why."""
SAID_OTHERWISE = {
    "PolicyOperationNotFound": "NameNotFound",
    "ExpressionParameterNotFound": "NameNotFound",
    "WebhookOperationsMissingNotificationUrlProperty": "TriggerNotValid",
    "PollingPolicyMissing": "TriggerNotValid",
    "SharedPartNotUsed": "NameNotFound",
    "MimeTypeNotSupported": "NameNotFound",
}
"""The rules that may find less in a spec if the other rule finds more there: it says the same about a spec, or explains it."""
SAMPLED = "ExampleMustMatchSchema"
"""A sample that a spec takes as its schema isn't an example any more: this may find less in a spec that has samples."""
OF_THE_LANGUAGE = {"KeySentAlone", "SampleNotMade"}
"""The rules about the language, which a package can't break."""


def _rules(path: Path) -> Counter[str]:
    """Counts the findings by rule. What one line of a spec says of several places counts for each."""
    counts = Counter[str]()
    for one in json.loads(validate(path, "--format", "json").out)["findings"]:
        counts[one["rule"]] += one.get("count", 1)
    return counts


def _differing(folder: Path, spec: Path) -> tuple[list[str], list[str]]:
    """Returns the rules that find less in a spec than in its package, and those that find more, where nothing explains it."""
    package, imported = _rules(folder), _rules(spec)
    lost, new = package - imported, imported - package
    for rule in NEVER_IN_SPECS:
        if not imported[rule]:
            del lost[rule]
    said = {instead for rule, instead in SAID_OTHERWISE.items() if lost[rule] and new[instead]}
    for rule, instead in SAID_OTHERWISE.items():
        if instead in said:
            del lost[rule]
    if any(b"sample:" in path.read_bytes() for path in spec.rglob("*.yaml")):
        del lost[SAMPLED]
    return sorted(lost), sorted(set(new) - said - OF_THE_LANGUAGE)


@pytest.mark.parametrize("part", PARTS)
def test_a_package_and_its_spec_have_the_same_findings(part: int, tmp_path: Path) -> None:
    differing = {}
    for folder in connectors(part)[::ONE_IN]:
        spec = tmp_path / folder.name
        import_(folder, spec)
        if not spec.exists():
            continue
        found = _differing(folder, spec)
        if found != ([], []):
            differing[folder.name] = found
    assert differing == {}
