"""Decides what a secret is: by the name of its key, by its own shape, or by its place in an address.

Two gates use this: what is shown (`findings.Text.shown`, `checks.masking`), and what is written (`app.shared.written`).
"""

from connector_builder.secrets.names import Use, is_sure, plain_name
from connector_builder.secrets.texts import REDACTED, Secret, mask, message_of, secrets_in
from connector_builder.secrets.trees import Found, find, mask_all, without
from connector_builder.secrets.values import is_placeholder, is_secret

__all__ = [
    "REDACTED",
    "Found",
    "Secret",
    "Use",
    "find",
    "is_placeholder",
    "is_secret",
    "is_sure",
    "mask",
    "mask_all",
    "message_of",
    "plain_name",
    "secrets_in",
    "without",
]
