"""Signs in to Microsoft Entra ID, and returns tokens.

`methods` chooses how, `tokens` does it, `cache` and `home` keep what is kept, and `claims` reads a token.
"""

from connector_builder.live.sign_in.methods import Choice, Method, Wish, choose
from connector_builder.live.sign_in.person import Person
from connector_builder.live.sign_in.tokens import Tokens

__all__ = ["Choice", "Method", "Person", "Tokens", "Wish", "choose"]
