"""The host in an address."""


def without_user(netloc: str) -> str:
    """Returns a host with its port, without the user and the password before it: `a.example:8080` for `me:pw@a.example:8080`."""
    return netloc.rpartition("@")[2]
