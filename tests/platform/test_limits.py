"""The platform's limits: one table, whose numbers the rules and their documentation have."""

import pytest

from connector_builder.package.read import MAX_ICON, MAX_SCRIPT
from connector_builder.platform import limits
from connector_builder.platform.icon.check import MAX_SIDE, MIN_SIDE
from connector_builder.render.icon.draw import SIZE
from connector_builder.rules.topics.definition.limits import (
    body_schema_count_exceeds_max_allowed,
    total_operations_count_exceeds_max_allowed,
)


def test_the_table_has_every_limit() -> None:
    named = [value for value in vars(limits).values() if isinstance(value, limits.Limit)]
    assert list(limits.LIMITS) == named


@pytest.mark.parametrize("limit", limits.LIMITS, ids=lambda limit: limit.what)
def test_a_limit_has_a_number_and_a_source(limit: limits.Limit) -> None:
    assert 0 <= limit.least < limit.most
    assert limit.source.startswith("https://")


def test_what_is_read_and_drawn_is_what_the_platform_takes() -> None:
    assert (MAX_ICON, MAX_SCRIPT) == (1_048_576, 1_048_576)
    assert (MIN_SIDE, MAX_SIDE, SIZE) == (100, 230, 230)


def test_the_rules_say_their_limits() -> None:
    assert "more than 256 operations" in total_operations_count_exceeds_max_allowed.rule.doc
    assert limits.OPERATIONS.most == 256
    assert "more than 512 schemas" in body_schema_count_exceeds_max_allowed.rule.doc
    assert limits.SCHEMAS.most == 512
