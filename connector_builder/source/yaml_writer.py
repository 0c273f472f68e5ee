"""Writes plain data as YAML, as a careful person would. `yaml_reader` reads the same data from it.

Small parts are in flow style on the line of their key, others in block style. Texts are plain if that is safe, long
ones too: they continue on further lines. Other long texts are folded below `>-`; texts of several lines stay as they
are. The same data gives the same bytes.
"""

from typing import Any

from connector_builder.source.scalar_writer import MAX_KEY, block, fold, key, plain_lines, scalar

WIDTH = 120
"""The most characters of a line, if the blanks in texts allow that."""
MAX_NESTING = 3
"""The most mappings and lists inside each other on one line, the outermost included."""
MAX_PARTS = 8
"""The most scalars on one line, with a list of words counted as one: nobody grasps more at a glance."""
MAX_WORD = 40
"""The most characters of a word: a list of words alone may fill its line, and continue on further lines."""
_MIN_LINE = 10
"""The fewest characters of the first line of a text that is folded into two lines."""
_MIN_ROOM = 20
"""The least room for texts: in deep nesting they exceed the width."""


class Block(dict[str, Any]):
    """A mapping that is always in block style."""


class Spaced(Block):
    """A block mapping with a blank line between two entries if at least one of them takes several lines."""


def write_yaml(data: Any, *, width: int = WIDTH) -> str:
    """Returns a mapping of JSON data as a YAML document, with one line break at its end.

    No line is longer than `width` if the blanks in texts allow that. Raises ValueError for a number that isn't finite.
    """
    if not data:
        return "{}\n"
    writer = _Writer(width)
    writer.mapping("", data, 0)
    if not writer.lines[-1]:  # a text's own line breaks would end the file, where many editors remove them
        writer = _Writer(width, keep=False)
        writer.mapping("", data, 0)
    return "\n".join(writer.lines) + "\n"


def write_lines(key: str, value: Any, column: int) -> list[str]:
    """Returns the lines of an entry of a block mapping whose keys are at `column`; the first begins with the key."""
    writer = _Writer(WIDTH)
    writer.value(f"{' ' * column}{key}:", value, column)
    first, *rest = writer.lines
    return [first[column:], *rest]


def flow(value: Any) -> str:
    """Returns any value in flow style, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join([f"{key(name, in_flow=True)}: {flow(part)}" for name, part in value.items()]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value, in_flow=True)


class _Writer:
    """Collects the lines of a document, from the first to the last.

    A `head` is the beginning of a line: the indentation, with the key and its colon, or with the dash of an item.
    `column` is the column of the key or the dash. A continuation on the next line is indented by two columns more.
    """

    def __init__(self, width: int, *, keep: bool = True) -> None:
        self.width = width
        self.keep = keep
        self.lines: list[str] = []

    def mapping(self, head: str, data: dict[str, Any], column: int) -> None:
        """Writes the entries in block style, the first one after `head`."""
        spaced = isinstance(data, Spaced)
        was_long = None
        for name, value in data.items():
            start = len(self.lines)
            written = key(name)
            if written.startswith("? "):
                self.lines.append(head + written)
                head, written = " " * column, ""
            self.value(f"{head}{written}:", value, column)
            head = " " * column
            if spaced:
                is_long = len(self.lines) - start > 1
                # After a text that ends with blank lines, readers would take this one for part of the text.
                if was_long is not None and (was_long or is_long) and self.lines[start - 1]:
                    self.lines.insert(start, "")
                was_long = is_long

    def items(self, head: str, data: list[Any], column: int) -> None:
        """Writes the items in block style, the first one after `head`."""
        for value in data:
            self.value(f"{head}-", value, column)
            head = " " * column

    def value(self, head: str, value: Any, column: int) -> None:
        """Writes the value after a colon or a dash."""
        if isinstance(value, str):
            self.text(head, value, column)
        elif not value or not isinstance(value, dict | list):
            self.lines.append(f"{head} {flow(value)}")
        elif not self.in_flow(head, value, column):
            if head.endswith("-"):  # the first part follows its dash
                head += " "
            else:
                self.lines.append(head)
                head = " " * (column + 2)
            if isinstance(value, dict):
                self.mapping(head, value, column + 2)
            else:
                self.items(head, value, column + 2)

    def in_flow(self, head: str, value: Any, column: int) -> bool:
        """Writes a mapping or list in flow style if it is small enough. Returns whether it did."""
        lone = isinstance(value, dict) and len(value) == 1 and head.endswith("-")  # `- key: value` says the same
        if lone or _parts(value) > MAX_PARTS:
            return False
        line = f"{head} {flow(value)}"
        if len(line) > self.width:
            if isinstance(value, dict) or not _are_words(value):
                return False
            line = self.words(f"{head} [", value, column)
        self.lines.append(line)
        return True

    def words(self, line: str, words: list[Any], column: int) -> str:
        """Fills lines with the words of a list, and returns the last line."""
        for index, word in enumerate(words, 1):
            written = scalar(word, in_flow=True) + ("]" if index == len(words) else ",")
            if index == 1:
                line += written
            elif len(line) + len(written) < self.width:
                line += f" {written}"
            else:
                self.lines.append(line)
                line = " " * (column + 2) + written
        return line

    def text(self, head: str, text: str, column: int) -> None:
        """Writes a text on the line of its key, and on further lines if it is long.

        Where it can't be plain, it is in a block scalar if possible, else in quotes.
        """
        line = f"{head} {scalar(text)}"
        if len(line) <= self.width and "\n" not in text:
            self.lines.append(line)
            return
        room = max(self.width - column - 2, _MIN_ROOM)
        pad = " " * (column + 2)
        ahead = self.width - len(head) - 1
        first, *rest = (
            plain_lines(text, room, ahead) or block(text, room, keep=self.keep) or fold(scalar(text), room, ahead)
        )
        if first == ">-" and rest[2:] == [] and len(rest[0]) < _MIN_LINE < len(rest[-1]):
            self.lines.append(line)  # keeps the verb of a long request with its path
            return
        self.lines.append(f"{head} {first}")
        self.lines += [pad + part if part else "" for part in rest]


def _parts(value: Any, nesting: int = 1) -> int:
    """Counts the scalars of a value, a list of words as one. Returns more than MAX_PARTS if it can't be on one line."""
    if isinstance(value, str):
        return 1 if value.find("\n", 0, len(value) - 1) < 0 else MAX_PARTS + 1
    if not value or not isinstance(value, dict | list):
        return 1
    if nesting > MAX_NESTING or isinstance(value, Block):
        return MAX_PARTS + 1
    if isinstance(value, dict):
        if any(len(name) > MAX_KEY or "\n" in name for name in value):
            return MAX_PARTS + 1
    elif _are_words(value):
        return 1
    parts = 0
    for part in value.values() if isinstance(value, dict) else value:
        parts += _parts(part, nesting + 1)
        if parts > MAX_PARTS:
            break
    return parts


def _are_words(items: list[Any]) -> bool:
    """Checks whether a list contains only numbers and short texts."""
    return not any(
        len(item) > MAX_WORD or "\n" in item if isinstance(item, str) else isinstance(item, dict | list)
        for item in items
    )
