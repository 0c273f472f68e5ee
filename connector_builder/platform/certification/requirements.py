"""What certification requires of a connector beyond what the platform requires to save it.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
"""

METADATA = "x-ms-connector-metadata"
WEBSITE, PRIVACY_POLICY, CATEGORIES = "Website", "Privacy policy", "Categories"
"""The names of the properties that it lists."""
REQUIRED_METADATA = (WEBSITE, PRIVACY_POLICY, CATEGORIES)

CATEGORY_SEPARATOR = ";"
CATEGORY_NAMES = (
    "AI",
    "Business Management",
    "Business Intelligence",
    "Collaboration",
    "Commerce",
    "Communication",
    "Content and Files",
    "Finance",
    "Data",
    "Human Resources",
    "Internet of Things",
    "IT Operations",
    "Lifestyle and Entertainment",
    "Marketing",
    "Productivity",
    "Sales and CRM",
    "Security",
    "Social Media",
    "Website",
)
"""The categories of connectors. The published ones differ in capitals, at most."""

RESTRICTED_IN_TITLE = ("api", "connector")
RESTRICTED_IN_DESCRIPTION = ("power apps", "power automate", "logic apps")
"""Words that certification refuses in a connector's title and description, as Microsoft's validator prints them.

It compares whole words without case: published connectors are called RAPID and SignatureAPI.
Source: https://github.com/microsoft/PowerPlatformConnectors/issues/3407
"""

RESTRICTED_CHARACTERS = "/\\<>*%&?"
"""Characters that certification refuses in the summary of an operation.

Source: https://github.com/microsoft/PowerPlatformConnectors/issues/1095
"""

TEST_WORDS = frozenset(
    {"test", "testing", "staging", "stage", "stg", "sandbox", "dev", "develop", "development", "qa", "uat", "demo"}
)
"""Parts of a host's name that say that it isn't for production. Certification requires the host for production."""
