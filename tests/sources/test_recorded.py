"""What an answer shows of a tenant and its people doesn't get into a spec."""

from typing import Any

import pytest

from connector_builder.sources.captures.recorded import AnswerMasks, sample_of

RUN = "08585236123456789012345678901CU21"


def masked(value: Any, *, keep: bool = False) -> Any:
    return sample_of(value, AnswerMasks(["api.flow.contoso.com"], keep=keep))


def test_the_same_value_is_always_the_same_and_keeps_its_shape() -> None:
    answer = {
        "name": RUN,
        "id": f"/environments/Default-8f1d1b52-6a0c-4c1e-9a52-0d5c6a7b8c9d/flows/4e6b/runs/{RUN}",
        "owner": {"mail": "ann.smith@fabrikam.com", "displayName": "Ann Smith", "id": "8f1d1b52-6a0c-4c1e-9a52-0d5c6a7b8c9d"},
        "count": 17,
        "state": "Succeeded",
        "startTime": "2026-01-31T09:00:00.1234567Z",
        "link": "https://api.flow.contoso.com/x?code=abc",
        "site": "https://fabrikam.sharepoint.com/sites/a",
        "ip": "10.1.2.3",
        "version": "1.2.3.4.5",
    }  # fmt: skip
    shaped = "00000000000000000000000000001AA00".replace("1AA00", "0AA01")
    assert masked(answer) == {
        "name": shaped,
        "id": f"/environments/Default-00000000-0000-4000-8000-000000000002/flows/4e6b/runs/{shaped}",
        "owner": {
            "mail": "person3@contoso.example",
            "displayName": "Person 4",
            "id": "00000000-0000-4000-8000-000000000002",
        },
        "count": 17,
        "state": "Succeeded",
        "startTime": "2026-01-31T09:00:00.1234567Z",
        "link": "https://api.flow.contoso.com/x",
        "site": "https://server5.contoso.example/sites/a",
        "ip": "192.0.2.6",
        "version": "1.2.3.4.5",
    }


def test_values_are_kept_if_the_user_says_so_but_never_secrets() -> None:
    answer = {
        "name": RUN,
        "mail": "ann@fabrikam.com",
        "access_token": "a8Jk2mQ9x7Lp4Zt1",
        "sig": "x",
        "u": "https://x.com/?sig=abc",
    }
    assert masked(answer, keep=True) == {
        "name": RUN, "mail": "ann@fabrikam.com", "access_token": "REDACTED", "sig": "REDACTED", "u": "REDACTED",
    }  # fmt: skip


def test_a_list_of_objects_has_one_item_with_all_fields() -> None:
    assert masked([{"a": 1}, {"b": "x"}, {"a": 2.5}]) == [{"a": 1.0 + 1.5, "b": "x"}]


@pytest.mark.parametrize(
    "word", ["ListFlowRunsAsAdmin", "Microsoft.ProcessSimple", "includeSolutionCloudFlows", "ActionFailed2"]
)
def test_words_stay(word: str) -> None:
    assert masked({"value": word}) == {"value": word}
