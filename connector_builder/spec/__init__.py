"""The YAML language: from a spec to a package."""
