"""The rules of the language: faults of the spec itself. The rules about the package are in `rules`.

Each topic has a module. A new rule goes into one of them, and its name into this module: `LANGUAGE_RULES` contains the
rules that are named here.
"""

from connector_builder.findings import Rule
from connector_builder.language.rules.connector import (
    AUTH_NOT_VALID,
    KEY_SENT_ALONE,
    POLICY_NOT_VALID,
    SCRIPT_NOT_VALID,
    SECRET_VARIABLE_LOST,
    SERVER_NOT_VALID,
)
from connector_builder.language.rules.names import (
    NAME_NOT_FOUND,
    REFERENCE_NOT_BRACED,
    REFERENCE_NOT_VALID,
    TEMPLATE_UNUSED,
)
from connector_builder.language.rules.operations import (
    BASE_PATH_REPEATED,
    DESCRIPTION_IS_SCHEMA,
    OPERATION_DUPLICATED,
    PARAMETER_PLACE_MISSING,
    PATH_PARAMETER_NOT_BRACED,
    REQUEST_NOT_VALID,
    RESPONSE_DUPLICATED,
    TRIGGER_NOT_VALID,
)
from connector_builder.language.rules.samples import SAMPLE_AMBIGUOUS, SAMPLE_NOT_MADE, SAMPLE_NOT_VALID
from connector_builder.language.rules.schemas import (
    FIELD_PATH_DOUBTFUL,
    FIELD_PATH_NOT_VALID,
    SCHEMA_CONTRADICTORY,
    SCHEMA_TOO_LARGE,
)
from connector_builder.language.rules.shape import (
    KEY_MISSING,
    KEY_SPELLED_TWICE,
    KEY_UNKNOWN,
    VALUE_MISSING,
    VALUE_NOT_VALID,
    VALUE_TYPE_NOT_VALID,
)
from connector_builder.language.rules.spec import (
    FILE_NOT_READ,
    LANGUAGE_VERSION_UNKNOWN,
    SECRET_IN_SPEC,
    SPEC_NAME_TAKEN,
    SPEC_TOO_LARGE,
    VARIABLE_NOT_SET,
)

LANGUAGE_RULES = tuple(value for value in dict(globals()).values() if isinstance(value, Rule))

__all__ = [
    "AUTH_NOT_VALID",
    "BASE_PATH_REPEATED",
    "DESCRIPTION_IS_SCHEMA",
    "FIELD_PATH_DOUBTFUL",
    "FIELD_PATH_NOT_VALID",
    "FILE_NOT_READ",
    "KEY_MISSING",
    "KEY_SENT_ALONE",
    "KEY_SPELLED_TWICE",
    "KEY_UNKNOWN",
    "LANGUAGE_RULES",
    "LANGUAGE_VERSION_UNKNOWN",
    "NAME_NOT_FOUND",
    "OPERATION_DUPLICATED",
    "PARAMETER_PLACE_MISSING",
    "PATH_PARAMETER_NOT_BRACED",
    "POLICY_NOT_VALID",
    "REFERENCE_NOT_BRACED",
    "REFERENCE_NOT_VALID",
    "REQUEST_NOT_VALID",
    "RESPONSE_DUPLICATED",
    "SAMPLE_AMBIGUOUS",
    "SAMPLE_NOT_MADE",
    "SAMPLE_NOT_VALID",
    "SCHEMA_CONTRADICTORY",
    "SCHEMA_TOO_LARGE",
    "SCRIPT_NOT_VALID",
    "SECRET_IN_SPEC",
    "SECRET_VARIABLE_LOST",
    "SERVER_NOT_VALID",
    "SPEC_NAME_TAKEN",
    "SPEC_TOO_LARGE",
    "TEMPLATE_UNUSED",
    "TRIGGER_NOT_VALID",
    "VALUE_MISSING",
    "VALUE_NOT_VALID",
    "VALUE_TYPE_NOT_VALID",
    "VARIABLE_NOT_SET",
]
