"""The rules that reading a file can break."""

from connector_builder.findings import Rule, Scope, Severity

FILE_NOT_READABLE = Rule(
    "FileNotReadable",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A file that is needed can't be read.

It is missing, is a folder, is locked or protected, or lies outside the folder of the spec. Files are named relative to
the spec and must lie inside its folder, so that a spec from a stranger can't copy other files into a package.""",
    fixed=True,
)
FILE_TOO_LARGE = Rule(
    "FileTooLarge",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A file is larger than any connector needs.

The platform takes definitions of up to 1 MB; documents over 16 MB, and icons and scripts over 1 MB, aren't read.""",
    fixed=True,
)
ENCODING_NOT_VALID = Rule(
    "EncodingNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A file isn't text in UTF-8.

Save it as UTF-8 (in most editors: "Save with encoding"). A byte order mark does no harm.""",
    fixed=True,
)
SYNTAX_NOT_VALID = Rule(
    "SyntaxNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """The YAML or JSON can't be read.

The place is where reading stopped; the cause is there or shortly before: a missing quote, bracket or colon, a tab,
or a line indented differently from its neighbours.""",
    fixed=True,
)
KEY_DUPLICATED = Rule(
    "KeyDuplicated",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A mapping has the same key twice.

Readers of YAML and JSON keep one of the two and drop the other silently. Remove or rename one.""",
    fixed=True,
)
NUMBER_NOT_VALID = Rule(
    "NumberNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A number can't be written as JSON.

JSON has no infinity and no not-a-number, and numbers of thousands of digits aren't read anywhere. If it is text, quote it.""",
    fixed=True,
)
TEXT_NOT_VALID = Rule(
    "TextNotValid",
    Severity.ERROR,
    Scope.LANGUAGE,
    """A text holds half of a surrogate pair, which UTF-8 can't hold.

It usually comes from a text cut in the middle of an emoji. Remove it.""",
    fixed=True,
)

SOURCE_RULES = (
    FILE_NOT_READABLE,
    FILE_TOO_LARGE,
    ENCODING_NOT_VALID,
    SYNTAX_NOT_VALID,
    KEY_DUPLICATED,
    NUMBER_NOT_VALID,
    TEXT_NOT_VALID,
)
