"""Real packages and the specs imported from them have the same findings, but for what a spec can't have."""

import json
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.ci import IN_CI
from tests.support.corpus import PARTS, connectors, needs_corpus
from tests.support.hostile_cli import import_, validate

pytestmark = [needs_corpus, pytest.mark.no_cover]
ONE_IN = 1 if settings().max_examples >= 1000 else 3 if IN_CI else 8
"""One connector of so many in a part is imported, and validated twice: it takes a quarter of a second."""

ONLY_IN_PACKAGES = {
    "StackOwnerPreventsUpload": "build writes stackOwner only where it is asked for",
    "PolicyOperationNotFound": "a spec reports it as NameNotFound",
    "TextNotAscii": "a spec is text of people, and build writes what JSON needs",
    "KeyDuplicated": "the import keeps the last of the two keys, as the platform does",
    "SecretInPackage": "the import leaves secrets out",
    "WebhookOperationsMissingNotificationUrlProperty": "a spec reports it as TriggerNotValid",
    "ByteOrderMarkPreventsUpload": "the import writes files without it",
    "EncodingNotValid": "the import writes UTF-8",
    "ExampleMustMatchSchema": "a sample that a spec takes as its schema isn't an example any more",
    "PollingPolicyMissing": "a spec reports it as TriggerNotValid",
    "ExpressionParameterNotFound": "a spec reports it as NameNotFound",
}
"""The rules that may find more in a package than in its spec, and why."""
ONLY_IN_SPECS = {
    "KeySentAlone": "is about the language",
    "NameNotFound": "is what a spec says for ExpressionParameterNotFound and PolicyOperationNotFound",
    "TriggerNotValid": "is what a spec says for a webhook without its address",
    "SampleNotMade": "is about the language",
}


def _rules(path: Path) -> Counter[str]:
    """Counts the findings by rule. What one line of a spec says of several places counts for each."""
    counts = Counter[str]()
    for one in json.loads(validate(path, "--format", "json").out)["findings"]:
        counts[one["rule"]] += one.get("count", 1)
    return counts


@pytest.mark.parametrize("part", PARTS)
def test_a_package_and_its_spec_have_the_same_findings(part: int, tmp_path: Path) -> None:
    differing = {}
    for folder in connectors(part)[::ONE_IN]:
        spec = tmp_path / folder.name
        import_(folder, spec)
        if not spec.exists():
            continue
        package, imported = _rules(folder), _rules(spec)
        lost = {rule for rule in package if package[rule] > imported[rule]} - set(ONLY_IN_PACKAGES)
        new = {rule for rule in imported if imported[rule] > package[rule]} - set(ONLY_IN_SPECS)
        if lost or new:
            differing[folder.name] = (sorted(lost), sorted(new))
    assert differing == {}
