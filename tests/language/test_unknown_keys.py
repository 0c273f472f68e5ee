"""Many unknown keys in one mapping."""

from collections.abc import Iterator
from pathlib import Path

from connector_builder.findings import Text
from connector_builder.language.tables.top import OBJECTS
from connector_builder.language.unknown_keys import UnknownKeys
from connector_builder.source.node import Node
from connector_builder.source.suggest import Suggestions
from connector_builder.source.yaml_reader import read_yaml


class Entries(dict[str, Node]):
    """The entries of a mapping. Counts how often they are all gone through."""

    times = 0

    def __iter__(self) -> Iterator[str]:
        self.times += 1
        return super().__iter__()


def test_many_unknown_keys_go_through_their_mapping_once_not_each() -> None:
    text = "".join(f"key{number}: 1\n" for number in range(100)) + "pathz: 1\nserver: 1\n"
    root = read_yaml(Text(Path("spec.yaml"), text)).root
    assert root is not None
    unknown = list(root.entries.values())
    root.entries = entries = Entries(root.entries)
    found = list(UnknownKeys(root, OBJECTS["spec"], [(OBJECTS["spec"], None)], Suggestions(), {}).findings(unknown))
    assert len(found) == 102
    assert entries.times <= 1
