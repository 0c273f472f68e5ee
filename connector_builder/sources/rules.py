"""The rules of importing: what can't be imported, what was mended, and what is left out."""

from connector_builder.findings import Rule, Scope, Severity
from connector_builder.language.decompile.rules import NOT_IMPORTABLE

MENDED = Rule(
    "Mended",
    Severity.NOTE,
    Scope.LANGUAGE,
    """A defect of a file that `import --repair` mended.

Only what has one sensible reading is mended, such as a comma too many or a comment in JSON; the file itself stays as it is.""",
)
SECRET_LEFT_OUT = Rule(
    "SecretLeftOut",
    Severity.WARNING,
    Scope.LANGUAGE,
    """A secret in what was imported: it isn't in the spec.

What is in a spec ends up in version control and in packages. In its place stands REDACTED. Whoever could read the file that was imported
knows the secret: have a new one made where it is still in use.""",
)
PART_LEFT_OUT = Rule(
    "PartLeftOut",
    Severity.WARNING,
    Scope.LANGUAGE,
    """A file or part beside the definition that isn't imported, because it can't be read, or means nothing to the platform.""",
)

IMPORT_RULES = (NOT_IMPORTABLE, MENDED, SECRET_LEFT_OUT, PART_LEFT_OUT)
