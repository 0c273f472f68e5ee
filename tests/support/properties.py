"""The number of examples of property-based tests."""

from hypothesis import settings


def examples(count: int) -> settings:
    """Returns the settings of a test with six in ten of `count` examples in CI.

    By default it has half as many, with `thorough` twenty times as many. Use it as a decorator. The profiles are in
    `tests/conftest.py`.
    """
    return settings(max_examples=max(1, count * settings().max_examples // 100))
