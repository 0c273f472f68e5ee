"""Reads several recordings of one API as one: an operation is made of all its calls, in whichever file they are."""

from collections.abc import Iterable, Sequence

from connector_builder.findings import Place, Pointer
from connector_builder.package import Reading
from connector_builder.sources.captures.call import Call, in_order
from connector_builder.sources.captures.convert import candidates as candidates_of
from connector_builder.sources.captures.reading import read_calls
from connector_builder.sources.captures.recording import Recording
from connector_builder.sources.choosing import Candidate
from connector_builder.sources.documents import Parsed
from connector_builder.sources.input import Input

File = tuple[Recording, Input]
"""A recording, and the reader of its kind."""


def read_together(files: Sequence[File]) -> Reading:
    """Returns the package that the calls of all files show, the same whatever the order of the files.

    It has the name of the server: no file is more than another. If a file can't be read, there is no package.
    """
    each, whole = _parsed(files)

    def calls(_: Parsed) -> list[Call]:
        return _calls(files, each)

    def texts(_: Parsed) -> tuple[str, str]:
        return "", ""

    return read_calls(files[0][1], whole, calls, texts=texts, name="")


def candidates_together(files: Sequence[File]) -> list[Candidate]:
    """Returns the operations of all files that can be chosen; none if a file can't be read."""
    each, whole = _parsed(files)
    return candidates_of(whole, _calls(files, each), files[0][1].wishes) if whole.readable else []


def _calls(files: Sequence[File], each: Sequence[Parsed]) -> list[Call]:
    found = [
        call._replace(at=(index, *call.at))
        for index, ((reader, given), parsed) in enumerate(zip(files, each, strict=True))
        for call in reader.calls(parsed, given.wishes)
    ]
    return in_order(found)


def _parsed(files: Sequence[File]) -> tuple[list[Parsed], Parsed]:
    """Returns the data of each file, and a document that has all of them: the pointer `(1, "log")` is in the second."""
    each = [reader.parse(given) for reader, given in files]

    def locate(pointers: Iterable[Pointer]) -> dict[Pointer, Place]:
        by_file: dict[int, list[Pointer]] = {}
        for pointer in pointers:
            index = pointer[0] if pointer and isinstance(pointer[0], int) else 0
            by_file.setdefault(index, []).append(pointer)
        found: dict[Pointer, Place] = {}
        for index, some in by_file.items():
            places = each[index].places([pointer[1:] for pointer in some])
            found |= {pointer: places[pointer[1:]] for pointer in some}
        return found

    findings = [finding for parsed in each for finding in parsed.findings]
    readable = all(parsed.readable for parsed in each)
    data = [parsed.data for parsed in each]
    return each, Parsed(files[0][1].path, data, readable, findings, each[0].text, locate)
