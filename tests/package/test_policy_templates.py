"""The platform's facts about policy templates agree with the language's short keys."""

from connector_builder.language.tables.policies import TEMPLATES
from connector_builder.platform.policy_templates import REQUIRED


def test_every_template_of_the_language_is_known() -> None:
    assert {template.id for template in TEMPLATES} == set(REQUIRED) - {"pollingtrigger"}


def test_what_a_template_needs_the_language_requires_or_writes() -> None:
    for template in TEMPLATES:
        certain = {one.name for one in template.settings if one.required or one.default is not None}
        assert set(REQUIRED[template.id]) <= certain, template.key


def test_what_the_language_requires_a_template_needs() -> None:
    for template in TEMPLATES:
        assert {one.name for one in template.settings if one.required} <= set(REQUIRED[template.id]), template.key
