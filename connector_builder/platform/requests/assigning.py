"""Assigns the values that a person has to the inputs of an operation, by their names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from connector_builder.findings import Pointer
from connector_builder.platform.requests.fields import Body, listed, parse
from connector_builder.platform.requests.inputs import BODY, PREFIXES, Input
from connector_builder.platform.requests.model import Given, Problem, ReadFile
from connector_builder.platform.requests.texts import is_file
from connector_builder.platform.requests.values import Shape
from connector_builder.platform.swagger.references import References
from connector_builder.source.suggest import suggest


@dataclass(slots=True)
class Assigned:
    """The texts of each input by its place in the definition, and the body that fields make."""

    inputs: Sequence[Input]
    texts: dict[Pointer, list[str]] = field(default_factory=dict)
    body: Body | None = None
    problems: list[Problem] = field(default_factory=list)

    def is_unique(self, one: Input) -> bool:
        """Checks whether the name of an input means no other one."""
        return Counter(other.name for other in self.inputs)[one.name] == 1


def assign(
    inputs: Sequence[Input], given: Sequence[Given], references: References, read: ReadFile, *, has_body: bool
) -> Assigned:
    """Returns the values by input. With `has_body` the body is there as a whole, so that it has no fields."""
    assigned = Assigned(inputs)
    whole = next((one for one in inputs if one.place == BODY), None)
    if whole is not None and not has_body:
        assigned.body = Body(whole.schema, references, read)
    for one in given:
        problem = _assign(assigned, one, whole, references)
        if problem is not None:
            assigned.problems.append(problem)
    if assigned.body is not None and whole is not None:
        assigned.problems += [one._replace(pointer=whole.pointer) for one in assigned.body.problems]
    if has_body and whole is None:
        help_ = listed("its inputs are", [one.name for one in inputs])
        assigned.problems.append(Problem("the operation takes no body", None, help_))
    return assigned


def _assign(assigned: Assigned, given: Given, whole: Input | None, references: References) -> Problem | None:
    prefix, colon, rest = given.name.partition(":")
    place = PREFIXES.get(prefix) if colon and given.name not in [one.name for one in assigned.inputs] else None
    name = rest if place else given.name
    found = [one for one in assigned.inputs if one.name == name and place in (None, one.place) and one.place != BODY]
    body = assigned.body if place in (None, BODY) else None
    if not found and f"${name}" in [one.name for one in assigned.inputs] and name not in _fields(body):
        return _assign(assigned, given._replace(name=f"${name}"), whole, references)  # which a shell would replace
    path = parse(Given(name, given.text))
    in_body = body is not None and path is not None and body.has(path) and (name in body.names() or not found)
    if len(found) + in_body > 1:
        places = [one.place for one in found] + ["body"] * in_body
        help_ = f"write {places[0]}:{name}=… or {places[1]}:{name}=…"
        return Problem(f"'{name}' may be in {' or '.join(places)}", None, help_)
    if found:
        assigned.texts.setdefault(found[0].pointer, []).append(given.text)
        return None
    if whole is not None and place in (None, BODY) and name == whole.name and not (in_body and name in _fields(body)):
        if body is None:
            return Problem(f"'{name}' is the body, which --body has already", whole.pointer)
        assigned.texts.setdefault(whole.pointer, []).append(given.text)
        return None
    if in_body and body is not None and path is not None:
        body.set(path)
        return None
    return _unknown(assigned, name, place, references)


def _fields(body: Body | None) -> list[str]:
    return body.names() if body is not None else []


def _unknown(assigned: Assigned, name: str, place: str | None, references: References) -> Problem:
    """Returns the problem with a name that no input has."""
    body, path = assigned.body, parse(Given(name, ""))
    whole = next((one for one in assigned.inputs if one.place == BODY), None)
    if (
        body is not None
        and whole is not None
        and path is not None
        and len(path.steps) > 1
        and path.steps[0] in body.names()
    ):
        return body.unknown(path)._replace(pointer=whole.pointer)
    known = [one.name for one in assigned.inputs if place in (None, one.place) and one.place != BODY]
    shown = [one.name for one in assigned.inputs if one.name in known and not Shape(one.schema, references).is_internal]
    fields = _fields(body) if place in (None, BODY) else []
    if whole is not None and body is not None and not fields:
        fields = [f"{whole.name}"] if not is_file(Shape(whole.schema, references)) else [whole.name]
    help_ = suggest(name, [*known, *fields]) or listed("its inputs are", [*shown, *fields])
    return Problem(f"the operation has no input '{name}'", None, help_)
