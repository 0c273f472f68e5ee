"""The number of examples of property-based tests, and of the cases of exhaustive ones: both follow the profile.

The profiles are in `tests/conftest.py`.
"""

from hypothesis import settings

ALL = 60
"""The percentage from which on exhaustive tests run all of their cases."""


def examples(count: int) -> settings:
    """Returns the settings of a test with six in ten of `count` examples in CI.

    By default it has two in ten, with `thorough` twenty times as many. Use it as a decorator.
    """
    return settings(max_examples=max(1, count * settings().max_examples // 100))


def every() -> int:
    """Returns which cases of an exhaustive test run: every third by default, each in CI and with `thorough`."""
    return max(1, ALL // settings().max_examples)
