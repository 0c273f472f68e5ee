"""How many examples a property-based test has."""

from hypothesis import settings


def examples(count: int) -> settings:
    """The settings of a test that wants `count` examples in CI: half as many by default, twenty times as many with `thorough`.

    Use it as a decorator. The profiles are in `tests/conftest.py`.
    """
    return settings(max_examples=max(1, count * settings().max_examples // 100))
