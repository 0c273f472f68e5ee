"""Facts about the platform's documents, as data, and what reads them: needs no rules, no YAML, no files."""
