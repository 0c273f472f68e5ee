"""The rules of the language: what a spec itself can get wrong. Rules about what is built from it live in `rules`."""

from connector_builder.findings import Rule, Scope, Severity


def _error(name: str, doc: str) -> Rule:
    return Rule(name, Severity.ERROR, Scope.LANGUAGE, doc, fixed=True)


def _warning(name: str, doc: str) -> Rule:
    return Rule(name, Severity.WARNING, Scope.LANGUAGE, doc)


KEY_UNKNOWN = _error(
    "KeyUnknown",
    """A key that the language doesn't know there.

Only keys that begin with `x-` pass through unknown. Mostly it is a typing mistake, or a key one level too high or too deep;
the reference page lists what may stand where.""",
)
KEY_MISSING = _error("KeyMissing", "A key is missing without which the part means nothing.")
KEY_SPELLED_TWICE = _error(
    "KeySpelledTwice",
    """A friendly key and the `x-ms-` extension that it stands for are both given.

`summary` in a parameter or a schema is `x-ms-summary`: keep one of them.""",
)
VALUE_TYPE_NOT_VALID = _error(
    "ValueTypeNotValid", "A value of the wrong kind, such as a list where a text is expected."
)
VALUE_NOT_VALID = _error("ValueNotValid", "A value of the right kind that isn't one of those that are possible.")
VALUE_MISSING = _error(
    "ValueMissing",
    """A name without a value.

A field, parameter, operation, schema or response can't be null. A field that is any text is `string`; an operation is at
least its request line.""",
)
NOT_SUPPORTED_YET = _error("NotSupportedYet", "A part of the language that this version doesn't compile yet.")
LANGUAGE_VERSION_UNKNOWN = _error("LanguageVersionUnknown", "The spec is written in a newer version of the language.")
VARIABLE_NOT_SET = _error(
    "VariableNotSet",
    """A variable has no value.

Give it by `--var NAME=VALUE`, in a `--vars-file`, as the environment variable CONNECTOR_<NAME>, or a default in the spec:
`${NAME:-default}`. A literal `${` is written `$${`.""",
)
REQUEST_NOT_VALID = _error(
    "RequestNotValid",
    """A request line can't be read.

It is a verb in capitals and a path below the server: `GET /flows/{flow}?api-version=2016-11-01&$top&filter!`. In the query
`name` is optional, `name!` required, `name=value` a constant.""",
)
PATH_PARAMETER_NOT_BRACED = _warning(
    "PathParameterNotBraced",
    """A path contains a name with a colon, which other tools take for a parameter.

In a request line a path parameter is `{order}`; `:order` is sent as it stands. A few services have such paths: then ignore the warning.""",
)
OPERATION_DUPLICATED = _error("OperationDuplicated", "Two operations have the same verb and path.")
NAME_NOT_FOUND = _error("NameNotFound", "A name of a schema, parameter, response or operation that isn't there.")
PARAMETER_PLACE_MISSING = _error(
    "ParameterPlaceMissing",
    """A parameter that the request line doesn't have.

Put it into the request line (`{name}` in the path, `?name` in the query), under `headers` or `form`, or say `in`.""",
)
TEMPLATE_UNUSED = _warning("TemplateUnused", "An entry of the top level's `parameters` or `fields` that nothing uses.")
FIELD_PATH_NOT_VALID = _error(
    "FieldPathNotValid",
    """A field's path can't be read, or leads nowhere.

Steps are joined by dots, `[]` stands for the items of an array, and a name with a dot or bracket is `['a.b']`. With a sample,
a path that only annotates must be in the sample. A path doesn't step through a reference to another schema.""",
)
SCHEMA_CONTRADICTORY = _error("SchemaContradictory", "Two keys of a schema exclude each other.")
SCHEMA_TOO_LARGE = _error(
    "SchemaTooLarge",
    """Schemas are nested too deeply, or there are too many of them.

An `inline` schema is written out wherever it is named, so that a few can become millions; a sample or a field path makes as many
levels as it has itself. Name a schema instead of writing it out.""",
)
SPEC_TOO_LARGE = _error(
    "SpecTooLarge",
    """A spec becomes larger than any connector is.

What `defaults`, `parameters`, `fields` and `inline` schemas say is written out wherever it is used, and a sample is written for
every operation that returns it. So a few lines can become millions. Share parts instead: a schema by its name, a parameter by
`shared`.""",
)
SAMPLE_NOT_VALID = _error("SampleNotValid", "A sample can't be read, or isn't valid against its schema.")
SAMPLE_AMBIGUOUS = _warning(
    "SampleAmbiguous",
    """A sample doesn't tell the type of a field: it is null, an empty array, or a mixture.

Give the type under `fields`: `fields: {"value[].endTime": datetime}`.""",
)
SAMPLE_NOT_MADE = Rule(
    "SampleNotMade",
    Severity.NOTE,
    Scope.PRACTICE,
    """No sample of a response can be made up from its schema, and the author gave none.

A sample shows people what an operation returns. Give one with `response: {sample: samples/run.json}`.""",
)
RESPONSE_DUPLICATED = _error("ResponseDuplicated", "A status is given both by `response` and by `responses`.")
DESCRIPTION_IS_SCHEMA = _warning(
    "DescriptionIsSchema",
    """The description of a response is exactly the name of a schema.

Under `responses` a text is the description. For a schema write `404: {schema: Error}`.""",
)
TRIGGER_NOT_VALID = _error(
    "TriggerNotValid",
    """A trigger that can't fire.

A webhook trigger needs a field of its body that receives the callback address, and an operation that ends the subscription must
exist. A polling trigger needs an answer that is an array, or has one, and query parameters for its state.""",
)
POLICY_NOT_VALID = _error(
    "PolicyNotValid",
    """A policy can't be read.

Each item of `policies` is one short key with its settings, such as `- setHeader: {name: x-client, value: flow}`, or the plain
form: `- {template: setheader, title: …, parameters: {…}}`.""",
)
AUTH_NOT_VALID = _error("AuthNotValid", "Authentication lacks something its type needs, or has something it can't use.")
SECRET_IN_SPEC = _error(
    "SecretInSpec",
    """A secret stands in the spec.

What is in a spec ends up in version control and in packages. A client secret is given to paconn by `--secret`, or typed into
the portal; in addresses of samples write REDACTED.""",
)
SCRIPT_NOT_VALID = _error(
    "ScriptNotValid",
    """The script isn't one that the platform runs.

It is one C# file with a class `Script : ScriptBase`, at most 1 MB
(https://learn.microsoft.com/en-us/connectors/custom-connectors/write-code).""",
)
SERVER_NOT_VALID = _error("ServerNotValid", "The server isn't an address like https://api.contoso.example/v1.")
REFERENCE_NOT_VALID = _error(
    "ReferenceNotValid",
    """A reference leads out of the connector.

The platform resolves only references inside the document. Name a schema of the spec, or write `#/definitions/Name`.""",
)

LANGUAGE_RULES = tuple(value for value in dict(globals()).values() if isinstance(value, Rule))
