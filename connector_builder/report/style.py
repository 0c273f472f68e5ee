"""Colours for terminals."""

from connector_builder.findings import Severity

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


class Style:
    """Adds colours to parts of a text for people; returns texts unchanged if colour is off."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def bold(self, text: str) -> str:
        return self._wrapped("1", text)

    def faint(self, text: str) -> str:
        return self._wrapped("2", text)

    def severity(self, severity: Severity, text: str) -> str:
        return self._wrapped(f"1;{_COLOURS[severity]}", text)

    def _wrapped(self, code: str, text: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and text else text
