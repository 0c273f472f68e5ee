"""The tree of a spec as files: one, or a folder with a file for each group of operations."""

from typing import Any

from connector_builder.package import Package
from connector_builder.source.yaml_writer import write_yaml
from connector_builder.spec import MAIN


def spec_files(tree: dict[str, Any], package: Package) -> dict[str, bytes]:
    """The contents of the files by name."""
    files = {MAIN: write_yaml(escaped(tree)).encode()}
    if package.script is not None:
        files["script.csx"] = package.script
    return files


def escaped(value: Any) -> Any:
    """Texts so that no variable is seen in them; keys have none."""
    if isinstance(value, str):
        return value.replace("${", "$${") if "${" in value else value
    if isinstance(value, dict):
        return type(value)({key: escaped(part) for key, part in value.items()})
    return [escaped(part) for part in value] if isinstance(value, list) else value
