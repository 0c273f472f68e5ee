"""The names of the platform's extensions, to tell a misspelt one from one that is merely new to us.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/openapi-extensions, and what published connectors use.
"""

KNOWN_EXTENSIONS = frozenset({
    "x-ms-agentic-protocol", "x-ms-api-annotation", "x-ms-apihub-cached-response", "x-ms-apihub-obo", "x-ms-azure-resource",
    "x-ms-capabilities", "x-ms-client-name", "x-ms-connector-metadata", "x-ms-cookie-header", "x-ms-deployment-version",
    "x-ms-description-for-model", "x-ms-discriminator-value", "x-ms-docs", "x-ms-dynamic-list", "x-ms-dynamic-properties",
    "x-ms-dynamic-schema", "x-ms-dynamic-tree", "x-ms-dynamic-values", "x-ms-editor", "x-ms-editor-options", "x-ms-enum",
    "x-ms-enum-values", "x-ms-examples", "x-ms-identifiers", "x-ms-keywords", "x-ms-localizeDefaultValue",
    "x-ms-long-running-operation", "x-ms-long-running-operation-options", "x-ms-media-kind", "x-ms-mutability",
    "x-ms-name-for-model", "x-ms-no-generic-test", "x-ms-notification", "x-ms-notification-content", "x-ms-notification-url",
    "x-ms-openai-data", "x-ms-openai-manifest", "x-ms-openai-published-to-copilots", "x-ms-operation-context", "x-ms-pageable",
    "x-ms-parameter-location", "x-ms-parameterized-host", "x-ms-permission", "x-ms-require-user-confirmation",
    "x-ms-safe-operation", "x-ms-secret", "x-ms-skip-url-encoding", "x-ms-summary", "x-ms-test-value", "x-ms-trigger",
    "x-ms-trigger-hint", "x-ms-trigger-metadata", "x-ms-trigger-value", "x-ms-url-encoding", "x-ms-visibility",
})  # fmt: skip
