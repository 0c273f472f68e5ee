"""The registration of an application in Microsoft Entra ID for a connector: what it must be, as documents of several kinds."""

from connector_builder.render.registration.bash_script import bash_script
from connector_builder.render.registration.bicep import bicep_file
from connector_builder.render.registration.graph import graph_requests
from connector_builder.render.registration.model import Credential, Permission, Registration
from connector_builder.render.registration.plan import RegistrationError, Wishes, registration
from connector_builder.render.registration.powershell_script import powershell_script
from connector_builder.render.registration.table import other_lines, table_lines
from connector_builder.render.registration.terraform import terraform_file

__all__ = [
    "Credential",
    "Permission",
    "Registration",
    "RegistrationError",
    "Wishes",
    "bash_script",
    "bicep_file",
    "graph_requests",
    "other_lines",
    "powershell_script",
    "registration",
    "table_lines",
    "terraform_file",
]
