"""What `environments` does, and finding the environment that a command names."""

from urllib.parse import urlsplit

from connector_builder.app.live.connection import Asked, Connection, connected
from connector_builder.live.clouds import is_safe
from connector_builder.live.environments import Environment, environment_named, environments, is_id
from connector_builder.live.errors import ServiceRefused
from connector_builder.live.sign_in.methods import OF_APPS
from connector_builder.platform.hosts import without_user
from connector_builder.platform.services.portal import parts_of

__all__ = ["Environment", "find_environment", "list_environments"]


def list_environments(asked: Asked) -> list[Environment]:
    """Returns the environments that the one who signs in may see. Raises LiveError."""
    with connected(asked) as connection:
        return environments(connection.http, connection.cloud, as_application=is_application(connection))


def find_environment(connection: Connection, text: str) -> Environment:
    """Returns the environment that a user names: by its id, its name, the address of its Dataverse, or one of the portal.

    An address of Dataverse is taken as it is, since an application may see no list. So is an id in a dry run, and where the
    list is refused; for a name, a dry run has a placeholder. Raises LiveError.
    """
    text = parts_of(text).get("environments", text)
    if text.startswith(("https://", "http://")) and is_safe(text):
        parts = urlsplit(text)  # people copy the address of a page
        organisation = f"{parts.scheme}://{without_user(parts.netloc)}".lower()
        return Environment("", organisation, dataverse=organisation, api=organisation)
    dry = connection.http.dry is not None
    if dry and is_id(text):
        return Environment(text, text)
    try:
        known = environments(connection.http, connection.cloud, as_application=is_application(connection))
    except ServiceRefused as error:
        if error.status == 403 and is_id(text):
            return Environment(text, text)
        raise
    return Environment(f"<the id of {text}>", text) if dry else environment_named(text, known)


def is_application(connection: Connection) -> bool:
    """Checks whether an application signs in, not a person."""
    return connection.choice.method in OF_APPS
