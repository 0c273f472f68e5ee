"""Splits one source into several specs: one for each tag of its operations."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from connector_builder.app.import_.place import Job, place
from connector_builder.app.shared.misuse import Misuse
from connector_builder.output import safe_slug
from connector_builder.sources.choosing import Wishes, wanted_of
from connector_builder.sources.source import Source, candidates, parsed_once

_ONE = "import the operations of one after the other: --include 'tag:…'"


def split_by_tag(sources: Sequence[Source], output: Path, wishes: Wishes, *, repair: bool) -> tuple[Path, list[Job]]:
    """Returns the folder that all specs go to, and a job for each tag, in the order of the operations.

    An operation with several tags is in the spec of its first. Operations without a tag are a spec with the name of the
    source. Raises Misuse if two specs would have the same name, and if no operation has a tag.
    """
    if len(sources) != 1:
        raise Misuse("--split-by takes one SOURCE", "import one after the other")
    [source] = sources
    folder, [whole] = place(sources, output, several=True)
    source = parsed_once(source, repair=repair)
    whole = replace(whole, source=source)
    each = candidates(source, replace(wishes, origin=source.origin), repair=repair)
    wanted = {each[index].tags[:1] for index in wanted_of(each, wishes)}
    groups: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    for one in each:
        if one.tags[:1] in wanted:
            groups.setdefault(one.tags[:1], set()).add((one.verb, one.path))
    if groups and not any(groups):
        raise Misuse(f"no operation of '{source}' has a tag", "leave out --split-by")
    jobs = [_job(whole, tags, replace(wishes, only=frozenset(only))) for tags, only in groups.items()]
    named: dict[str, str] = {}
    for job, tags in zip(jobs, groups, strict=True):
        said = f"the tag '{tags[0]}'" if tags else "what has no tag"
        other = named.setdefault(job.name, said)
        if other != said:
            raise Misuse(f"{other} and {said} would both be the spec '{job.name}'", _ONE)
    return folder, jobs or [whole]


def _job(whole: Job, tags: Sequence[str], wishes: Wishes) -> Job:
    if not tags:
        return replace(whole, wishes=wishes)
    return replace(whole, name=safe_slug(tags[0]), beside=False, wishes=replace(wishes, about=tags[0]))
