"""The metadata of a connector that certification requires.

Source: https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-submission
"""

METADATA = "x-ms-connector-metadata"
WEBSITE, PRIVACY_POLICY, CATEGORIES = "Website", "Privacy policy", "Categories"
"""The names of the properties that it lists."""
