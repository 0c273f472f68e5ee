"""Makes answers: from the author's samples, the examples of the definition, or values that fit the schema."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from connector_builder.language.compile.samples.examples import NoExample, example
from connector_builder.language.compile.samples.invented import Inventor
from connector_builder.mock.endpoints import Endpoint, Response, is_json
from connector_builder.mock.later import RETRY_AFTER
from connector_builder.mock.messages import Answer, as_bytes, problem, reason
from connector_builder.mock.wishes import Wish
from connector_builder.package import Sample
from connector_builder.platform.data.plain import ABSENT, mapping, text
from connector_builder.platform.swagger.media_types import base, is_binary
from connector_builder.platform.swagger.references import References

_MOST_SEEDS = 5
"""How many values are invented before a schema counts as one that none fits."""
_WAITING = (202, 429, 503)
_FILES = {
    "image/png": bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
    ),
    "application/pdf": b"%PDF-1.4\n%%EOF\n",
}


class Answers:
    """The answers of a connector. `samples` are those of its author, by operation and status."""

    def __init__(self, references: References, samples: Iterable[Sample], seed: int = 0) -> None:
        self._references, self._seed = references, seed
        self._samples = {(one.operation, one.status): one.value for one in samples}
        self._usual: dict[tuple[int, str], tuple[Any, tuple[str, ...]]] = {}
        self._ready: dict[int, Answer] = {}

    def usual(self, endpoint: Endpoint) -> Answer:
        """Returns the answer to a request without a wish. It never varies, so it is made once."""
        found = self._ready.get(id(endpoint))
        if found is None:
            found = self._ready[id(endpoint)] = self._of_success(endpoint, self.value)
        return found

    def invented(self, endpoint: Endpoint, salt: str) -> Answer:
        """Returns an answer with values from the seed and a text: the same text gives the same answer."""
        return self._of_success(endpoint, lambda _, response: (self.invented_value(response.schema, salt), ()))

    def _of_success(
        self, endpoint: Endpoint, make: Callable[[Endpoint, Response], tuple[Any, tuple[str, ...]]]
    ) -> Answer:
        response = endpoint.success
        if response is None:
            return Answer(200, operation=endpoint.name, notes=("the operation describes no success",))
        status = int(response.key) if response.key.isdigit() and len(response.key) == 3 else 200
        value, notes = make(endpoint, response)
        return self.answer(endpoint, status, response, value, notes)

    def wished(self, endpoint: Endpoint, wish: Wish, salt: str) -> Answer:
        """Returns the answer of a status that the client wishes, or with an example that it names."""
        response = endpoint.response(wish.code) if wish.code else endpoint.success
        if response is None and wish.code < 400:
            known = ", ".join(sorted(endpoint.responses)) or "none"
            detail = f"'{endpoint.name}' describes no status {wish.code}: it has {known}"
            return problem(404, "NOT_FOUND", "The wished status isn't described", detail)
        if response is None:
            return self.bare(endpoint, wish.code)
        status = wish.code or self.usual(endpoint).status
        if wish.example:
            return self._example(endpoint, status, response, wish.example)
        if wish.dynamic:
            return self.answer(endpoint, status, response, self.invented_value(response.schema, salt))
        value, notes = self.value(endpoint, response)
        if value is ABSENT and status >= 400:
            return self.bare(endpoint, status)
        return self.answer(endpoint, status, response, value, notes)

    def bare(self, endpoint: Endpoint, status: int, detail: str = "") -> Answer:
        """Returns an error that the definition doesn't describe."""
        found = problem(status, "WISHED", reason(status), detail or "the client asked for this status")
        found = found._replace(operation=endpoint.name, notes=(detail,) if detail else ())
        return found.with_header("Retry-After", RETRY_AFTER) if status in _WAITING else found

    def error(self, endpoint: Endpoint, status: int, detail: str) -> Answer:
        """Returns an error as the definition describes it, else one of the mock itself."""
        response = endpoint.responses.get(str(status))
        value, _ = self.value(endpoint, response) if response is not None else (ABSENT, ())
        if response is None or value is ABSENT:
            return self.bare(endpoint, status, detail)
        return self.answer(endpoint, status, response, value, (detail,))

    def _example(self, endpoint: Endpoint, status: int, response: Response, name: str) -> Answer:
        known = {base(key): value for key, value in mapping(response.value.get("examples")).items()}
        sample = self._samples.get((endpoint.name, response.key), ABSENT)
        if sample is not ABSENT:
            known.setdefault("sample", sample)
        if name.lower() not in known:
            names = ", ".join(known) or "none"
            detail = f"'{endpoint.name}' has no example '{name[:60]}' for {response.key}: it has {names}"
            return problem(404, "NOT_FOUND", "The wished example doesn't exist", detail)
        return self.answer(endpoint, status, response, known[name.lower()])

    def value(self, endpoint: Endpoint, response: Response) -> tuple[Any, tuple[str, ...]]:
        """Returns the value of a response, ABSENT if it has no body, and what is odd about it."""
        key = (id(endpoint), response.key)
        if key not in self._usual:
            self._usual[key] = self._made(endpoint, response)
        return self._usual[key]

    def _made(self, endpoint: Endpoint, response: Response) -> tuple[Any, tuple[str, ...]]:
        sample = self._samples.get((endpoint.name, response.key), ABSENT)
        if sample is not ABSENT:
            return sample, ()
        for media, value in mapping(response.value.get("examples")).items():
            if is_json(media) and not isinstance(value, str):
                return value, ()
        if "schema" not in response.value:
            return ABSENT, ()
        value = self.sample_of(response.schema, endpoint.name)
        return value, (f"no sample of '{endpoint.name}' fits its schema",) if value is ABSENT else ()

    def sample_of(self, schema: Any, salt: str) -> Any:
        """Returns a value for a schema outside a response: one that never varies, else one from the seed."""
        if schema is None:
            return ABSENT
        try:
            return example(schema, self._references)
        except NoExample:
            return self.invented_value(schema, salt)

    def invented_value(self, schema: Any, salt: str) -> Any:
        """Returns a value from the seed that fits a schema; ABSENT if none does."""
        for attempt in range(_MOST_SEEDS) if schema is not None else ():
            try:
                return example(schema, self._references, inventor=Inventor(f"{self._seed} {attempt} {salt}"))
            except NoExample:
                continue
        return ABSENT

    def answer(
        self, endpoint: Endpoint, status: int, response: Response, value: Any, notes: tuple[str, ...] = ()
    ) -> Answer:
        """Returns a value as the answer of a status, with the headers that the definition describes."""
        media, body = ("", b"") if "schema" not in response.value else self._body(endpoint, response, value)
        headers = tuple(self._headers(response))
        if status in _WAITING and not any(name.lower() == "retry-after" for name, _ in headers):
            headers += (("Retry-After", RETRY_AFTER),)
        return Answer(status, body, media, headers, endpoint.name, notes)

    def _body(self, endpoint: Endpoint, response: Response, value: Any) -> tuple[str, bytes]:
        media = endpoint.media_of(response.schema)
        if is_binary(media):
            return media, _FILES.get(base(media), b"sample")
        if value is ABSENT:
            return "", b""
        if is_json(media) or not isinstance(value, str):
            return media if is_json(media) else "application/json", as_bytes(value)
        return media, value.encode("utf-8", "replace")

    def _headers(self, response: Response) -> Iterable[tuple[str, str]]:
        for name, header in mapping(response.value.get("headers")).items():
            if not (name.isascii() and name.replace("-", "").isalnum()) or name.lower() in _OWN_HEADERS:
                continue
            made = RETRY_AFTER if name.lower() == "retry-after" else self._header(mapping(header))
            if made:
                yield name, made

    def _header(self, header: Mapping[str, Any]) -> str:
        try:
            made = example(dict(header), self._references)
        except NoExample:
            return ""
        return text(made) if isinstance(made, str) else str(made).lower() if isinstance(made, int | float) else ""


_OWN_HEADERS = frozenset({"content-length", "content-type", "transfer-encoding", "connection"})
