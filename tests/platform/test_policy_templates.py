"""The table of policy templates, and the short keys that the language has for them."""

import pytest

from connector_builder.language.tables.policies import TEMPLATES as NAMED
from connector_builder.language.tables.policies import Setting, Template
from connector_builder.platform.policies.templates import BY_ID, POLLING, TEMPLATES, template_of


def test_every_template_has_a_short_key_but_the_one_that_polling_writes() -> None:
    assert [template.id for template in NAMED] == [template.id for template in TEMPLATES if template.id != POLLING]


def test_ids_are_in_small_letters_and_compare_without_capitals() -> None:
    assert [template.id for template in TEMPLATES] == [template.id.lower() for template in TEMPLATES]
    assert template_of("SetHeader") is BY_ID["setheader"]
    assert template_of("setheaders") is None


@pytest.mark.parametrize("template", NAMED, ids=lambda one: one.key)
def test_every_parameter_has_a_friendly_key(template: Template) -> None:
    assert {one.name for one in template.settings} == {one.name for one in BY_ID[template.id].parameters}


SETTINGS = [(template, setting) for template in NAMED for setting in template.settings]


@pytest.mark.parametrize(("template", "setting"), SETTINGS)
def test_what_a_template_needs_the_language_requires_or_writes(template: Template, setting: Setting) -> None:
    parameter = next(one for one in BY_ID[template.id].parameters if one.name == setting.name)
    assert parameter.required == (setting.required or parameter.default != setting.default)
    assert setting.form.words == parameter.values
    assert (setting.form.number == "integer") == (parameter.type == "whole number")


def test_a_closed_list_has_the_default() -> None:
    closed = [one for template in TEMPLATES for one in template.parameters if one.values]
    assert [one.name for one in closed if one.default not in one.values] == []
    assert len(closed) == 5


def test_a_template_that_an_instance_needs_nothing_of_is_written_by_its_key() -> None:
    assert [one.key for one in NAMED if not any(setting.required for setting in one.settings)] == ["updateNextLink"]
