"""What takes long: an operation that answers 202 leads to a path where its result is, the second time that somebody asks."""

from connector_builder.mock.messages import Answer

RETRY_AFTER = "10"
MOST = 1_000
"""The most results that wait."""
_NOT_YET = Answer(202, headers=(("Retry-After", RETRY_AFTER),), notes=("the result comes the next time",))


class Later:
    """The results of operations that answered 202, by their numbers."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[Answer, bool]] = {}
        self._count = 0

    def begin(self, result: Answer) -> str:
        """Keeps a result, and returns its number. The oldest are forgotten."""
        self._count += 1
        while len(self._waiting) >= MOST:
            del self._waiting[next(iter(self._waiting))]
        self._waiting[str(self._count)] = (result, False)
        return str(self._count)

    def look(self, number: str) -> Answer | None:
        """Returns the result, 202 when somebody asks for the first time, and None if nothing has this number."""
        if number not in self._waiting:
            return None
        result, asked = self._waiting[number]
        self._waiting[number] = (result, True)
        return result if asked else _NOT_YET

    def clear(self) -> None:
        """Forgets all results."""
        self._waiting.clear()
