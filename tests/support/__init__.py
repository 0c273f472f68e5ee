"""Helpers for the tests of several folders: `from tests.support.growth import ...`."""
