from pathlib import Path

import pytest

from connector_builder.render import templates


def test_in_a_checkout() -> None:
    assert (templates.template_folder() / "readme" / "README.md.jinja").is_file()


def test_in_an_installed_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "connector_builder"
    (package / "templates").mkdir(parents=True)
    (tmp_path / "templates").mkdir()  # of somebody else, in site-packages
    monkeypatch.setattr(templates, "_PACKAGE", package)
    assert templates.template_folder() == package / "templates"
