"""Finds the project's templates: beside the package in a checkout, inside it after installation."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]


def template_folder() -> Path:
    """Returns the folder of the templates. In a wheel it is `connector_builder/templates`; there is no second copy."""
    installed = _PACKAGE / "templates"
    return installed if installed.is_dir() else _PACKAGE.parent / "templates"
