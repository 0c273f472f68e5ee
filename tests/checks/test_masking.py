"""No text of a finding has a secret, however many secrets a file has."""

from pathlib import Path

import pytest

from connector_builder.checks.masking import masked
from connector_builder.findings import Defect, Finding, Place, Text
from connector_builder.language.rules.shape import VALUE_TYPE_NOT_VALID


@pytest.mark.parametrize("count", [10, 1001])
@pytest.mark.parametrize(
    ("help", "shown"),
    [
        ("write [no part 7 of it]", "write [REDACTED]"),
        ("write response: no part 9 of it; and 'responses'", "write response: REDACTED; and 'responses'"),
        ("did you mean 'no part 3 of it'?", "did you mean 'REDACTED'?"),
        ("write [another part]", "write [another part]"),
    ],
)
def test_a_help_repeats_no_secret(count: int, help: str, shown: str) -> None:
    text = Text(Path("a.yaml"), "".join(f"password: no part {number} of it\n" for number in range(count)))
    finding = Finding(VALUE_TYPE_NOT_VALID, Defect(Place(text, 0, 8), "wrong", help))
    quoted = shown if count == 10 else shown.replace("'responses'", "'REDACTED'")
    assert [one.help for one in masked([finding], [text])] == [quoted]


def test_a_pointer_is_a_text_that_people_read() -> None:
    place = Place(Text(Path("a.yaml"), "a: 1\n"), 0, 1)
    finding = Finding(VALUE_TYPE_NOT_VALID, Defect(place, "at 'x7'", "not x7"), "d.json", ("paths", "/a?key=x7", 0))
    said = finding.reworded(lambda text: text.replace("x7", "${KEY}"))
    assert (said.message, said.help, said.pointer) == ("at '${KEY}'", "not ${KEY}", ("paths", "/a?key=${KEY}", 0))
