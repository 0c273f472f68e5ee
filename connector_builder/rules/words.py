"""Values from a document in the words of a message; see `findings.wording`."""

from connector_builder.findings.wording import found, listed, quoted, typed

__all__ = ["found", "listed", "quoted", "typed"]
