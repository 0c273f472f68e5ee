"""All explanations, the sign-in first."""

from connector_builder.platform.service_errors.client import CLIENT
from connector_builder.platform.service_errors.consent import CONSENT
from connector_builder.platform.service_errors.permissions import PERMISSIONS
from connector_builder.platform.service_errors.protocol import PROTOCOL
from connector_builder.platform.service_errors.services import SERVICES
from connector_builder.platform.service_errors.session import SESSION

EXPLANATIONS = (*CONSENT, *CLIENT, *SESSION, *PROTOCOL, *SERVICES, *PERMISSIONS)
