"""The operations that a user chose on the command line or in a file, and the list to choose from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from connector_builder.app.shared.misuse import Misuse
from connector_builder.findings import Finding
from connector_builder.source.files import read_text
from connector_builder.sources.choosing import Candidate, Wishes
from connector_builder.sources.documents import parse
from connector_builder.sources.source import Source, candidates


def wishes_of(
    include: Sequence[str],
    exclude: Sequence[str],
    select: Path | None,
    server: str | None,
    *,
    keep_values: bool = False,
    environment: Path | None = None,
) -> Wishes:
    """Returns what the user asked for. Raises Misuse for a selection that can't be read, and for a wrong server."""
    selected = [] if select is None else list(_selected(select))
    if server is not None and not server.lower().startswith(("https://", "http://")):
        raise Misuse(f"'{server}' isn't the address of a server", "write it like https://api.contoso.example/v1")
    values = () if environment is None else tuple(_values(environment).items())
    return Wishes((*include, *selected), tuple(exclude), server, keep_values, values=values)


def _values(file: Path) -> dict[str, str]:
    """Returns the values of a Postman environment. Raises Misuse for a file that is none."""
    from connector_builder.sources.captures.postman import environment

    parsed = parse(file, repair=False)
    if not parsed.readable:
        reason = parsed.findings[0]
        raise Misuse(f"'{file.as_posix()}' can't be read: {reason.message}", reason.help)
    values = environment(parsed.data)
    if values is None:
        raise Misuse(
            f"'{file.as_posix()}' isn't an environment of Postman", "export it from Postman: it has 'values' at its top"
        )
    return values


def _selected(file: Path) -> Iterator[str]:
    """Yields the patterns of a selection: one a line; what follows ` #` is a comment."""
    text = read_text(file)
    if isinstance(text, Finding):
        raise Misuse(f"'{file}' can't be read: {text.message}", text.help)
    lines = [line.partition(" #")[0].strip() for line in text.content.splitlines()]
    patterns = [line for line in lines if line and not line.startswith("#")]
    if not patterns:
        raise Misuse(f"'{file}' selects no operation", "write a pattern on each line, such as 'GET /orders/**'")
    yield from patterns


def listed(sources: Sequence[Source], wishes: Wishes, *, repair: bool) -> list[Candidate]:
    """Returns the operations of some sources, by path and verb in the order of the documents."""
    return [one for source in sources for one in candidates(source, wishes, repair=repair)]


def as_lines(each: Sequence[Candidate]) -> Iterator[str]:
    """Yields a line for each operation. The lines are a selection: keep those that you want, and name the file by --select."""
    width = max((len(one.verb) + len(one.path) + 1 for one in each), default=0)
    for one in each:
        request = f"{one.verb.upper()} {one.path}"
        said = ", ".join((one.id, *(f"tag:{tag}" for tag in one.tags), *(() if one.usual else ("only if named",))))
        yield f"{request.ljust(min(width, 70))}  # {said}"
