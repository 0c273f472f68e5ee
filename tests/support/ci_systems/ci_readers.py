"""Reads reports as their consumers do, and refuses what one of them would refuse.

The parts of SARIF are those of its specification (OASIS, 2.1.0) that a report of ours may have, with what GitHub requires on
top. The elements of JUnit are those that Azure Pipelines, GitLab and Jenkins read in common.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from unicodedata import category
from xml.etree import ElementTree

_TEXT, _COUNT = str, int
_MESSAGE = {"text": _TEXT}
_REGION = {"startLine": _COUNT, "startColumn?": _COUNT, "endLine?": _COUNT, "endColumn?": _COUNT}
_PHYSICAL = {"artifactLocation": {"uri": _TEXT}, "region": _REGION}
_RULE = {
    "id": _TEXT,
    "name?": _TEXT,
    "shortDescription?": _MESSAGE,
    "fullDescription?": _MESSAGE,
    "help?": {"text": _TEXT, "markdown": _TEXT},
    "helpUri?": re.compile(r"https://\S+"),
    "defaultConfiguration?": {"level": re.compile("error|warning|note")},
    "properties?": {
        "tags": [_TEXT],
        "precision": re.compile("very-high|high|medium|low"),
        "problem.severity": re.compile("error|warning|recommendation"),
    },
}
_RESULT = {
    "ruleId": _TEXT,
    "ruleIndex": _COUNT,
    "level": re.compile("error|warning|note"),
    "message": _MESSAGE,
    "locations": [{"physicalLocation": _PHYSICAL, "logicalLocations?": [{"fullyQualifiedName": _TEXT}]}],
    "relatedLocations?": [{"id": _COUNT, "physicalLocation": _PHYSICAL, "message": _MESSAGE}],
    "partialFingerprints": {"primaryLocationLineHash": re.compile("[0-9a-f]{16}:[1-9][0-9]*")},
}
_NOTIFICATION = {"level": re.compile("warning"), "message": _MESSAGE}
_RUN = {
    "tool": {"driver": {"name": _TEXT, "version?": _TEXT, "semanticVersion?": _TEXT, "rules": [_RULE]}},
    "invocations": [{"executionSuccessful": bool, "toolExecutionNotifications?": [_NOTIFICATION]}],
    "columnKind": re.compile("unicodeCodePoints|utf16CodeUnits"),
    "results": [_RESULT],
}
SARIF = {"$schema": re.compile(r"https://\S+"), "version": re.compile(r"2\.1\.0"), "runs": [_RUN]}
GITLAB = [
    {
        "description": _TEXT,
        "check_name": _TEXT,
        "fingerprint": _TEXT,
        "severity": re.compile("info|minor|major|critical|blocker"),
        "location": {"path": re.compile("(?s)(?!/|[.]/).+"), "lines": {"begin": _COUNT, "end": _COUNT}},
    }
]


def refused(value: Any, form: Any, at: str = "") -> list[str]:
    """Returns where a value doesn't have a form: a type, a pattern, a list of one form, or keys with forms (`?` optional)."""
    if isinstance(form, dict):
        if not isinstance(value, dict):
            return [at]
        forms = {key.rstrip("?"): (part, key.endswith("?")) for key, part in form.items()}
        missing = [f"{at}/{key}" for key, (_, optional) in forms.items() if not optional and key not in value]
        unknown = [f"{at}/{key}" for key in value if key not in forms]
        below = (refused(part, forms[key][0], f"{at}/{key}") for key, part in value.items() if key in forms)
        return [*missing, *unknown, *(one for found in below for one in found)]
    if isinstance(form, list):
        if not isinstance(value, list):
            return [at]
        return [one for index, part in enumerate(value) for one in refused(part, form[0], f"{at}/{index}")]
    if isinstance(form, re.Pattern):
        return [] if isinstance(value, str) and form.fullmatch(value) else [at]
    return [] if type(value) is form else [at]


def sarif_refused(log: Any) -> list[str]:
    """Returns why GitHub or a validator of SARIF would refuse a log, beyond the forms of its parts."""
    found = refused(log, SARIF)
    for run in log["runs"] if not found else ():
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        if len(set(rules)) < len(rules):
            found.append("two rules have one id")
        for result in run["results"]:
            if rules[result["ruleIndex"]] != result["ruleId"]:
                found.append(f"{result['ruleId']} isn't the rule {result['ruleIndex']}")
            places = [*result["locations"], *result.get("relatedLocations", ())]
            found += [why for place in places for why in _region_refused(place["physicalLocation"])]
    return found


def _region_refused(physical: dict[str, Any]) -> list[str]:
    uri, region = physical["artifactLocation"]["uri"], physical["region"]
    found = [] if re.fullmatch(r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})+", uri) else [f"{uri} isn't a URI"]
    start = region["startLine"], region.get("startColumn", 1)
    end = region.get("endLine", region["startLine"]), region.get("endColumn", start[1])
    return found if min(start) >= 1 and start <= end else [*found, f"{region} ends before it starts"]


@dataclass
class Command:
    """A command that a pipeline found in a log."""

    name: str
    properties: dict[str, str] = field(default_factory=dict)
    message: str = ""


def github_commands(log: str) -> list[Command]:
    """Returns the workflow commands in a log as GitHub's runner finds them: `::name key=value,…::message`."""
    found = []
    for line in log.splitlines():
        match = re.fullmatch(r"\s*::([^\s:]+)(?: (.*?))?::(.*)", line)
        if match:
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(",") if "=" in pair)
            properties = {key: _decoded(value, {"%3A": ":", "%2C": ","}) for key, value in pairs}
            found.append(Command(match[1], properties, _decoded(match[3], {})))
    return found


def azure_commands(log: str) -> list[Command]:
    """Returns the logging commands in a log as Azure's agent finds them: `##vso[name key=value;…]message`."""
    found = []
    for line in log.splitlines():
        match = re.search(r"##vso\[(\S+?)(?: (.*?))?\](.*)", line)
        if match:
            pairs = (pair.split("=", 1) for pair in (match[2] or "").split(";") if "=" in pair)
            properties = {key: _decoded(value, {"%3B": ";", "%5D": "]"}, "%AZP25") for key, value in pairs}
            found.append(Command(match[1], properties, _decoded(match[3], {}, "%AZP25")))
    return found


def _decoded(text: str, more: dict[str, str], percent: str = "%25") -> str:
    for code, character in {"%0D": "\r", "%0A": "\n", **more, percent: "%"}.items():
        text = text.replace(code, character)
    return text


_SUITE = {"name", "tests", "failures", "errors", "skipped", "time"}
_JUNIT = {
    "testsuites": ({"name", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (_SUITE, {"testcase"}),
    "testcase": ({"classname", "name", "file", "line", "time"}, {"failure", "system-out"}),
    "failure": ({"type", "message"}, set()),
    "system-out": (set(), set()),
}


def junit(text: str) -> ElementTree.Element:
    """Returns the root of a report. Raises AssertionError where a reader of JUnit would refuse it, or its numbers are wrong."""
    root = ElementTree.fromstring(text)
    assert root.tag == "testsuites"
    for element in root.iter():
        attributes, children = _JUNIT[element.tag]
        assert set(element.attrib) <= attributes
        assert {child.tag for child in element} <= children
    for suite in (root, *root):
        assert int(suite.attrib["tests"]) == len(list(suite.iter("testcase")))
        assert int(suite.attrib["failures"]) == len(list(suite.iter("failure")))
    return root


def _sarif(text: str) -> None:
    assert sarif_refused(json.loads(text)) == []


def _gitlab(text: str) -> None:
    assert refused(json.loads(text), GITLAB) == []


def _readable(text: str) -> None:
    assert {category(one) for one in text.replace("\n", "")}.isdisjoint(("Cc", "Cf", "Cs"))


READERS: dict[str, Callable[[str], object]] = {
    "text": _readable,
    "json": json.loads,
    "sarif": _sarif,
    "github": github_commands,
    "azure": azure_commands,
    "gitlab": _gitlab,
    "junit": junit,
    "markdown": _readable,
}
"""What reads each format. Each raises an error for a report that it would refuse."""
