"""What the starters of `init` have where only the author knows the value; `validate` finds what is left of it."""

HOST = "your-server.example"
"""The host of the API and, with `login.` before it, of the service that people sign in to."""
CLIENT_ID = "your-client-id"


def is_placeholder(text: str) -> bool:
    """Whether a host, an address or a client id is one that a starter wrote: `https://login.your-server.example/token`."""
    host = text.partition("://")[2].partition("/")[0] if "://" in text else text
    host = host.partition(":")[0].lower()
    return text == CLIENT_ID or host == HOST or host.endswith(f".{HOST}")
