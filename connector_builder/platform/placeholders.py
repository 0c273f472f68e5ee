"""The values that the starters of `init` write in place of the author's own; `validate` reports those that are left."""

HOST = "your-server.example"
"""The host of the API and, with `login.` before it, of the service that people sign in to."""
CLIENT_ID = "your-client-id"


def is_placeholder(text: str) -> bool:
    """Checks whether a host, an address or a client id comes from a starter, such as `https://login.your-server.example/token`."""
    host = text.partition("://")[2].partition("/")[0] if "://" in text else text
    host = host.partition(":")[0].lower()
    return text == CLIENT_ID or host == HOST or host.endswith(f".{HOST}")
