"""One connector behind the mock: a request below its base path becomes an answer."""

from collections import deque
from collections.abc import Sequence
from typing import Any, NamedTuple

from connector_builder.mock.accepting import accepts
from connector_builder.mock.access import Access
from connector_builder.mock.answers import Answers
from connector_builder.mock.checking import Checked, check
from connector_builder.mock.endpoints import Endpoint
from connector_builder.mock.faults import Faults
from connector_builder.mock.later import RETRY_AFTER, Later
from connector_builder.mock.messages import Answer, Incoming, address, as_bytes, problem
from connector_builder.mock.pages import items_of, linked, page_of, with_items
from connector_builder.mock.routes import Found, Routes
from connector_builder.mock.state import State
from connector_builder.mock.subscriptions import Subscriptions, callback_of, why_not
from connector_builder.mock.wishes import wish_of
from connector_builder.package import Package
from connector_builder.platform.data.plain import ABSENT, mapping, text
from connector_builder.platform.swagger.references import References

ACCEPTED = 202
LATER = "/__mock/later"
MAX_WAITING = 1_000
"""The most items that wait for a poll."""


class Options(NamedTuple):
    """How a mock behaves: what it checks, what it invents, how many pages a list has, whether it keeps what it gets, and what fails."""

    validates: bool = True
    signs_in: bool = True
    dynamic: bool = False
    stateful: bool = False
    seed: int = 0
    pages: int = 2
    faults: Faults | None = None


class Connector:
    """The mock of one package. `prefix` stands before its base path where several are served."""

    def __init__(self, package: Package, prefix: str = "", options: Options | None = None) -> None:
        self.options = options or Options()
        definition = mapping(package.definition)
        self.name, self.prefix = package.name, prefix
        self.title = text(mapping(definition.get("info")).get("title")) or package.name
        references = References(definition)
        self.routes = Routes(definition, prefix)
        self.access = Access(definition, package.properties, checked=self.options.signs_in)
        self.answers = Answers(references, package.samples, self.options.seed)
        self.subscriptions = Subscriptions()
        self.later = Later()
        self._definition, self._references = definition, references
        self._endpoints: dict[int, Endpoint] = {}
        self._polls: dict[str, deque[Any]] = {}
        self._state: State | None = None

    def endpoint(self, operation: Any) -> Endpoint:
        """Returns what is known of an operation; it is worked out when it is first asked for."""
        found = self._endpoints.get(id(operation.value))
        if found is None:
            found = self._endpoints[id(operation.value)] = Endpoint(operation, self._definition, self._references)
        return found

    def triggers(self) -> list[Endpoint]:
        """Returns the triggers of the connector."""
        marked = [one for one in self.routes.operations.values() if one.value.get("x-ms-trigger")]
        return [self.endpoint(one) for one in marked]

    def handle(self, found: Found, request: Incoming) -> Answer:
        """Returns the answer to a request for a path that the connector has."""
        operation = found.operations.get(request.method)
        if operation is None and request.method == "HEAD":
            operation = found.operations.get("GET")
        if operation is None:
            return _no_method(found, request)
        endpoint = self.endpoint(operation)
        refused = self.access.refused(endpoint, request)
        if refused is not None:
            return refused._replace(operation=endpoint.name)
        fault = self.options.faults.next() if self.options.faults is not None else None
        if fault is not None:
            failed = self.answers.error(endpoint, fault.status, fault.why)
            return failed.instead("Retry-After", str(fault.wait)) if fault.wait else failed
        if self.options.validates and (there := _offered(endpoint)):
            accept = request.headers.get("accept", "")
            if not accepts(accept, there):
                return _not_acceptable(endpoint, accept, there)
        checked = check(endpoint, request, found.values)
        if self.options.validates and (checked.unsupported or checked.violations):
            return _invalid(endpoint, checked)
        answer = self._answer(endpoint, request, found, checked)
        notes = tuple(one.message for one in checked.violations) + checked.notes + answer.notes
        return answer._replace(operation=endpoint.name, notes=notes)

    def _answer(self, endpoint: Endpoint, request: Incoming, found: Found, checked: Checked) -> Answer:
        wish = wish_of(request, dynamic=self.options.dynamic)
        if isinstance(wish, Answer):
            return wish
        if wish.code or wish.example:
            return self._begun(endpoint, request, self.answers.wished(endpoint, wish, _salt(request)))
        if endpoint.kind == "poll":
            return self._polled(endpoint, request)
        ended = self.subscriptions.end(request.path) if request.method == "DELETE" else None
        if endpoint.kind == "webhook":
            return self._subscribed(endpoint, request, found, checked)
        if self.options.stateful and ended is None:
            kept = self._kept(endpoint, request, found, checked)
            if kept is not None:
                return kept
        answer = self.answers.invented(endpoint, _salt(request)) if wish.dynamic else self.answers.usual(endpoint)
        answer = self._begun(endpoint, request, answer)
        return self._paged(endpoint, request, answer, dynamic=wish.dynamic) if endpoint.next_link else answer

    def _begun(self, endpoint: Endpoint, request: Incoming, answer: Answer) -> Answer:
        """Lets a 202 lead to its result, if the definition says that there is one: by `Location`, or by another success.

        The platform asks that address until the answer isn't 202 any more.
        """
        if answer.status != ACCEPTED:
            return answer
        own = endpoint.response(ACCEPTED)
        described = {name.lower() for name in mapping(own.value.get("headers"))} if own is not None else set()
        others = [one for key, one in sorted(endpoint.responses.items()) if key[0] == "2" and key != str(ACCEPTED)]
        if not others and "location" not in described:
            return answer
        result = Answer(200, operation=endpoint.name)
        for response in others[:1]:
            value, notes = self.answers.value(endpoint, response)
            result = self.answers.answer(endpoint, int(response.key), response, value, notes)
        path = f"{LATER}{self.prefix}/{self.later.begin(result)}"
        return answer.instead("Location", address(request, path))

    def _paged(self, endpoint: Endpoint, request: Incoming, answer: Answer, *, dynamic: bool) -> Answer:
        """Returns a page of a list: the first has the sample, the others have items of their own."""
        response, page = endpoint.success, page_of(request)
        if response is None:
            return answer
        if dynamic or page > 1:
            value = self.answers.invented_value(response.schema, _salt(request))
        else:
            value, _ = self.answers.value(endpoint, response)
        value = linked(endpoint, value, request, page, self.options.pages)
        return self.answers.answer(endpoint, answer.status, response, value)

    def _polled(self, endpoint: Endpoint, request: Incoming) -> Answer:
        """Returns what is new: at first the sample, then what was fired since the last poll."""
        usual, response, path = self.answers.usual(endpoint), endpoint.success, endpoint.items_at
        if endpoint.name not in self._polls or response is None:
            self._polls.setdefault(endpoint.name, deque(maxlen=MAX_WAITING))
            return usual
        waiting = self._polls[endpoint.name]
        value, _ = self.answers.value(endpoint, response)
        if is_batch(endpoint) and path is not None:
            items = list(waiting)[::-1]  # the newest first, as services do
            waiting.clear()
            return self.answers.answer(endpoint, usual.status, response, with_items(value, path, items))
        if waiting:
            return self.answers.answer(endpoint, usual.status, response, waiting.popleft())
        here = address(request, request.path)
        note = (f"nothing is new: POST /__mock/fire/{endpoint.name}",)
        return Answer(202, headers=(("Location", here), ("Retry-After", RETRY_AFTER)), notes=note)

    def queue(self, endpoint: Endpoint, item: Any) -> int:
        """Adds a new item for a polling trigger; ABSENT invents one. Returns how many wait."""
        waiting = self._polls.setdefault(endpoint.name, deque(maxlen=MAX_WAITING))
        waiting.append(self._new_item(endpoint, len(waiting)) if item is ABSENT else item)
        return len(waiting)

    def _new_item(self, endpoint: Endpoint, number: int) -> Any:
        response = endpoint.success
        made = self.answers.invented_value(response.schema if response else None, f"{endpoint.name} {number}")
        path = endpoint.items_at if is_batch(endpoint) else None
        items = items_of(made, path) if path is not None else None
        return items[0] if items else {} if path is not None or made is ABSENT else made

    def notification(self, endpoint: Endpoint) -> Any:
        """Returns what a webhook sends if nobody says what."""
        schema = mapping(endpoint.operation.item.get("x-ms-notification-content")).get("schema")
        made = self.answers.sample_of(schema, endpoint.name)
        return {} if made is ABSENT else made

    def _subscribed(self, endpoint: Endpoint, request: Incoming, found: Found, checked: Checked) -> Answer:
        url = callback_of(endpoint, checked)
        why = why_not(url) if url else "the request has no address to call"
        template = self.routes.base + self._end_of(endpoint)
        one = self.subscriptions.add(endpoint.name, url, template, found.values)
        answer = self.answers.usual(endpoint)
        notes = (f"the subscription is kept, but not called: {why}",) if why else ()
        answer = answer.instead("Location", address(request, one.location))
        return answer._replace(notes=(*answer.notes, *notes))

    def _end_of(self, endpoint: Endpoint) -> str:
        """Returns the path of the operation that ends a subscription: the DELETE that shares most with its own."""
        own = endpoint.operation.path
        ends = [
            one.path for one in self.routes.operations.values() if one.verb == "delete" and one.path.startswith(own)
        ]
        return min(ends, key=len, default=f"{own}/{{subscription}}")

    def _kept(self, endpoint: Endpoint, request: Incoming, found: Found, checked: Checked) -> Answer | None:
        """Returns the answer from what clients created; None for an operation that state doesn't concern."""
        kept = self.state.handle(endpoint, request.path, found.values, checked.body)
        if kept is None:
            return None
        if kept.status:
            return self.answers.error(endpoint, kept.status, kept.why)
        answer, response = self.answers.usual(endpoint), endpoint.success
        if kept.value is not ABSENT and response is not None:
            value = kept.value
            if isinstance(value, list) and endpoint.items_at is not None:
                value = self._slice(endpoint, request, value)
            answer = self.answers.answer(endpoint, answer.status, response, value)
        if kept.location:
            answer = answer.instead("Location", address(request, kept.location))
        return answer

    def _slice(self, endpoint: Endpoint, request: Incoming, items: list[Any]) -> Any:
        """Returns a list of kept items as the answer, in pages if it has any."""
        assert endpoint.success is not None
        sample, _ = self.answers.value(endpoint, endpoint.success)
        path = endpoint.items_at or ()
        if not endpoint.next_link:
            return with_items(sample, path, items)
        size = max(-(-len(items) // self.options.pages), 1)
        pages, page = max(-(-len(items) // size), 1), page_of(request)
        part = with_items(sample, path, items[(page - 1) * size : page * size])
        return linked(endpoint, part, request, page, pages)

    @property
    def state(self) -> State:
        if self._state is None:
            all_ = [self.endpoint(one) for found in self.routes.all() for one in found.values()]
            self._state = State(all_, self._usual_value, self._references)
        return self._state

    def _usual_value(self, endpoint: Endpoint) -> Any:
        return self.answers.value(endpoint, endpoint.success)[0] if endpoint.success is not None else ABSENT

    def reset(self) -> None:
        """Forgets items, subscriptions and what waits for polls."""
        self._state = None
        self._polls.clear()
        self.subscriptions.clear()
        self.later.clear()
        if self.options.faults is not None:
            self.options.faults.reset()


def is_batch(endpoint: Endpoint) -> bool:
    """Checks whether a trigger starts a run for each item of a list."""
    return text(endpoint.operation.value.get("x-ms-trigger")).lower() == "batch"


def _salt(request: Incoming) -> str:
    return f"{request.method} {request.target}"


def _no_method(found: Found, request: Incoming) -> Answer:
    allowed = ", ".join(sorted({*found.operations, "OPTIONS"}))
    if request.method == "OPTIONS":
        return Answer(204, headers=(("Allow", allowed),))
    detail = f"this path has no {request.method[:20]}: it has {allowed}"
    return problem(405, "NO_METHOD_MATCHED_ERROR", "Route resolved, but no method matched", detail).with_header(
        "Allow", allowed
    )


def _invalid(endpoint: Endpoint, checked: Checked) -> Answer:
    if checked.unsupported:
        taken = ", ".join(endpoint.consumes) or "forms"
        detail = f"'{endpoint.name}' doesn't take '{checked.unsupported[:60]}': it takes {taken}"
        found = problem(415, "INVALID_CONTENT_TYPE", "Invalid content type", detail)
    else:
        detail = f"the request doesn't fit the definition of '{endpoint.name}'"
        found = problem(400, "UNPROCESSABLE_ENTITY", "Invalid request", detail, checked.violations)
    return found._replace(operation=endpoint.name)


def _offered(endpoint: Endpoint) -> list[str]:
    """Returns the media types of an operation's answers; none if it answers without a body."""
    response = endpoint.success
    if response is None or "schema" not in response.value:
        return []
    return [endpoint.media_of(response.schema), *endpoint.produces]


def _not_acceptable(endpoint: Endpoint, accept: str, there: Sequence[str]) -> Answer:
    detail = f"'{endpoint.name}' can't answer with '{accept[:100]}': it has {', '.join(dict.fromkeys(there))}"
    title = "The server cannot produce a representation for your accept header"
    return problem(406, "NOT_ACCEPTABLE", title, detail)._replace(operation=endpoint.name)


def json_answer(value: Any, status: int = 200) -> Answer:
    """Returns a value of the mock itself as JSON."""
    return Answer(status, as_bytes(value), "application/json")
