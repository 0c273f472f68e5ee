"""What an import of another format changes: one rule for each kind of change, by topic.

The class of a change is `lost` (the connector can't do it), `narrowed` (it can do a part of it), `chosen` (one of
several was taken), `moved` (it is kept in another form) or `renamed`. What is lost or narrowed is a warning.
"""

from connector_builder.findings import Rule, Scope, Severity

LOST, NARROWED, CHOSEN, MOVED, RENAMED = "lost", "narrowed", "chosen", "moved", "renamed"


def _kind(name: str, change: str, doc: str) -> Rule:
    severity = Severity.WARNING if change in (LOST, NARROWED) else Severity.NOTE
    return Rule(name, severity, Scope.LANGUAGE, doc)


# Operations
ID_MADE = _kind("OperationIdMade", RENAMED, "An operation has no id.")
ID_RENAMED = _kind("OperationIdRenamed", RENAMED, "The id of an operation isn't letters and digits, or is used twice.")
SUMMARY_CHANGED = _kind(
    "SummaryChanged",
    RENAMED,
    "The summary of an operation is too long for a label, or contains characters that certification refuses.",
)
OPERATION_NOT_CHOSEN = _kind(
    "OperationNotChosen", CHOSEN, "An operation is deprecated, answers by a stream, or is HEAD or OPTIONS."
)
VERB_LEFT_OUT = _kind("VerbLeftOut", LOST, "An operation has a verb that Swagger 2.0 doesn't know.")
PATH_CHANGED = _kind("PathChanged", MOVED, "A path contains a query or a fragment, or doesn't begin with a slash.")
PATHS_ALIKE = _kind("PathsAlike", MOVED, "Two paths differ in the names of variables or in case only.")
BODY_ON_GET = _kind("BodyOnGet", MOVED, "A GET has a body.")
CALLBACK_LEFT_OUT = _kind("CallbackLeftOut", LOST, "An operation describes callbacks.")
WEBHOOK_LEFT_OUT = _kind(
    "WebhookLeftOut", LOST, "The document describes webhooks without the operation that subscribes."
)
LINK_LEFT_OUT = _kind("LinkLeftOut", LOST, "An answer has links to other operations.")
# Parameters and bodies
ONE_VALUE = _kind("OneValue", NARROWED, "A parameter takes several values by repetition.")
LIST_AS_TEXT = _kind("ListAsText", MOVED, "A parameter is a list with a separator.")
VALUE_AS_TEXT = _kind("ValueAsText", NARROWED, "A parameter is an object.")
OBJECT_AS_PARAMETERS = _kind("ObjectAsParameters", MOVED, "The fields of an object are sent as parameters.")
COOKIE_LEFT_OUT = _kind("CookieLeftOut", LOST, "A parameter is a cookie.")
PARAMETER_LEFT_OUT = _kind("ParameterLeftOut", LOST, "A parameter has a place that Swagger 2.0 doesn't know.")
PARAMETER_ADDED = _kind("ParameterAdded", CHOSEN, "A variable of a path isn't described.")
SLASHES_ENCODED = _kind("SlashesEncoded", LOST, "A parameter of a path takes slashes.")
FIELDS_OF_ANY_NAME = _kind("FieldsOfAnyName", LOST, "A form takes fields of any name.")
BODY_AS_TEXT = _kind("BodyAsText", NARROWED, "A body has a structure in a format other than JSON.")
MEDIA_TYPE_CHOSEN = _kind("MediaTypeChosen", CHOSEN, "A body or an answer has several media types.")
# Answers
ANSWER_CHOSEN = _kind("AnswerChosen", CHOSEN, "An operation has several successful answers.")
STATUS_MOVED = _kind("StatusMoved", MOVED, "The successful answer has a status that the designer doesn't look for.")
STATUS_RANGE_LEFT_OUT = _kind("StatusRangeLeftOut", NARROWED, "An answer is for a range of statuses.")
ERROR_SCHEMA_LEFT_OUT = _kind("ErrorSchemaLeftOut", NARROWED, "The answer for an error has a schema.")
STREAM_AS_TEXT = _kind("StreamAsText", NARROWED, "An operation answers by a stream.")
EXAMPLE_LEFT_OUT = _kind("ExampleLeftOut", LOST, "An answer has an example.")
# Schemas
REFERENCE_NOT_FOUND = _kind("SourceReferenceNotFound", LOST, "A reference leads nowhere, or out of the document.")
ALTERNATIVES_FOLDED = _kind("AlternativesFolded", NARROWED, "A schema has alternatives, by oneOf or anyOf.")
ALL_OF_CONTRADICTS = _kind("AllOfContradicts", CHOSEN, "The parts of an allOf contradict each other.")
DISCRIMINATOR_LEFT_OUT = _kind("DiscriminatorLeftOut", NARROWED, "A schema has a discriminator.")
KEYWORD_LEFT_OUT = _kind("KeywordLeftOut", NARROWED, "A schema has a keyword that Swagger 2.0 doesn't know.")
TEXT_BESIDE_REFERENCE = _kind("TextBesideReference", NARROWED, "A reference has a description of its own.")
TYPE_CHOSEN = _kind("TypeChosen", CHOSEN, "A schema has no type.")
ITEMS_CHOSEN = _kind("ItemsChosen", CHOSEN, "A list doesn't say what its items are.")
FORMAT_LEFT_OUT = _kind("FormatLeftOut", NARROWED, "A schema has a format that the platform doesn't know.")
DEFAULT_LEFT_OUT = _kind("DefaultLeftOut", CHOSEN, "A default doesn't fit its schema.")
FIELD_LEFT_OUT = _kind("FieldLeftOut", LOST, "No value fits a field.")
REQUIRED_LEFT_OUT = _kind("RequiredLeftOut", NARROWED, "A field that isn't described is required.")
DEPRECATED_HIDDEN = _kind("DeprecatedHidden", MOVED, "A field is deprecated.")
SCHEMA_CUT = _kind("SchemaCut", NARROWED, "A body or an answer has more schemas than the platform takes.")
CIRCLE_OPENED = _kind("CircleOpened", NARROWED, "Required fields lead back to their own schema.")
TOO_MANY_SCHEMAS = _kind("TooManyCombinations", LOST, "The combinations of schemas are too many.")
# The connector
SERVER_MISSING = _kind("ServerMissing", LOST, "The document names no server with a host.")
SERVER_CHOSEN = _kind("ServerChosen", CHOSEN, "The document names several servers.")
SERVER_VARIABLE = _kind("ServerVariable", CHOSEN, "The address of the server has variables.")
SERVER_NOT_ENCRYPTED = _kind("ServerNotEncrypted", MOVED, "The server's address is http.")
OTHER_SERVER = _kind("OtherServer", MOVED, "An operation has a server of its own.")
TITLE_CHANGED = _kind("TitleChanged", RENAMED, "The title is too long, or contains words that certification refuses.")
EXTENSION_LEFT_OUT = _kind("ExtensionLeftOut", LOST, "The document has an extension that the platform doesn't know.")
# Calls
CALL_LEFT_OUT = _kind("CallLeftOut", CHOSEN, "A recorded call isn't one of the API.")
VARIABLE_GUESSED = _kind("VariableGuessed", CHOSEN, "A segment of paths has a different value in each call.")
PAGING_LEFT_OUT = _kind("PagingLeftOut", MOVED, "A query asks for the next page.")
GRAPHQL = _kind("GraphQlAsBody", NARROWED, "A call is GraphQL.")
# Signing in
SIGN_IN_CHOSEN = _kind("SignInChosen", CHOSEN, "Operations accept several ways to sign in.")
SIGN_IN_FOR_ALL = _kind("SignInForAll", CHOSEN, "Some operations need no sign-in.")
SIGN_IN_LEFT_OUT = _kind("SignInLeftOut", LOST, "A connector can't sign in this way.")
SIGN_IN_INCOMPLETE = _kind("SignInIncomplete", LOST, "The addresses for signing in aren't complete.")
TOKEN_BY_HAND = _kind("TokenByHand", MOVED, "A token isn't fetched by the connector.")
FLOW_CHOSEN = _kind("FlowChosen", CHOSEN, "A sign-in has several flows.")

LOSSES = tuple(value for value in globals().values() if isinstance(value, Rule))
