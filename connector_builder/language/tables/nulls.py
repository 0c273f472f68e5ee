"""What `null` means at a key: it is not written, or it is refused where something is derived all the same."""

from connector_builder.language.tables.forms import Form, Key

_NOTHING = frozenset({"", "none", "nothing", "nothing is described"})
"""The defaults that write nothing, so that `null` says no more than to leave the key out."""


def refuses_null(key: Key, form: Form) -> bool:
    """Checks whether `null` is an error at a key: the language has a value there, and no way to write none.

    The form says what `null` means at all keys where it has an effect.
    """
    nothing = key.without in _NOTHING or (form.boolean and form.text is None and key.without == "false")
    return not nothing and form.null is None and not key.required
