"""Facts about the platform's documents as data, and the code that reads them. Needs no rules, YAML or files."""
