"""Regular expressions that are compiled when they are first used: a run uses few of those that its modules contain."""

import re
from typing import Any, AnyStr, cast


class _Lazy:
    """Stands for a compiled pattern. Its first use compiles it; what was used is then an attribute, as fast as the pattern's own."""

    def __init__(self, text: str | bytes, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # such as those that `copy` asks for
            raise AttributeError(name)
        value = getattr(re.compile(self._text, self._flags), name)
        setattr(self, name, value)
        return value


def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Returns a pattern for a constant of a module, to call `search`, `sub` and the like of.

    It raises `re.error` at its first use if it isn't valid. `re.sub` and the other functions of `re` don't take it.
    """
    return cast("re.Pattern[AnyStr]", _Lazy(text, flags))
